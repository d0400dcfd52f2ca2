package io.isthmus.domain.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.network.AddressPlan;
import io.isthmus.domain.network.Cidr;
import io.isthmus.domain.placement.Federations.CloudBuilder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PreferencesTest {

  private static Placement plan(String prefer, CloudBuilder... clouds) {
    return plan(FakeGraph.shop(1), prefer, clouds);
  }

  private static Placement plan(FakeGraph graph, String prefer, CloudBuilder... clouds) {
    return new Planner()
        .place(
            graph,
            new PolicyParser()
                .parse("placement_policy_version: 2026-11-23\nprefer: " + prefer + "\n"),
            Federations.of(clouds),
            new AddressPlan(List.of(Cidr.of("10.128.0.0/9")), List.of()));
  }

  private static CloudBuilder cloud(String id) {
    return new CloudBuilder(id).region(id.toUpperCase(Locale.ROOT), "a");
  }

  private static Decision database(Placement placement) {
    return placement.decisions().stream()
        .filter(decision -> decision.resource().equals("db"))
        .findFirst()
        .orElseThrow();
  }

  private static String home(Placement placement) {
    return database(placement).chosen().get(0).cloud().text();
  }

  private static List<String> why(Placement placement) {
    return database(placement).why().stream().map(why -> why.in(Locale.ENGLISH)).toList();
  }

  private static List<String> outweighed(Placement placement) {
    return database(placement).notChosen().stream()
        .map(exclusion -> exclusion.outweighed().orElseThrow().in(Locale.ENGLISH))
        .toList();
  }

  @Test
  void theCheapestKnownPriceWinsAndAnUnknownOneIsNotTakenForFree() {
    Placement placement =
        plan(
            "{ cost: 1 }",
            cloud("unknown"),
            cloud("dear").price("EUR", "0.05", "0.07"),
            cloud("cheap").price("EUR", "0.02", "0.07"));

    assertThat(home(placement)).isEqualTo("cheap");
    assertThat(why(placement))
        .anyMatch(
            why ->
                why.matches(
                    "In CHEAP it costs 0.08\\d* EUR an hour; known prices lie between 0.08\\d* and 0.2\\d*."));
    assertThat(outweighed(placement))
        .contains("Its price there is not known.")
        .anyMatch(why -> why.matches("It would cost 0.2\\d* EUR an hour instead of 0.08\\d*."));
  }

  @Test
  void pricesInTwoCurrenciesAreNotCompared() {
    Placement placement =
        plan(
            "{ cost: 1 }",
            cloud("a").price("EUR", "0.05", "0.07"),
            cloud("b").price("CAD", "0.02", "0.07"));

    assertThat(why(placement))
        .contains("What it costs in A is not known, or not in the same currency as elsewhere.");
  }

  @Test
  void nearTheNamedPeopleIsBetterByTheirWeights() {
    CloudBuilder gra = cloud("gra").at(50.99, 2.13);
    CloudBuilder bhs = cloud("bhs").at(45.31, -73.87);

    assertThat(home(plan("{ latency_from: { FR: 2, CA: 1 } }", bhs, gra))).isEqualTo("gra");
    Placement canada = plan("{ latency_from: { FR: 1, CA: 3 } }", gra, bhs);
    assertThat(home(canada)).isEqualTo("bhs");
    assertThat(why(canada))
        .anyMatch(why -> why.startsWith("BHS is about ") && why.contains("estimated"));
    assertThat(outweighed(canada)).allMatch(why -> why.contains("ms from the people you named"));
  }

  @Test
  void namesWhatDecidedFirstAndNumbersThatDiffer() {
    CloudBuilder near = cloud("near").at(50.99, 2.13).limit(LimitKind.INSTANCES, 100, 50);
    CloudBuilder nearly = cloud("nearly").at(51.00, 2.13).limit(LimitKind.INSTANCES, 100, 0);

    Placement placement = plan("{ latency_from: { FR: 2 } }", nearly, near);

    assertThat(home(placement)).isEqualTo("near");
    assertThat(why(placement).get(0))
        .matches(
            "NEAR in NEAR, of 2 regions that can take it, because none is nearer to the people you"
                + " named: about \\d+ ms from France\\.");
    assertThat(outweighed(placement))
        .singleElement()
        .satisfies(
            words -> {
              Matcher numbers =
                  Pattern.compile(
                          "It would be about ([0-9.]+) ms from the people you named \\(France\\)"
                              + " instead of ([0-9.]+)\\.")
                      .matcher(words);
              assertThat(numbers.matches()).as(words).isTrue();
              assertThat(new BigDecimal(numbers.group(1)))
                  .isGreaterThan(new BigDecimal(numbers.group(2)));
            });
  }

  @Test
  void theCheapestIsNamedFirstWhereThePriceDecided() {
    Placement placement =
        plan(
            "{ cost: 1 }",
            cloud("dear").price("EUR", "0.05", "0.07"),
            cloud("cheap").price("EUR", "0.02", "0.07"));

    assertThat(why(placement).get(0)).contains("because none is known to cost less: 0.08");
  }

  @Test
  void comparesSharesWhereOtherQuotasAreTheScarcest() {
    CloudBuilder networks =
        cloud("a").limit(LimitKind.INSTANCES, 500, 0).limit(LimitKind.NETWORKS, 100, 3);
    CloudBuilder servers =
        cloud("b").limit(LimitKind.INSTANCES, 500, 5).limit(LimitKind.NETWORKS, 100, 0);

    Placement placement = plan("{ headroom: 1 }", networks, servers);

    assertThat(home(placement)).isEqualTo("b");
    Phrase why = database(placement).notChosen().get(0).outweighed().orElseThrow();
    assertThat(why.in(Locale.ENGLISH)).contains("would have to be made there as well: net, subnet");
    FakeGraph single =
        new FakeGraph()
            .add("db", "OS::Nova::Server", "{'flavor':'m1.large','image':'debian-12'}")
            .add("disk", "OS::Cinder::Volume", "{'size':10}")
            .add(
                "mount",
                "OS::Cinder::VolumeAttachment",
                "{}",
                FakeGraph.in("volume_id", "disk"),
                FakeGraph.in("instance_uuid", "db"));
    Placement alone =
        plan(
            single,
            "{ headroom: 1 }",
            cloud("a").limit(LimitKind.INSTANCES, 500, 0).limit(LimitKind.VOLUMES, 100, 3),
            cloud("b").limit(LimitKind.INSTANCES, 500, 5).limit(LimitKind.VOLUMES, 100, 0));
    Phrase less = database(alone).notChosen().get(0).outweighed().orElseThrow();
    assertThat(less.in(Locale.ENGLISH))
        .isEqualTo(
            "Less of its scarcest quota is left: 97 % (volumes), against 99 % (servers) in B.");
    assertThat(less.in(Locale.FRENCH))
        .isEqualTo(
            "Une moindre part de son quota le plus rare est libre\u00a0: 97\u00a0% (volumes), contre 99\u00a0%"
                + " (serveurs) à B.");
  }

  @Test
  void saysOfEqualsThatTheyAre() {
    FakeGraph single =
        new FakeGraph().add("db", "OS::Nova::Server", "{'flavor':'m1.large','image':'debian-12'}");
    Placement placement = plan(single, "{ cost: 1 }", cloud("a"), cloud("b"));

    assertThat(why(placement).get(0))
        .isEqualTo(
            "A in A, of 2 regions that can take it and are as good; the first of equals was taken.");
    assertThat(outweighed(placement))
        .containsExactly("It would be as good; the first of equals was taken.");
  }

  @Test
  void headroomCountsAsMuchAsItWeighs() {
    CloudBuilder full = cloud("a").limit(LimitKind.INSTANCES, 100, 95).price("EUR", "0.02", "0.07");
    CloudBuilder empty = cloud("b").limit(LimitKind.INSTANCES, 100, 0).price("EUR", "0.03", "0.07");

    assertThat(home(plan("{ cost: 1, headroom: 10 }", full, empty))).isEqualTo("b");
    assertThat(home(plan("{ cost: 10, headroom: 1 }", full, empty))).isEqualTo("a");
  }

  @Test
  void aQuotaThatARegionDoesNotTellSpeaksNeitherForItNorAgainstIt() {
    CloudBuilder small = cloud("a").limit(LimitKind.INSTANCES, 250, 2);
    CloudBuilder large =
        cloud("b").limit(LimitKind.INSTANCES, 500, 0).limit(LimitKind.PORTS, 100, 1);
    FakeGraph single =
        new FakeGraph()
            .add("db_port", "OS::Neutron::Port", "{}")
            .add(
                "db",
                "OS::Nova::Server",
                "{'flavor':'m1.large','image':'debian-12'}",
                FakeGraph.in("networks.0.port", "db_port"));
    Placement placement = plan(single, "{ headroom: 1 }", small, large);

    assertThat(home(placement)).isEqualTo("b");
    assertThat(why(placement))
        .anyMatch(
            why -> why.endsWith("larger share of its scarcest quota left: 500 of 500 servers."))
        .anyMatch(why -> why.matches("Not compared, .*: the quotas of .*ports.*"));
    assertThat(outweighed(placement))
        .containsExactly(
            "A smaller share of its quotas is left: 248 of 250 servers, against 500 of 500 servers"
                + " in B.");
  }

  @Test
  void aQuotaThatNothingCountsAgainstDoesNotMatter() {
    CloudBuilder full =
        cloud("a").limit(LimitKind.INSTANCES, 100, 5).limit(LimitKind.KEY_PAIRS, 10, 10);
    CloudBuilder other =
        cloud("b").limit(LimitKind.INSTANCES, 100, 10).limit(LimitKind.KEY_PAIRS, 10, 0);

    assertThat(home(plan("{ headroom: 1 }", full, other))).isEqualTo("a");
  }

  @Test
  void knowsATownInEveryCountryThatIsSpelledByTheLocaleData() {
    assertThat(List.of(Locale.getISOCountries()))
        .filteredOn(country -> Towns.of(country).isEmpty())
        .as("uninhabited")
        .containsExactlyInAnyOrder("BV", "HM");
  }
}
