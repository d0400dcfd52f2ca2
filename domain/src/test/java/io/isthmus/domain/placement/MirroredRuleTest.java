package io.isthmus.domain.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.isthmus.domain.cloud.CloudFacts;
import io.isthmus.domain.cloud.Operator;
import io.isthmus.domain.cloud.RegionFacts;
import io.isthmus.domain.fault.FederationFault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The federation's rule of what more than names may be mirrored. */
class MirroredRuleTest {

  private static final String POLICY =
      """
      placement_policy_version: 2026-11-23
      mirror:
        whole_in:
          jurisdictions: [EU]
          operators_exposed_to: {none_of: [US]}
      """;

  private final PolicyParser parser = new PolicyParser();

  private static CloudFacts facts(
      Optional<String> country, Optional<String> seat, Optional<Set<String>> exposedTo) {
    return new CloudFacts(
        new Operator("x", "X", seat, exposedTo),
        new RegionFacts(country, Optional.empty()),
        Map.of("ELSEWHERE", new RegionFacts(Optional.of("CA"), Optional.empty())),
        List.of());
  }

  @Test
  void isKeptByRegionsWithinItsLawsAndNotByWhatIsNotKnown() {
    Residency rule = parser.parse(POLICY, PolicyScope.FEDERATION).mirrored();
    CloudFacts french = facts(Optional.of("FR"), Optional.of("FR"), Optional.of(Set.of()));

    assertThat(rule.isKeptBy(french, "R-1")).isTrue();
    assertThat(rule.isKeptBy(french, "ELSEWHERE")).isFalse();
    assertThat(
            rule.isKeptBy(facts(Optional.of("FR"), Optional.of("US"), Optional.of(Set.of())), "R"))
        .isFalse();
    assertThat(
            rule.isKeptBy(
                facts(Optional.of("FR"), Optional.of("FR"), Optional.of(Set.of("US"))), "R"))
        .isFalse();
    assertThat(rule.isKeptBy(facts(Optional.of("FR"), Optional.of("FR"), Optional.empty()), "R"))
        .isFalse();
    assertThat(
            rule.isKeptBy(facts(Optional.empty(), Optional.of("FR"), Optional.of(Set.of())), "R"))
        .isFalse();
    assertThat(
            Residency.ANYWHERE.isKeptBy(
                facts(Optional.empty(), Optional.empty(), Optional.empty()), "R"))
        .isTrue();
  }

  @Test
  void isTheFederationsAloneAndRefusesWhatItDoesNotKnow() {
    assertThatExceptionOfType(FederationFault.class).isThrownBy(() -> parser.parse(POLICY));
    assertThatExceptionOfType(FederationFault.class)
        .isThrownBy(() -> parser.parse(POLICY, PolicyScope.tenant("acme")));
    assertThatExceptionOfType(FederationFault.class)
        .isThrownBy(
            () ->
                parser.parse(
                    POLICY.replace("jurisdictions: [EU]", "countries: [FR]"),
                    PolicyScope.FEDERATION))
        .satisfies(fault -> assertThat(fault.violations()).isNotEmpty());
  }
}
