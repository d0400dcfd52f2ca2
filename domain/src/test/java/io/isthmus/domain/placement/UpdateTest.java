package io.isthmus.domain.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.cloud.Flavor;
import io.isthmus.domain.cloud.Image;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.network.AddressPlan;
import io.isthmus.domain.network.Cidr;
import io.isthmus.domain.network.Segment;
import io.isthmus.domain.placement.Federations.CloudBuilder;
import jakarta.json.JsonString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UpdateTest {

  private static final AddressPlan ADDRESSES =
      new AddressPlan(List.of(Cidr.of("10.128.0.0/9")), List.of());

  private static final String SPREAD =
      """
      placement_policy_version: 2026-11-23
      rules:
        - name: web survives
          match: { names: [web] }
          spread: [{ across: operator, max_skew: 1, min_domains: 2 }]
      """;

  private static PlacementPolicy policy(String text) {
    return new PolicyParser().parse(text);
  }

  private static PlacementPolicy only(String cloud) {
    return policy(
        "placement_policy_version: 2026-11-23\nrules:\n  - name: home\n    clouds: {any_of: ["
            + cloud
            + "]}\n");
  }

  private FederationSnapshot federation = Federations.three();
  private Set<String> anew = Set.of();

  private Placement.Placed place(FakeGraph graph, PlacementPolicy policy) {
    return (Placement.Placed) new Planner().place(graph, policy, federation, ADDRESSES);
  }

  private static AddressPlan taken(Placement.Placed placed) {
    Map<String, List<Cidr>> segments = new HashMap<>();
    for (Segment segment : placed.wiring().segments()) {
      segments
          .computeIfAbsent(segment.subnet(), none -> new ArrayList<>())
          .add(Cidr.of(segment.cidr()));
    }
    AddressPlan plan = ADDRESSES;
    for (List<Cidr> all : segments.values()) {
      plan = plan.with(AddressPlan.block(all));
    }
    return plan;
  }

  private Placement update(
      FakeGraph before,
      PlacementPolicy policyBefore,
      Placement.Placed placed,
      FakeGraph graph,
      PlacementPolicy policy) {
    return new Planner()
        .update(
            before,
            policyBefore,
            graph,
            policy,
            federation,
            taken(placed),
            UpdatePropertiesTest.standing(placed),
            anew);
  }

  private static PlannedPart part(Placement placement, String resource) {
    return ((Placement.Placed) placement)
        .parts().stream()
            .filter(part -> part.id().resource().equals(resource))
            .findFirst()
            .orElseThrow();
  }

  private static Decision decision(Placement placement, String resource) {
    return placement.decisions().stream()
        .filter(decision -> decision.resource().equals(resource))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aStackThatStretchesOverCloudsStaysWholeWithItsAddresses() {
    PlacementPolicy policy = policy(SPREAD);
    FakeGraph graph = FakeGraph.shop(3);
    Placement.Placed before = place(graph, policy);
    assertThat(before.wiring().segments().size()).isGreaterThan(1);

    Placement.Placed after =
        (Placement.Placed) update(graph, policy, before, FakeGraph.shop(3), policy);

    assertThat(after.parts()).isEqualTo(before.parts());
    assertThat(after.wiring().segments()).isEqualTo(before.wiring().segments());
    assertThat(decision(after, "db").why().get(0).key()).isEqualTo("placement.update.stays");
    assertThat(after.cost()).isEqualTo(before.cost());
  }

  @Test
  void scalingPlacesWhatIsNewAroundWhatStands() {
    PlacementPolicy policy = policy(SPREAD);
    FakeGraph graph = FakeGraph.shop(2);
    Placement.Placed before = place(graph, policy);

    Placement.Placed after =
        (Placement.Placed) update(graph, policy, before, FakeGraph.shop(5), policy);

    for (PlannedPart part : before.parts()) {
      assertThat(after.parts()).extracting(PlannedPart::id).contains(part.id());
    }
    Map<String, Integer> operators = new HashMap<>();
    for (int i = 0; i < 5; i++) {
      operators.merge(part(after, "web/" + i).id().cloud().text(), 1, Integer::sum);
    }
    assertThat(operators).hasSize(3);
    assertThat(operators.values()).allMatch(count -> count <= 2);
    List<String> cidrs = after.wiring().segments().stream().map(Segment::cidr).toList();
    assertThat(cidrs).doesNotHaveDuplicates();
    before
        .wiring()
        .segments()
        .forEach(segment -> assertThat(after.wiring().segments()).contains(segment));
  }

  @Test
  void onlyWhatAPolicyRulesOutMovesAndItIsSaidWhy() {
    FakeGraph graph = FakeGraph.shop(2);
    PlacementPolicy before = only("gra");
    Placement.Placed placed = place(graph, before);
    PlacementPolicy after =
        policy(
            """
            placement_policy_version: 2026-11-23
            rules:
              - name: web abroad
                match: { names: ["web*"] }
                residency: { jurisdictions: [CA] }
            """);

    Placement moved = update(graph, before, placed, graph, after);

    assertThat(part(moved, "db").id()).isEqualTo(part(placed, "db").id());
    assertThat(part(moved, "disk").id()).isEqualTo(part(placed, "disk").id());
    assertThat(part(moved, "web/0").id().cloud().text()).isEqualTo("bhs");
    Decision why = decision(moved, "web/0");
    assertThat(why.why().get(0).key()).isEqualTo("placement.update.moves");
    assertThat(why.why().get(0).toString()).contains("gra", "web abroad");
  }

  @Test
  void aVolumeThatJoinsAServerGoesWhereItIs() {
    FakeGraph one =
        new FakeGraph().add("db", "OS::Nova::Server", "{'flavor':'m1.small','image':'debian-12'}");
    FakeGraph two =
        new FakeGraph()
            .add("db", "OS::Nova::Server", "{'flavor':'m1.small','image':'debian-12'}")
            .add("disk", "OS::Cinder::Volume", "{'size':10}")
            .add(
                "mount",
                "OS::Cinder::VolumeAttachment",
                "{}",
                FakeGraph.in("volume_id", "disk"),
                FakeGraph.in("instance_uuid", "db"));
    Placement.Placed placed = place(one, only("syd"));

    Placement after = update(one, only("syd"), placed, two, PlacementPolicy.ANYWHERE);

    assertThat(part(after, "db").id().cloud().text()).isEqualTo("syd");
    assertThat(part(after, "disk").id().cloud().text()).isEqualTo("syd");
    assertThat(decision(after, "disk").why().get(0).key()).isEqualTo("placement.update.joins");
  }

  private static CloudBuilder cloud(long cores) {
    return new CloudBuilder("gra").region("R", "nova").limit(LimitKind.VCPUS, 10, 10 - cores);
  }

  private static FakeGraph server(String flavor) {
    return new FakeGraph()
        .add("x", "OS::Nova::Server", "{'flavor':'" + flavor + "','image':'debian-12'}");
  }

  @Test
  void aLargerFlavorTakesOnlyWhatItHasMore() {
    federation = Federations.of(cloud(1));
    Placement.Placed placed = place(server("m1.small"), PlacementPolicy.ANYWHERE);
    PlacementPolicy any = PlacementPolicy.ANYWHERE;

    federation = Federations.of(cloud(3));
    assertThat(update(server("m1.small"), any, placed, server("m1.large"), any))
        .isInstanceOf(Placement.Placed.class);
    federation = Federations.of(cloud(2));
    Placement lacking = update(server("m1.small"), any, placed, server("m1.large"), any);
    assertThat(lacking).isInstanceOf(Placement.Unplaced.class);
    assertThat(((Placement.Unplaced) lacking).reasons().toString()).contains("R", "3", "2");
    federation = Federations.of(cloud(0));
    assertThat(update(server("m1.small"), any, placed, server("m1.small"), any))
        .isInstanceOf(Placement.Placed.class);
  }

  @Test
  void whatIsMadeAnewBesideTheOldOneTakesItsWholeOnceMore() {
    federation = Federations.of(cloud(1));
    Placement.Placed placed = place(server("m1.small"), PlacementPolicy.ANYWHERE);
    PlacementPolicy any = PlacementPolicy.ANYWHERE;
    anew = Set.of("x");

    assertThat(update(server("m1.small"), any, placed, server("m1.small"), any))
        .isInstanceOf(Placement.Placed.class);
    federation = Federations.of(cloud(0));
    assertThat(update(server("m1.small"), any, placed, server("m1.small"), any))
        .isInstanceOf(Placement.Unplaced.class);
  }

  @Test
  void whatANameMeansWhenItIsSaidAgainIsWhatItMeantBefore() {
    federation = Federations.of(new CloudBuilder("gra").region("R", "nova"));
    PlacementPolicy any = PlacementPolicy.ANYWHERE;
    Placement.Placed placed = place(server("m1.small"), any);
    federation =
        Federations.of(
            new CloudBuilder("gra")
                .region("R", "nova")
                .flavors(
                    new Flavor("f9", "m1.small", 2, 4096, 20, Map.of()),
                    new Flavor("f2", "m1.large", 4, 8192, 80, Map.of()))
                .images(
                    new Image("i9", "debian-12", Optional.of("debian"), Optional.of("12"), 2, 0)));

    assertThat(part(update(server("m1.small"), any, placed, server("m1.small"), any), "x"))
        .isEqualTo(part(placed, "x"));
    PlannedPart larger =
        part(update(server("m1.small"), any, placed, server("m1.large"), any), "x");
    assertThat(value(larger, "flavor")).isEqualTo("f2");
    assertThat(value(larger, "image")).isEqualTo("i1");
    assertThat(larger.counts()).containsEntry(LimitKind.VCPUS, 4L);
  }

  private static String value(PlannedPart part, String property) {
    return part.resolutions().stream()
        .filter(resolution -> resolution.property().equals(property))
        .map(resolution -> ((JsonString) resolution.value()).getString())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aCloudThatJoinsTheFederationMovesNothingByARuleOfBefore() {
    PlacementPolicy policy = policy(SPREAD.replace("min_domains: 2", "min_domains: 1"));
    federation =
        Federations.of(
            new CloudBuilder("gra").region("R", "nova"),
            new CloudBuilder("bhs").region("R", "nova"));
    Placement.Placed placed = place(FakeGraph.shop(4), policy);
    federation =
        Federations.of(
            new CloudBuilder("gra").region("R", "nova"),
            new CloudBuilder("bhs").region("R", "nova"),
            new CloudBuilder("syd").region("R", "nova"));

    Placement same = update(FakeGraph.shop(4), policy, placed, FakeGraph.shop(4), policy);
    assertThat(((Placement.Placed) same).parts()).isEqualTo(placed.parts());
    Placement more = update(FakeGraph.shop(4), policy, placed, FakeGraph.shop(5), policy);
    assertThat(part(more, "web/4").id().cloud().text()).isEqualTo("syd");
    assertThat(part(more, "web/3").id()).isEqualTo(part(placed, "web/3").id());
  }

  @Test
  void whereNothingIsKnownNothingCanBePlannedUnlessARuleTakesItAway() {
    Placement.Placed placed = place(server("m1.small"), only("syd"));
    federation =
        Federations.of(
            new CloudBuilder("gra").region("GRA-1", "a"), new CloudBuilder("syd").inaccessible());

    Placement unseen =
        update(server("m1.small"), only("syd"), placed, server("m1.small"), only("syd"));
    assertThat(((Placement.Unplaced) unseen).reasons().toString()).contains("x", "syd");
    Placement away =
        update(server("m1.small"), only("syd"), placed, server("m1.small"), only("gra"));
    assertThat(part(away, "x").id().cloud().text()).isEqualTo("gra");
  }

  @Test
  void aPlanOfBeforeHoldsUntilItsPlacesDoNot() {
    PlacementPolicy policy = policy(SPREAD);
    FakeGraph graph = FakeGraph.shop(2);
    Placement.Placed placed = place(graph, policy);
    Placement.Placed after =
        (Placement.Placed) update(graph, policy, placed, FakeGraph.shop(3), policy);

    assertThat(changes(placed, after, policy)).isEmpty();
    String cloud = part(after, "web/2").id().cloud().text();
    federation =
        Federations.of(
            new CloudBuilder("gra")
                .country("FR")
                .region("GRA-1", "a", "b")
                .region("GRA-2", "a", "b"),
            new CloudBuilder("bhs").country("CA").region("BHS-1", "nova"),
            new CloudBuilder("syd").region("SYD-1", "nova"));
    assertThat(changes(placed, after, policy)).isEmpty();
    List<CloudBuilder> clouds =
        List.of(
            new CloudBuilder("gra")
                .country("FR")
                .region("GRA-1", "a", "b")
                .region("GRA-2", "a", "b"),
            new CloudBuilder("bhs").country("CA").region("BHS-1", "nova"),
            new CloudBuilder("syd").region("SYD-1", "nova"));
    clouds.get(List.of("gra", "bhs", "syd").indexOf(cloud)).unreachable();
    federation = Federations.of(clouds.toArray(CloudBuilder[]::new));
    assertThat(changes(placed, after, policy)).isNotEmpty();
  }

  private List<io.isthmus.domain.language.Phrase> changes(
      Placement.Placed placed, Placement.Placed after, PlacementPolicy policy) {
    return new Planner()
        .changesOfUpdate(
            FakeGraph.shop(2),
            policy,
            FakeGraph.shop(3),
            policy,
            federation,
            UpdatePropertiesTest.standing(placed),
            Set.of(),
            after);
  }
}
