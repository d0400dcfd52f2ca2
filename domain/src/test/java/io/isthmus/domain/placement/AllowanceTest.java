package io.isthmus.domain.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.isthmus.domain.cloud.Allowance;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Extent;
import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.cloud.Limit;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.network.AddressPlan;
import io.isthmus.domain.network.Cidr;
import io.isthmus.domain.placement.Federations.CloudBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the federation itself lets a project have. */
class AllowanceTest {

  private static final AddressPlan ADDRESSES =
      new AddressPlan(List.of(Cidr.of("10.128.0.0/9")), List.of());
  private static final String NO_RULES = "placement_policy_version: 2026-11-23\nrules: []\n";

  private static Placement plan(int servers, Allowance... allowances) {
    FakeGraph graph = servers(servers);
    FederationSnapshot three = Federations.three();
    return new Planner()
        .place(
            graph,
            new PolicyParser().parse(NO_RULES),
            new FederationSnapshot(
                three.takenAt(), three.clouds(), three.equivalences(), Arrays.asList(allowances)),
            ADDRESSES);
  }

  private static FakeGraph servers(int servers) {
    FakeGraph graph = new FakeGraph();
    IntStream.range(0, servers)
        .forEach(
            i ->
                graph.add(
                    "s" + i, "OS::Nova::Server", "{'flavor':'m1.small','image':'debian-12'}"));
    return graph;
  }

  private static Allowance project(Extent extent, LimitKind kind, long maximum, long used) {
    return new Allowance(Allowance.Of.PROJECT, extent, Map.of(kind, new Limit(maximum, used)));
  }

  private static long in(Placement placement, String cloud) {
    return ((Placement.Placed) placement)
        .parts().stream().filter(part -> part.id().cloud().text().equals(cloud)).count();
  }

  private static List<String> reasons(Placement placement) {
    return ((Placement.Unplaced) placement)
        .reasons().stream().map(reason -> reason.in(Locale.ENGLISH)).toList();
  }

  @Test
  void countsOverAllClouds() {
    Allowance five = project(new Extent.Everywhere(), LimitKind.INSTANCES, 5, 2);

    assertThat(plan(3, five)).isInstanceOf(Placement.Placed.class);
    assertThat(reasons(plan(4, five)))
        .containsExactly("The project’s quota (servers): 4 needed, 3 of 5 left.");
  }

  @Test
  void sendsElsewhereWhatAPartOfTheFederationHasNoQuotaFor() {
    Placement byCloud =
        plan(6, project(new Extent.OfCloud(new CloudId("gra")), LimitKind.INSTANCES, 2, 0));
    Placement byBloc =
        plan(
            6,
            project(new Extent.OfJurisdiction("EU"), LimitKind.VCPUS, 0, 0),
            project(new Extent.OfJurisdiction("CA"), LimitKind.VCPUS, 4, 1));

    assertThat(in(byCloud, "gra")).isLessThanOrEqualTo(2);
    assertThat(in(byBloc, "gra")).isZero();
    assertThat(in(byBloc, "bhs")).isLessThanOrEqualTo(3);
  }

  @Test
  void saysOfAPlaceWhoseQuotaItIs() {
    Placement placement =
        plan(
            1,
            new Allowance(
                Allowance.Of.TENANT,
                new Extent.OfOperator("op-gra"),
                Map.of(LimitKind.RAM_MIB, new Limit(1024, 0))));
    String operator =
        Federations.three().find(new CloudId("gra")).orElseThrow().facts().operator().id();
    Placement refused =
        plan(
            1,
            new Allowance(
                Allowance.Of.TENANT,
                new Extent.OfOperator(operator),
                Map.of(LimitKind.RAM_MIB, new Limit(1024, 0))));

    assertThat(placement).isInstanceOf(Placement.Placed.class);
    assertThat(
            ((Placement.Placed) refused)
                .decisions().get(0).notChosen().stream()
                    .flatMap(exclusion -> exclusion.refusals().stream())
                    .map(RuleRefusal::reason)
                    .map(reason -> reason.in(Locale.ENGLISH)))
        .contains(
            "The tenant’s quota in clouds of "
                + operator
                + " (MiB of memory): 2,048 needed, 1,024 of 1,024 left.");
  }

  @Test
  void whatIsUnlimitedOrNotNamedIsNotLimited() {
    assertThat(
            plan(
                30,
                project(new Extent.Everywhere(), LimitKind.INSTANCES, -1, 7),
                project(new Extent.Everywhere(), LimitKind.VOLUMES, 0, 0)))
        .isInstanceOf(Placement.Placed.class);
  }

  @Test
  void loadBalancersCountAndAreToldAsUnknownToWhoTakesThem() {
    FakeGraph balanced =
        new FakeGraph()
            .add("b", "OS::Octavia::LoadBalancer", "{}")
            .add(
                "s",
                "OS::Nova::Server",
                "{'flavor':'m1.small','image':'debian-12'}",
                FakeGraph.after("b"));
    CloudBuilder five =
        new CloudBuilder("gra")
            .region("GRA-1", "a")
            .offers("load-balancer")
            .limit(LimitKind.INSTANCES, 10, 0);

    assertThat(remarks(place(balanced, Federations.of(five))))
        .singleElement()
        .isEqualTo(
            "GRA/GRA-1 does not tell these quotas, so the plan does not check them: vCPUs, MiB of"
                + " memory, load balancers.");
    assertThat(remarks(place(balanced, Federations.of(five.limit(LimitKind.LOAD_BALANCERS, 5, 4)))))
        .noneMatch(remark -> remark.contains("load balancers"));
    Placement full = place(balanced, Federations.of(five.limit(LimitKind.LOAD_BALANCERS, 5, 5)));
    assertThat(((Placement.Unplaced) full).unplaced())
        .flatExtracting(Decision::notChosen)
        .flatExtracting(Exclusion::refusals)
        .extracting(refusal -> refusal.reason().in(Locale.ENGLISH))
        .contains("GRA-1: 1 load balancers are needed, the quota leaves 0 of 5.");
    FederationSnapshot open = Federations.of(five.limit(LimitKind.LOAD_BALANCERS, -1, 5));
    assertThat(
            reasons(
                place(
                    balanced,
                    new FederationSnapshot(
                        open.takenAt(),
                        open.clouds(),
                        open.equivalences(),
                        List.of(
                            project(new Extent.Everywhere(), LimitKind.LOAD_BALANCERS, 2, 2))))))
        .isNotEmpty();
  }

  private static Placement place(FakeGraph graph, FederationSnapshot federation) {
    return new Planner().place(graph, new PolicyParser().parse(NO_RULES), federation, ADDRESSES);
  }

  private static List<String> remarks(Placement placement) {
    return ((Placement.Placed) placement)
        .wiring().remarks().stream().map(remark -> remark.in(Locale.ENGLISH)).toList();
  }

  @Test
  void aPlanThatHoldsNoMoreSaysHowMuchIsAskedForTogetherAndHowMuchIsLeft() {
    FakeGraph three = servers(3);
    CloudBuilder gra = new CloudBuilder("gra").region("GRA-1", "a");
    PlacementPolicy policy = new PolicyParser().parse(NO_RULES);
    Placement.Placed placed =
        (Placement.Placed) place(three, Federations.of(gra.limit(LimitKind.INSTANCES, 10, 7)));

    assertThat(
            changes(
                three,
                policy,
                Federations.of(gra.limit(LimitKind.INSTANCES, 10, 8).limit(LimitKind.VCPUS, 2, 0)),
                placed))
        .containsExactlyInAnyOrder(
            "GRA-1: 3 servers are needed, the quota leaves 2 of 10.",
            "GRA-1: 3 vCPUs are needed, the quota leaves 2 of 2.");
    FederationSnapshot open = Federations.of(new CloudBuilder("gra").region("GRA-1", "a"));
    assertThat(
            changes(
                three,
                policy,
                new FederationSnapshot(
                    open.takenAt(),
                    open.clouds(),
                    open.equivalences(),
                    List.of(project(new Extent.Everywhere(), LimitKind.INSTANCES, 5, 3))),
                placed))
        .containsExactly("The project’s quota (servers): 3 needed, 2 of 5 left.");
  }

  private static List<String> changes(
      FakeGraph graph, PlacementPolicy policy, FederationSnapshot now, Placement.Placed placed) {
    return new Planner()
        .changes(graph, policy, now, placed).stream()
            .map(change -> change.in(Locale.ENGLISH))
            .toList();
  }

  @Test
  void aPartOfTheFederationIsNamedAndReadBack() {
    for (String text : List.of("all", "cloud:gra", "operator:rivage", "jurisdiction:EU")) {
      assertThat(Extent.parse(text).text()).isEqualTo(text);
    }
    for (String text : List.of("", "cloud:", "planet:mars", "all:", "jurisdiction: ")) {
      assertThat(catchThrowable(() -> Extent.parse(text)))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(Phrase.of("placement.allowance.project").in(Locale.FRENCH))
        .isEqualTo("Quota du projet");
  }
}
