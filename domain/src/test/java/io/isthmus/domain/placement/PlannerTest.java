package io.isthmus.domain.placement;

import static io.isthmus.domain.placement.FakeGraph.after;
import static io.isthmus.domain.placement.FakeGraph.data;
import static io.isthmus.domain.placement.FakeGraph.in;
import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Equivalence;
import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.cloud.Flavor;
import io.isthmus.domain.cloud.Image;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Network;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.network.AddressPlan;
import io.isthmus.domain.network.Cidr;
import io.isthmus.domain.network.Segment;
import io.isthmus.domain.placement.Federations.CloudBuilder;
import io.isthmus.domain.template.ResourceGraph;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlannerTest {

  private static final AddressPlan ADDRESSES =
      new AddressPlan(List.of(Cidr.of("10.128.0.0/9")), List.of());

  private static final String SHOP_POLICY =
      """
      placement_policy_version: 2026-11-23
      rules:
        - name: web tier survives a cloud
          match: { types: [OS::Nova::Server], names: ["web*"] }
          spread: [{ across: operator, max_skew: 1, min_domains: 2 }]
        - name: database stays home
          match: { names: [db] }
          residency: { jurisdictions: [EU], operators_exposed_to: { none_of: [US] } }
      """;

  private static Placement plan(ResourceGraph graph, String policy, FederationSnapshot federation) {
    return new Planner().place(graph, new PolicyParser().parse(policy), federation, ADDRESSES);
  }

  private static Placement.Placed placed(
      ResourceGraph graph, String policy, FederationSnapshot federation) {
    Placement placement = plan(graph, policy, federation);
    assertThat(placement).as("%s", placement).isInstanceOf(Placement.Placed.class);
    return (Placement.Placed) placement;
  }

  private static Placement.Unplaced unplaced(
      ResourceGraph graph, String policy, FederationSnapshot federation) {
    Placement placement = plan(graph, policy, federation);
    assertThat(placement).as("%s", placement).isInstanceOf(Placement.Unplaced.class);
    return (Placement.Unplaced) placement;
  }

  private static Decision decision(Placement placement, String resource) {
    return placement.decisions().stream()
        .filter(decision -> decision.resource().equals(resource))
        .findFirst()
        .orElseThrow();
  }

  private static String refusals(List<Decision> decisions) {
    return decisions.stream()
        .flatMap(decision -> decision.notChosen().stream())
        .flatMap(exclusion -> exclusion.refusals().stream())
        .map(refusal -> refusal.reason().in(Locale.ENGLISH))
        .collect(Collectors.joining("\n"));
  }

  private static Resolution resolution(Placement.Placed placed, String resource, String property) {
    return placed.parts().stream()
        .filter(part -> part.id().resource().equals(resource))
        .flatMap(part -> part.resolutions().stream())
        .filter(found -> found.property().equals(property))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void spreadsTheShopOverThreeCloudsAndKeepsItsDatabaseAtHome() {
    Placement.Placed shop = placed(FakeGraph.shop(3), SHOP_POLICY, Federations.three());

    Set<CloudId> webClouds = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      webClouds.add(decision(shop, "web/" + i).chosen().get(0).cloud());
    }
    assertThat(webClouds).hasSize(3);
    assertThat(decision(shop, "db").chosen().get(0).cloud()).isEqualTo(new CloudId("gra"));
    assertThat(decision(shop, "net").chosen()).hasSize(3);
    assertThat(decision(shop, "plug").chosen()).hasSize(3);
    assertThat(refusals(List.of(decision(shop, "db"))))
        .contains("SYD-1 lies in Australia; the rule “database stays home” allows only the EU.")
        .contains("The law of United States reaches syd-operator");
  }

  @Test
  void saysOfEachServerHowItIsToldThatItsPlaceIsLost() {
    Placement.Placed shop =
        placed(
            FakeGraph.shop(3),
            SHOP_POLICY
                + """
                  - name: web answers
                    match: { names: ["web*"] }
                    failover: { after: 1m, tries: 4, probes: [{ http: /health, port: 8080 }] }
                  - name: all are there
                    failover: { after: 30s, probes: [{ tcp: 22 }] }
                """,
            Federations.three());

    assertThat(shop.parts())
        .allSatisfy(
            part ->
                assertThat(part.failover().isPresent())
                    .as(part.id().toString())
                    .isEqualTo(part.type().equals("OS::Nova::Server")));
    assertThat(
            shop.parts().stream()
                .filter(part -> part.id().resource().equals("web/0"))
                .findFirst()
                .flatMap(PlannedPart::failover))
        .contains(
            new Failover(
                Failover.Mode.NEVER,
                Duration.ofMinutes(1),
                4,
                List.of(new Probe(Probe.Kind.HTTP, 8080, "/health", 200), Probe.tcp(22)),
                Failover.OnReturn.ASK));
    assertThat(PlacementJson.read(PlacementJson.write(shop))).isEqualTo(shop);
  }

  @Test
  void keepsAServerItsPortAndItsVolumeInOneRegion() {
    Placement.Placed shop = placed(FakeGraph.shop(3), SHOP_POLICY, Federations.three());

    Place home = decision(shop, "db").chosen().get(0).regionOnly();
    for (String together : List.of("db_port", "disk", "mount")) {
      assertThat(decision(shop, together).chosen().get(0).regionOnly()).isEqualTo(home);
    }
  }

  @Test
  void keepsServersOfOneHostInOnePlaceAndGivesEachRegionAGroupOfServersThatStayApart() {
    assertThat(decision(spread("affinity"), "group").chosen()).hasSize(1);
    Placement.Placed together = spread("affinity");
    assertThat(decision(together, "a").chosen()).isEqualTo(decision(together, "b").chosen());
    Placement.Placed apart = spread("anti-affinity");
    assertThat(decision(apart, "group").chosen())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of("a", "b")
                .map(name -> decision(apart, name).chosen().get(0).regionOnly())
                .toList())
        .doesNotHaveDuplicates();
  }

  private static Placement.Placed spread(String policy) {
    FakeGraph graph =
        new FakeGraph()
            .add("group", "OS::Nova::ServerGroup", "{'policies':['" + policy + "']}")
            .add(
                "a",
                "OS::Nova::Server",
                "{'flavor':'m1.small','image':'debian-12'}",
                in("scheduler_hints.group", "group"))
            .add(
                "b",
                "OS::Nova::Server",
                "{'flavor':'m1.small','image':'debian-12'}",
                in("scheduler_hints.group", "group"));
    return placed(
        graph,
        """
        placement_policy_version: 2026-11-23
        rules:
          - name: apart
            match: { types: [OS::Nova::Server] }
            spread: [{ across: cloud, max_skew: 1, when_unsatisfiable: schedule_anyway }]
        """,
        Federations.three());
  }

  @Test
  void ordersEachPartAfterAllThatItRequires() {
    Placement.Placed shop = placed(FakeGraph.shop(3), SHOP_POLICY, Federations.three());

    Set<PartId> before = new HashSet<>();
    for (PlannedPart part : shop.parts()) {
      assertThat(before).as(part.id().toString()).containsAll(part.requires());
      before.add(part.id());
    }
    PlannedPart web =
        shop.parts().stream()
            .filter(part -> part.id().resource().equals("web/0"))
            .findFirst()
            .orElseThrow();
    assertThat(web.requires())
        .extracting(PartId::resource)
        .contains("net", "subnet", "guard", "db")
        .doesNotContain("web");
  }

  @Test
  void givesEachRegionASegmentOfItsOwnAndCarriesAddressesOver() {
    Placement.Placed shop = placed(FakeGraph.shop(3), SHOP_POLICY, Federations.three());

    List<Segment> segments = shop.wiring().segments();
    assertThat(segments).hasSize(3);
    assertThat(segments)
        .extracting(Segment::cidr)
        .containsExactly("10.128.0.0/24", "10.128.1.0/24", "10.128.2.0/24");
    assertThat(resolution(shop, "subnet", "gateway_ip").value().toString())
        .isEqualTo("\"10.128.0.1\"");
    assertThat(resolution(shop, "subnet", "allocation_pools.0.end").value().toString())
        .isEqualTo("\"10.128.0.200\"");
    assertThat(resolution(shop, "guard", "rules.0.remote_ip_prefix").value().toString())
        .isEqualTo("\"10.128.0.0/22\"");
    assertThat(shop.wiring().remarks())
        .extracting(remark -> remark.in(Locale.ENGLISH))
        .anyMatch(words -> words.contains("not linked yet"));
  }

  @Test
  void keepsTheTemplatesAddressesInASingleRegion() {
    Placement.Placed shop = placed(FakeGraph.shop(1), "", Federations.three());

    assertThat(shop.wiring().segments()).extracting(Segment::cidr).containsExactly("10.0.0.0/24");
  }

  @Test
  void takesOtherAddressesWhenTheTemplatesAreUsed() {
    AddressPlan used = ADDRESSES.with(Cidr.of("10.0.0.0/16"));

    Placement placement =
        new Planner().place(FakeGraph.shop(1), PlacementPolicy.ANYWHERE, Federations.three(), used);

    assertThat(((Placement.Placed) placement).wiring().segments())
        .extracting(Segment::cidr)
        .containsExactly("10.128.0.0/24");
  }

  @Test
  void refusesWithEveryRuleThatExcludesEachCloud() {
    FederationSnapshot federation =
        Federations.of(
            new CloudBuilder("bhs").country("CA").region("BHS-1", "nova"),
            new CloudBuilder("gra").inaccessible(),
            new CloudBuilder("par").country("FR").exposedTo("US").disabled().region("PAR-1", "a"),
            new CloudBuilder("syd").country(null).unreachable().region("SYD-1", "nova"));

    Placement.Unplaced refused = unplaced(FakeGraph.shop(1), SHOP_POLICY, federation);

    assertThat(refused.unplaced()).extracting(Decision::resource).contains("db", "db_port", "disk");
    assertThat(refusals(refused.unplaced()))
        .contains("BHS-1 lies in Canada; the rule “database stays home” allows only the EU.")
        .contains("GRA is not available to this project.")
        .contains("PAR is disabled")
        .contains("The law of United States reaches par-operator")
        .contains("SYD did not answer")
        .contains("It is not known in which country SYD-1 lies");
  }

  @Test
  void refusesASpreadOverFewerDomainsThanAsked() {
    FederationSnapshot one =
        Federations.of(new CloudBuilder("gra").region("GRA-1", "a").region("GRA-2", "a"));

    Placement.Unplaced refused = unplaced(FakeGraph.shop(3), SHOP_POLICY, one);

    assertThat(refused.reasons())
        .extracting(reason -> reason.in(Locale.ENGLISH))
        .anyMatch(
            words ->
                words.equals(
                    "The rule “web tier survives a cloud” asks for at least 2 operators;"
                        + " eligible: 1 (gra-operator)."));
  }

  @Test
  void takesTheSmallestFlavorThatIsLargeEnough() {
    FederationSnapshot federation =
        Federations.of(
            new CloudBuilder("bhs")
                .country("CA")
                .flavors(
                    new Flavor("b0", "tiny", 1, 1024, 10, Map.of()),
                    new Flavor("b3", "huge", 8, 65536, 400, Map.of()),
                    new Flavor("b2", "b2-7", 2, 7000, 50, Map.of()))
                .region("BHS-1", "nova"),
            new CloudBuilder("gra").disabled().region("GRA-1", "a"));
    FakeGraph graph =
        new FakeGraph().add("one", "OS::Nova::Server", "{'flavor':'m1.small','image':'debian-12'}");

    Placement.Placed placed = placed(graph, "", federation);

    assertThat(resolution(placed, "one", "flavor").value().toString()).isEqualTo("\"b2\"");
    assertThat(resolution(placed, "one", "flavor").why().in(Locale.ENGLISH))
        .contains("smallest")
        .contains("m1.small");
  }

  @Test
  void takesAnEquivalenceBeforeASubstitute() {
    FederationSnapshot federation =
        Federations.of(
            List.of(
                new Equivalence(Equivalence.Kind.FLAVOR, "m1.small", new CloudId("bhs"), "huge")),
            new CloudBuilder("bhs")
                .flavors(
                    new Flavor("b3", "huge", 8, 65536, 400, Map.of()),
                    new Flavor("b2", "b2-7", 2, 7000, 50, Map.of()))
                .region("BHS-1", "nova"));
    FakeGraph graph =
        new FakeGraph().add("one", "OS::Nova::Server", "{'flavor':'m1.small','image':'debian-12'}");

    assertThat(resolution(placed(graph, "", federation), "one", "flavor").value().toString())
        .isEqualTo("\"b3\"");
  }

  @Test
  void takesAnImageOfTheSameSystemAndTheOnlyExternalNetwork() {
    FederationSnapshot federation =
        Federations.of(
            new CloudBuilder("bhs")
                .images(
                    new Image(
                        "x", "Debian 12 Bookworm", Optional.of("debian"), Optional.of("12"), 1, 0))
                .networks(new Network("e", "Ext-Net", true), new Network("p", "lan", false))
                .region("BHS-1", "nova"),
            new CloudBuilder("gra").disabled().region("GRA-1", "a"));

    Placement.Placed placed = placed(FakeGraph.shop(1), "", federation);

    assertThat(resolution(placed, "db", "image").value().toString()).isEqualTo("\"x\"");
    assertThat(resolution(placed, "router", "external_gateway_info.network").value().toString())
        .isEqualTo("\"e\"");
  }

  @Test
  void neverPutsMoreIntoARegionThanItsQuotaLeaves() {
    FederationSnapshot federation =
        Federations.of(
            new CloudBuilder("gra").limit(LimitKind.INSTANCES, 10, 8).region("GRA-1", "a"),
            new CloudBuilder("bhs").limit(LimitKind.INSTANCES, 10, 9).region("BHS-1", "a"));
    FakeGraph graph = new FakeGraph();
    for (int i = 0; i < 3; i++) {
      graph.add("s" + i, "OS::Nova::Server", "{'flavor':'m1.small','image':'debian-12'}");
    }

    assertThat(placed(graph, "", federation).decisions())
        .extracting(decision -> decision.chosen().get(0).cloud().text())
        .containsExactlyInAnyOrder("gra", "gra", "bhs");
    graph.add("s3", "OS::Nova::Server", "{'flavor':'m1.small','image':'debian-12'}");
    assertThat(unplaced(graph, "", federation).reasons())
        .extracting(reason -> reason.in(Locale.ENGLISH))
        .containsExactly(
            "Needed: 4 servers; the regions that can take any of it have 3 left in all:"
                + " bhs / BHS-1, gra / GRA-1.");
  }

  @Test
  void seesThroughValuesAndGroupsToWhatMustComeBefore() {
    FakeGraph graph =
        new FakeGraph()
            .add("group", "OS::Heat::ResourceGroup", "{}")
            .add("group/0", "OS::Nova::Server", "{'flavor':'m1.small','image':'debian-12'}")
            .add("group/1", "OS::Nova::Server", "{'flavor':'m1.small','image':'debian-12'}")
            .add("value", "OS::Heat::Value", "{}", data("value", "group", "refs"))
            .add(
                "last",
                "OS::Nova::Server",
                "{'flavor':'m1.small','image':'debian-12'}",
                data("user_data", "value", "value"))
            .add("key", "OS::Nova::KeyPair", "{}", after("last"));

    Placement.Placed placed = placed(graph, "", Federations.three());

    assertThat(placed.parts())
        .filteredOn(part -> part.id().resource().equals("last"))
        .singleElement()
        .satisfies(
            part ->
                assertThat(part.requires())
                    .extracting(PartId::resource)
                    .containsExactlyInAnyOrder("group/0", "group/1"));
    assertThat(placed.parts()).extracting(part -> part.id().resource()).doesNotContain("value");
    assertThat(decision(placed, "key").chosen()).hasSize(1);
  }

  @Test
  void takesOnlyZonesThatAreAskedFor() {
    FakeGraph graph =
        new FakeGraph()
            .add(
                "one",
                "OS::Nova::Server",
                "{'flavor':'m1.small','image':'debian-12','availability_zone':'b'}");

    assertThat(decision(placed(graph, "", Federations.three()), "one").chosen())
        .containsExactly(Place.inZone(new CloudId("gra"), "GRA-1", "b"));
  }

  @Test
  void answersTheSameEachTime() {
    assertThat(plan(FakeGraph.shop(5), SHOP_POLICY, Federations.three()))
        .isEqualTo(plan(FakeGraph.shop(5), SHOP_POLICY, Federations.three()));
  }

  @Test
  void bringsAFloatingIpAfterTheInterfaceOfItsRouter() {
    FakeGraph graph =
        FakeGraph.shop(0)
            .add(
                "ip",
                "OS::Neutron::FloatingIP",
                "{'floating_network':'public'}",
                in("port_id", "db_port"));

    assertThat(placed(graph, "", Federations.three()).parts())
        .filteredOn(part -> part.id().resource().equals("ip"))
        .singleElement()
        .satisfies(
            part -> assertThat(part.requires()).extracting(PartId::resource).contains("plug"));
  }

  @Test
  void doesNotCountACloudOfAnUnknownOperatorAsOneMoreOperator() {
    FederationSnapshot federation =
        Federations.of(
            new CloudBuilder("gra").region("GRA-1", "a"),
            new CloudBuilder("new").operatorUnknown().region("NEW-1", "a"));

    Placement.Unplaced refused = unplaced(FakeGraph.shop(2), SHOP_POLICY, federation);

    assertThat(refusals(refused.unplaced()))
        .contains(
            "It is not known who operates NEW; the rule “web tier survives a cloud” spreads over"
                + " operators.");
    placed(
        FakeGraph.shop(2),
        SHOP_POLICY.replace("min_domains: 2", "when_unsatisfiable: schedule_anyway"),
        federation);
  }
}
