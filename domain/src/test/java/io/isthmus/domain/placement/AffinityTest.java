package io.isthmus.domain.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.network.AddressPlan;
import io.isthmus.domain.network.Cidr;
import io.isthmus.domain.placement.Federations.CloudBuilder;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AffinityTest {

  private static final CloudBuilder GRA =
      new CloudBuilder("gra").at(50.99, 2.13).region("GRA-1", "a");
  private static final CloudBuilder BHS =
      new CloudBuilder("bhs").at(45.31, -73.87).region("BHS-1", "a");
  private static final CloudBuilder SYD =
      new CloudBuilder("syd").at(-33.87, 151.21).region("SYD-1", "a");
  private static final CloudBuilder NOWHERE = new CloudBuilder("lost").region("LOST-1", "a");

  private static Placement plan(String rules, CloudBuilder... clouds) {
    return new Planner()
        .place(
            FakeGraph.shop(3),
            new PolicyParser().parse("placement_policy_version: 2026-11-23\nrules:\n" + rules),
            Federations.of(clouds),
            new AddressPlan(List.of(Cidr.of("10.128.0.0/9")), List.of()));
  }

  private static Decision decision(Placement placement, String resource) {
    return Stream.concat(
            placement.decisions().stream(),
            placement instanceof Placement.Unplaced unplaced
                ? unplaced.unplaced().stream()
                : Stream.of())
        .filter(decision -> decision.resource().equals(resource))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> reasons(Decision decision) {
    return decision.notChosen().stream()
        .flatMap(exclusion -> exclusion.refusals().stream())
        .map(refusal -> refusal.reason().in(Locale.ENGLISH))
        .toList();
  }

  private static List<String> why(Decision decision) {
    return decision.why().stream().map(why -> why.in(Locale.ENGLISH)).toList();
  }

  @Test
  void keepsOutWhatIsTooFarAndSaysThatItIsAnEstimate() {
    Placement placement =
        plan(
            """
              - { name: db at home, match: { names: [db] }, clouds: { any_of: [gra] } }
              - { name: web spreads, match: { groups: [web] }, spread: [{ across: cloud, max_skew: 1, min_domains: 2 }] }
              - { name: web near db, affinity: { of: [web], to: [db], max_latency_ms: 100 } }
            """,
            GRA,
            BHS,
            SYD,
            NOWHERE);

    assertThat(placement).isInstanceOf(Placement.Placed.class);
    assertThat(Stream.of("web/0", "web/1", "web/2").map(web -> decision(placement, web)))
        .flatExtracting(Decision::chosen)
        .allMatch(place -> List.of("gra", "bhs").contains(place.cloud().text()));
    assertThat(reasons(decision(placement, "web/0")))
        .contains(
            "No place that “db” can take is within 100 ms of SYD-1, as the rule “web near db” asks;"
                + " the nearest is GRA-1: about 248 ms, estimated from the distance.",
            "It is not known how far LOST-1 is from any place that “db” can take, neither by"
                + " declared latency nor by coordinates; the rule “web near db” allows 100 ms.");
    assertThat(
            Stream.of("web/0", "web/1", "web/2").flatMap(w -> why(decision(placement, w)).stream()))
        .contains(
            "It is in GRA-1, with all that “web near db” wants near.",
            "BHS-1 is near GRA-1, as “web near db” asks: about 80 ms, estimated from the distance.");
  }

  @Test
  void refusesWhenSpreadAndNearnessCannotBothHold() {
    Placement placement =
        plan(
            """
              - { name: web spreads, match: { groups: [web] }, spread: [{ across: cloud, max_skew: 1, min_domains: 2 }] }
              - { name: all near, affinity: { of: [web], to: [web, db], max_latency_ms: 40 } }
            """,
            GRA,
            SYD);

    assertThat(placement).isInstanceOf(Placement.Unplaced.class);
    assertThat(
            ((Placement.Unplaced) placement)
                .unplaced().stream().flatMap(decision -> reasons(decision).stream()))
        .anyMatch(
            reason ->
                reason.endsWith("estimated from the distance; the rule “all near” allows 40 ms."));
  }

  @Test
  void withoutALimitNearerIsBetterAndNothingIsRefused() {
    Placement placement =
        plan(
            """
              - { name: db in Canada, match: { names: [db] }, clouds: { any_of: [bhs] } }
              - { name: web elsewhere, match: { groups: [web] }, clouds: { none_of: [bhs] } }
              - { name: web near db, affinity: { of: [web], to: [db] } }
            """,
            SYD,
            GRA,
            BHS);

    Decision web = decision(placement, "web/0");
    assertThat(web.chosen().get(0).cloud().text()).isEqualTo("gra");
    assertThat(web.notChosen())
        .filteredOn(exclusion -> exclusion.cloud().text().equals("syd"))
        .singleElement()
        .satisfies(
            syd ->
                assertThat(syd.outweighed().orElseThrow().in(Locale.ENGLISH))
                    .isEqualTo("It would be farther from what a rule wants it near to."));
  }

  @Test
  void namesASideThatIsNothing() {
    FederationSnapshot federation = Federations.of(GRA);
    PlacementPolicy policy =
        new PolicyParser()
            .parse(
                """
                placement_policy_version: 2026-11-23
                rules:
                  - { name: near, affinity: { of: [we], to: [db] } }
                """);

    FederationFault fault =
        catchThrowableOfType(
            FederationFault.class,
            () -> PolicyCheck.require(policy, FakeGraph.shop(1), federation));

    assertThat(fault.violations()).hasSize(1);
    assertThat(fault.violations().get(0).message().in(Locale.ENGLISH))
        .isEqualTo(
            "The rule “near” names “we”, but no resource with a place of its own is called so.");
    assertThat(fault.violations().get(0).remedy().orElseThrow().in(Locale.ENGLISH))
        .isEqualTo("Did you mean “web”?");
  }
}
