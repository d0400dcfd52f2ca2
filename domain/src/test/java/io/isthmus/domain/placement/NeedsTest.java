package io.isthmus.domain.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.network.AddressPlan;
import io.isthmus.domain.network.Cidr;
import io.isthmus.domain.placement.Federations.CloudBuilder;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class NeedsTest {

  private static final String POLICY =
      """
      placement_policy_version: 2026-11-23
      rules:
        - name: health data
          require: { capabilities: [load-balancer, vpn], certifications: [HDS] }
      """;

  private static Placement plan(CloudBuilder... clouds) {
    return new Planner()
        .place(
            FakeGraph.shop(1),
            new PolicyParser().parse(POLICY),
            Federations.of(clouds),
            new AddressPlan(List.of(Cidr.of("10.128.0.0/9")), List.of()));
  }

  private static CloudBuilder cloud(String id) {
    return new CloudBuilder(id).region(id.toUpperCase(Locale.ROOT), "nova");
  }

  private static CloudBuilder good(String id) {
    return cloud(id).offers("load-balancer").extensions("vpnaas").certified("hds", "2026-11-25");
  }

  private static List<String> refusals(Placement placement) {
    return placement.decisions().stream()
        .flatMap(decision -> decision.notChosen().stream())
        .flatMap(exclusion -> exclusion.refusals().stream())
        .map(refusal -> refusal.rule() + ": " + refusal.reason().in(Locale.ENGLISH))
        .distinct()
        .toList();
  }

  @Test
  void takesOnlyARegionThatOffersAndACloudThatHoldsWhatIsRequired() {
    Placement placement =
        plan(
            cloud("bare"),
            good("late").certified("HDS", "2026-11-24"),
            cloud("silent")
                .silent("load-balancer", "HTTP 503")
                .extensions("vpnaas")
                .certified("HDS", null),
            cloud("over")
                .offers("load-balancer")
                .extensions("vpnaas")
                .certified("HDS", "2026-11-24"));

    assertThat(placement).isInstanceOf(Placement.Placed.class);
    assertThat(placement.decisions())
        .flatExtracting(Decision::chosen)
        .allMatch(place -> place.cloud().text().equals("late"));
    assertThat(refusals(placement))
        .containsExactlyInAnyOrder(
            "health data: BARE does not offer “load-balancer”, which the rule “health data”"
                + " requires.",
            "health data: BARE does not offer “vpn”, which the rule “health data” requires.",
            "health data: It is not known that BARE is certified HDS, as the rule “health data”"
                + " requires.",
            "health data: SILENT offers “load-balancer”, which the rule “health data” requires,"
                + " but it does not answer: HTTP 503",
            "health data: The certificate HDS of OVER ended on 2026-11-24; the rule “health data”"
                + " requires a valid one.");
  }

  @Test
  void saysWhatWasRequiredAndFound() {
    assertThat(
            plan(good("gra"), good("bhs")).decisions().stream()
                .filter(decision -> decision.resource().equals("db"))
                .flatMap(decision -> decision.why().stream())
                .map(why -> why.in(Locale.ENGLISH)))
        .contains("BHS offers what “health data” requires: load-balancer, vpn.")
        .contains("BHS is certified as “health data” requires: HDS.");
  }
}
