package io.isthmus.domain.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyParserTest {

  private static PlacementPolicy parse(String text) {
    return new PolicyParser().parse(text);
  }

  private static List<String> mistakes(String text) {
    FederationFault fault = catchThrowableOfType(FederationFault.class, () -> parse(text));
    assertThat(fault.code()).isEqualTo(FaultCode.POLICY_INVALID);
    return fault.violations().stream()
        .map(v -> v.line() + ":" + v.column() + " " + v.message().in(Locale.ENGLISH))
        .toList();
  }

  @Test
  void readsEveryKeyThatIsPerformed() {
    PlacementPolicy policy =
        parse(
            """
            placement_policy_version: 2026-11-23
            prefer: { cost: 3, latency_from: { FR: 2, CA: 1 }, headroom: 1 }
            rules:
              - name: one
                match: { types: [OS::Nova::Server], names: ["web*"], metadata: {tier: web}, groups: [web] }
                residency: { jurisdictions: [EU, NO], operators_exposed_to: { none_of: [US] } }
                clouds: { any_of: [gra], none_of: [syd] }
                require: { capabilities: [volume, vpn], certifications: [HDS] }
                spread:
                  - { across: operator, max_skew: 1, min_domains: 2 }
                  - { across: availability_zone, max_skew: 2, when_unsatisfiable: schedule_anyway }
            """);

    assertThat(policy.preferences()).isEqualTo(new Preferences(3, Map.of("FR", 2, "CA", 1), 1));
    PolicyRule rule = policy.rules().get(0);
    assertThat(rule.residency()).isEqualTo(new Residency(List.of("EU", "NO"), List.of("US")));
    assertThat(rule.clouds()).isEqualTo(new CloudChoice(List.of("gra"), List.of("syd")));
    assertThat(rule.needs())
        .isEqualTo(new Needs(List.of(Capability.VOLUME, Capability.VPN), List.of("HDS"), false));
    assertThat(rule.spread())
        .containsExactly(
            new SpreadConstraint(SpreadDomain.OPERATOR, 1, 2, true),
            new SpreadConstraint(SpreadDomain.AVAILABILITY_ZONE, 2, 1, false));
  }

  @Test
  void takesAnEmptyTextForThePolicyThatAllowsEverything() {
    assertThat(parse(" \n")).isEqualTo(PlacementPolicy.ANYWHERE);
  }

  @Test
  void tellsEveryMistakeAtItsPlace() {
    assertThat(
            mistakes(
                """
                placement_policy_version: 2025-01-01
                prefer: { cost: much, latency_from: { Paris: 1 } }
                rules:
                  - name: one
                    residency: { jurisdiction: [EU], jurisdictions: [Europe] }
                    failover: { mode: active_active }
                    spread: [{ across: planet, max_skew: 0 }]
                  - name: one
                    clouds: { any_of: [] }
                """))
        .containsExactlyInAnyOrder(
            "1:27 The policy version “2025-01-01” is not known.",
            "2:17 “cost” must be a whole number from 0 to 100, not “much”.",
            "2:46 “Paris” is not a country.",
            "5:18 There is no key “jurisdiction” here.",
            "5:54 “Europe” is not a jurisdiction.",
            "6:23 “mode: active_active” is part of the policy language but not performed yet.",
            "7:24 Nothing can be spread across “planet”.",
            "7:42 “max_skew” must be a whole number of at least 1, not “0”.",
            "8:11 Another rule is called “one” too, in line 4; each needs a name of its own.",
            "9:23 The list is empty.");
  }

  @Test
  void namesTheNearestKnownKey() {
    FederationFault fault =
        catchThrowableOfType(
            FederationFault.class,
            () ->
                parse(
                    "placement_policy_version: 2026-11-23\nrules: [{name: a, sprad: [], clouds:"
                        + " {any_of: [x]}}]"));

    assertThat(fault.violations().get(0).remedy().orElseThrow().in(Locale.ENGLISH))
        .isEqualTo("Did you mean “spread”?");
  }

  @Test
  void namesTheNearestCapability() {
    FederationFault fault =
        catchThrowableOfType(
            FederationFault.class,
            () ->
                parse(
                    "placement_policy_version: 2026-11-23\n"
                        + "rules: [{name: a, require: {capabilities: [volumes]}}]"));

    assertThat(fault.violations().get(0).pointer()).isEqualTo("rules.0.require.capabilities.0");
    assertThat(fault.violations().get(0).remedy().orElseThrow().in(Locale.ENGLISH))
        .isEqualTo("Did you mean “volume”?");
  }

  @Test
  void leavesOutWhatIsNotOfferedOnlyWhenARuleSaysSo() {
    String rule =
        "placement_policy_version: 2026-11-23\n"
            + "rules: [{name: a, require: {capabilities: [volume], when_unsatisfiable: %s}}]";

    assertThat(parse(rule.formatted("leave_out")).rules().get(0).needs().leavesOut()).isTrue();
    assertThat(parse(rule.formatted("do_not_schedule")).rules().get(0).needs().leavesOut())
        .isFalse();
    assertThat(mistakes(rule.formatted("skip")))
        .containsExactly("2:73 “skip” is not what can be done when this cannot be met.");
  }

  @Test
  void refusesMinDomainsWithASoftSpread() {
    assertThat(
            mistakes(
                """
                placement_policy_version: 2026-11-23
                rules:
                  - name: a
                    spread: [{ across: cloud, min_domains: 2, when_unsatisfiable: schedule_anyway }]
                """))
        .hasSize(1);
  }

  @Test
  void globsMatchWholeNames() {
    assertThat(new Glob("web*").matches("web/0")).isTrue();
    assertThat(new Glob("w?b").matches("web")).isTrue();
    assertThat(new Glob("*b*c").matches("abbc")).isTrue();
    assertThat(new Glob("web").matches("webs")).isFalse();
  }
}
