package io.isthmus.domain.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.Area;
import io.isthmus.domain.cloud.ClosedArea;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.network.AddressPlan;
import io.isthmus.domain.network.Cidr;
import io.isthmus.domain.placement.Federations.CloudBuilder;
import io.isthmus.domain.stack.PartState;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.update.Compared;
import io.isthmus.domain.stack.update.Comparison;
import io.isthmus.domain.template.DeletionPolicy;
import io.isthmus.domain.template.TemplateSource;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeavingTest {

  private static final CloudId GRA = new CloudId("gra");
  private static final CloudId BHS = new CloudId("bhs");
  private static final AddressPlan ADDRESSES =
      new AddressPlan(List.of(Cidr.of("10.128.0.0/9")), List.of());
  private static final Phrase DRAINED = Phrase.verbatim("It is being drained.");

  private FederationSnapshot federation = Federations.three();

  private static PlacementPolicy policy(String rule) {
    return new PolicyParser()
        .parse("placement_policy_version: 2026-11-23\nrules:\n  - " + rule + "\n");
  }

  private static Leaving leaving(Area area) {
    return Leaving.of(List.of(new ClosedArea(area, DRAINED)));
  }

  private static FakeGraph servers(int count) {
    FakeGraph graph = new FakeGraph().add("web", "OS::Heat::ResourceGroup", "{}");
    for (int i = 0; i < count; i++) {
      graph.add("web/" + i, "OS::Nova::Server", "{'flavor':'m1.small','image':'debian-12'}");
    }
    return graph;
  }

  private static FakeGraph withDisk() {
    return servers(1)
        .add("db", "OS::Nova::Server", "{'flavor':'m1.small','image':'debian-12'}")
        .add("disk", "OS::Cinder::Volume", "{'size':10}")
        .add(
            "mount",
            "OS::Cinder::VolumeAttachment",
            "{}",
            FakeGraph.in("volume_id", "disk"),
            FakeGraph.in("instance_uuid", "db"));
  }

  /** Where all of it is when it may be in one cloud only. */
  private Placement.Placed in(CloudId cloud, FakeGraph graph) {
    return (Placement.Placed)
        new Planner()
            .place(
                graph,
                policy("{ name: home, clouds: { any_of: [" + cloud + "] } }"),
                federation,
                ADDRESSES);
  }

  private Departure leave(
      FakeGraph graph, PlacementPolicy policy, Placement.Placed stands, Leaving leaving) {
    return new Planner()
        .leave(
            graph,
            policy,
            graph,
            policy,
            federation,
            ADDRESSES,
            UpdatePropertiesTest.standing(stands),
            Set.of(),
            leaving);
  }

  private static List<CloudId> clouds(Departure departure, String resources) {
    return ((Placement.Placed) departure.placement())
        .parts().stream()
            .filter(part -> part.id().resource().startsWith(resources))
            .map(part -> part.id().cloud())
            .toList();
  }

  private static Leaving lost(String... servers) {
    return Leaving.lost(new ClosedArea(Area.of(GRA), DRAINED), Set.of(servers));
  }

  @Test
  void fromALostCloudOnlyWhatIsStandbyMovesWithWhatHangsOnIt() {
    FakeGraph graph = servers(3);
    Placement.Placed stands = in(GRA, graph);
    Departure departure =
        leave(
            graph,
            policy("{ name: north, residency: { jurisdictions: [FR, CA] } }"),
            stands,
            lost("web/1"));

    assertThat(departure.held()).isEmpty();
    assertThat(clouds(departure, "web/0")).containsOnly(GRA);
    assertThat(clouds(departure, "web/1")).doesNotContain(GRA);
    assertThat(clouds(departure, "web/2")).containsOnly(GRA);
  }

  @Test
  void fromALostCloudNothingThatHoldsDataMovesThoughItWereStandby() {
    FakeGraph graph = withDisk();
    Placement.Placed stands = in(GRA, graph);
    Departure departure =
        leave(
            graph,
            policy("{ name: north, residency: { jurisdictions: [FR, CA] } }"),
            stands,
            lost("web/0", "db"));

    assertThat(clouds(departure, "web/")).doesNotContain(GRA);
    assertThat(clouds(departure, "db")).containsOnly(GRA);
    assertThat(departure.held())
        .filteredOn(held -> held.resource().equals("db"))
        .singleElement()
        .satisfies(held -> assertThat(held.state()).isTrue());
  }

  @Test
  void whatNoOtherPlaceMayHaveIsHeldWithEveryReasonWhenItsCloudIsLost() {
    FakeGraph graph = servers(1);
    Placement.Placed stands = in(GRA, graph);
    Departure departure =
        leave(graph, policy("{ name: home, clouds: { any_of: [gra] } }"), stands, lost("web/0"));

    assertThat(clouds(departure, "web/")).containsOnly(GRA);
    assertThat(departure.held())
        .singleElement()
        .satisfies(held -> assertThat(held.elsewhere()).isNotEmpty());
  }

  @Test
  void allOfACloudGoesToWhereThePolicyAllowsAndItIsSaidWhy() {
    FakeGraph graph = servers(3);
    Placement.Placed stands = in(GRA, graph);
    PlacementPolicy policy = policy("{ name: north, residency: { jurisdictions: [FR, CA] } }");

    Departure departure = leave(graph, policy, stands, leaving(Area.of(GRA)));

    assertThat(departure.held()).isEmpty();
    assertThat(clouds(departure, "web/")).hasSize(3).containsOnly(BHS);
    Decision why = departure.placement().decisions().get(0);
    assertThat(why.why().get(0).key()).isEqualTo("placement.update.moves");
    assertThat(why.why().get(0).toString()).contains("gra", "It is being drained.");
    assertThat(why.notChosen())
        .filteredOn(exclusion -> exclusion.cloud().equals(GRA))
        .isNotEmpty()
        .allSatisfy(
            exclusion ->
                assertThat(exclusion.refusals()).extracting(RuleRefusal::reason).contains(DRAINED));
  }

  @Test
  void onlyTheRegionOrZoneIsLeftThatWasMeant() {
    FakeGraph graph = servers(4);
    Placement.Placed stands = in(GRA, graph);
    for (PlannedPart part : stands.parts()) {
      Place at =
          Place.inZone(
              part.id().cloud(), part.id().region(), part.availabilityZone().orElseThrow());
      Area zone = Area.of(GRA, at.region(), at.availabilityZone().orElseThrow());
      Departure departure = leave(graph, PlacementPolicy.ANYWHERE, stands, leaving(zone));
      for (PlannedPart now : ((Placement.Placed) departure.placement()).parts()) {
        Place place =
            Place.inZone(now.id().cloud(), now.id().region(), now.availabilityZone().orElseThrow());
        assertThat(zone.covers(place)).isFalse();
      }
      Area region = Area.of(GRA, at.region());
      departure = leave(graph, PlacementPolicy.ANYWHERE, stands, leaving(region));
      assertThat(((Placement.Placed) departure.placement()).parts())
          .noneMatch(now -> region.covers(now.id().place()));
    }
  }

  @Test
  void whatNoRuleAllowsElsewhereStaysAndEveryReasonIsTold() {
    FakeGraph graph =
        servers(2).add("db", "OS::Nova::Server", "{'flavor':'m1.small','image':'debian-12'}");
    Placement.Placed stands = in(GRA, graph);
    PlacementPolicy policy =
        policy("{ name: db at home, match: { names: [db] }, residency: { jurisdictions: [FR] } }");

    Departure departure = leave(graph, policy, stands, leaving(Area.of(GRA)));

    assertThat(clouds(departure, "web/")).doesNotContain(GRA);
    assertThat(clouds(departure, "db")).containsExactly(GRA);
    assertThat(departure.held())
        .singleElement()
        .satisfies(
            held -> {
              assertThat(held.resource()).isEqualTo("db");
              assertThat(held.place().cloud()).isEqualTo(GRA);
              assertThat(held.state()).isFalse();
              assertThat(held.elsewhere())
                  .filteredOn(exclusion -> exclusion.cloud().equals(BHS))
                  .isNotEmpty()
                  .allSatisfy(
                      exclusion ->
                          assertThat(exclusion.refusals())
                              .extracting(RuleRefusal::rule)
                              .contains("db at home"));
            });
    assertThat(departure.leaving().held()).containsExactly("db");
  }

  @Test
  void whatHoldsDataStaysUnlessItIsAskedFor() {
    FakeGraph graph = withDisk();
    Placement.Placed stands = in(GRA, graph);
    PlacementPolicy any = PlacementPolicy.ANYWHERE;

    Departure departure = leave(graph, any, stands, leaving(Area.of(GRA)));

    assertThat(clouds(departure, "web/")).doesNotContain(GRA);
    assertThat(clouds(departure, "d")).containsOnly(GRA);
    assertThat(departure.held())
        .allMatch(Leaving.Held::state)
        .extracting(Leaving.Held::resource)
        .containsExactlyInAnyOrder("db", "disk", "mount");
    assertThat(departure.held())
        .filteredOn(held -> held.resource().equals("disk"))
        .singleElement()
        .satisfies(
            held -> assertThat(held.why().get(0).key()).isEqualTo("placement.leaving.holds-data"));

    Leaving withState = new Leaving(List.of(new ClosedArea(Area.of(GRA), DRAINED)), true, Set.of());
    Departure all = leave(graph, any, stands, withState);
    assertThat(all.held()).isEmpty();
    assertThat(clouds(all, "")).doesNotContain(GRA);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofWhatIsLostTheRestMovesWhereDataStays(boolean silent) {
    FakeGraph graph =
        withDisk()
            .add("net", "OS::Neutron::Net", "{}")
            .add("port", "OS::Neutron::Port", "{}", FakeGraph.in("network", "net"));
    Placement.Placed stands = in(GRA, graph);
    federation =
        Federations.of(
            silent ? new CloudBuilder("gra").unreachable() : new CloudBuilder("gra").inaccessible(),
            new CloudBuilder("bhs").country("CA").region("BHS-1", "nova"));
    PlacementPolicy any = PlacementPolicy.ANYWHERE;

    Departure departure = leave(graph, any, stands, leaving(Area.of(GRA)));

    assertThat(clouds(departure, "web/")).containsOnly(BHS);
    assertThat(clouds(departure, "port")).containsOnly(BHS);
    assertThat(((Placement.Placed) departure.placement()).parts())
        .filteredOn(part -> part.id().resource().startsWith("d"))
        .containsExactlyElementsOf(
            stands.parts().stream().filter(part -> part.id().resource().startsWith("d")).toList());
    assertThat(departure.held())
        .allMatch(Leaving.Held::state)
        .extracting(Leaving.Held::resource)
        .containsExactlyInAnyOrder("db", "disk", "mount");
    assertThat(changes(graph, any, stands, departure)).isEmpty();
  }

  @Test
  void whatHasNoOtherPlaceStaysInWhatIsLostAndWhatStandsInAnotherLostCloudStays() {
    FakeGraph graph =
        servers(1).add("db", "OS::Nova::Server", "{'flavor':'m1.small','image':'debian-12'}");
    PlacementPolicy apart =
        new PolicyParser()
            .parse(
                "placement_policy_version: 2026-11-23\nrules:\n"
                    + "  - {name: a, match: {names: [web]}, clouds: {any_of: [gra]}}\n"
                    + "  - {name: b, match: {names: [db]}, clouds: {any_of: [syd]}}\n");
    Placement.Placed stands =
        (Placement.Placed) new Planner().place(graph, apart, federation, ADDRESSES);
    federation =
        Federations.of(
            new CloudBuilder("gra"),
            new CloudBuilder("syd").inaccessible(),
            new CloudBuilder("bhs").country("CA").region("BHS-1", "nova"));

    Departure held = leave(graph, apart, stands, leaving(Area.of(GRA)));
    assertThat(held.held()).extracting(Leaving.Held::resource).containsExactly("web/0");
    assertThat(held.held().get(0).elsewhere()).isNotEmpty();

    Departure goes = leave(graph, PlacementPolicy.ANYWHERE, stands, leaving(Area.of(GRA)));
    assertThat(goes.held()).isEmpty();
    assertThat(clouds(goes, "web/")).containsExactly(BHS);
    assertThat(clouds(goes, "db")).containsExactly(new CloudId("syd"));
  }

  private static FakeGraph withABootVolume() {
    return servers(2)
        .add("name", "OS::Nova::Server", "{'flavor':'m1.small','image':'debian-12'}")
        .add("told", "OS::Heat::Value", "{}", FakeGraph.data("value", "name", "first_address"))
        .add(
            "boot",
            "OS::Nova::Server",
            "{'flavor':'m1.small','image':'debian-12','block_device_mapping_v2':[{'volume_size':9}]}",
            FakeGraph.data("user_data", "told", "value"));
  }

  /** How a stack is planned to leave GRA, compared with what is made of it. */
  private UpdatePlanning.Answer plan(
      FakeGraph graph, Placement.Placed stands, PlacementPolicy policy, Leaving leaving) {
    List<StackPart> parts = stands.parts().stream().map(LeavingTest::made).toList();
    StandingStack stack =
        new StandingStack(
            UUID.randomUUID(),
            ProjectId.parse("acme/demo"),
            "shop",
            1,
            TemplateSource.of(""),
            JsonValue.EMPTY_JSON_OBJECT,
            "",
            new PlanId(UUID.randomUUID()),
            graph,
            UpdatePropertiesTest.standing(stands),
            "");
    return new UpdatePlanning(new Planner(), stack, policy, graph, policy, federation, leaving)
        .plan(
            (placed, after) -> {
              Compared compared = Comparison.of(graph, parts, after, placed.parts());
              return new StandingStacks.Difference(
                  compared.parts().stream()
                      .map(
                          change ->
                              new PlannedUpdate.Step(
                                  change.id(),
                                  PlannedUpdate.Step.Kind.valueOf(change.kind().name()),
                                  change.causes(),
                                  change.newFirst()))
                      .toList(),
                  compared.resources(),
                  compared.impossible());
            },
            ADDRESSES);
  }

  private static StackPart made(PlannedPart part) {
    Instant then = Instant.parse("2026-11-27T00:00:00Z");
    return StackPart.planned(part, DeletionPolicy.DELETE, then)
        .with(
            PartState.initial(then)
                .known(
                    Optional.of("id-of-" + part.id()),
                    Optional.empty(),
                    JsonValue.EMPTY_JSON_OBJECT,
                    then)
                .in(StackStatus.CREATED, StackHealth.HEALTHY, then));
  }

  private static PlannedUpdate.Step.Kind kind(UpdatePlanning.Answer answer, String resource) {
    return answer.difference().steps().stream()
        .filter(step -> step.id().resource().equals(resource))
        .map(PlannedUpdate.Step::kind)
        .reduce((one, other) -> PlannedUpdate.Step.Kind.REPLACED)
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gra", "bhs"})
  void whatHoldsDataIsNotMadeAnewForWhatItRefersToWhereverItStands(String home) {
    FakeGraph graph = withABootVolume();
    PlacementPolicy there =
        new PolicyParser()
            .parse(
                "placement_policy_version: 2026-11-23\nrules:\n"
                    + "  - {name: a, match: {names: [web, name]}, clouds: {any_of: [gra]}}\n"
                    + "  - {name: b, match: {names: [boot]}, clouds: {any_of: ["
                    + home
                    + "]}}\n");
    Placement.Placed stands =
        (Placement.Placed) new Planner().place(graph, there, federation, ADDRESSES);
    PlacementPolicy any = PlacementPolicy.ANYWHERE;

    UpdatePlanning.Answer answer = plan(graph, stands, any, leaving(Area.of(GRA)));

    assertThat(kind(answer, "boot")).isEqualTo(PlannedUpdate.Step.Kind.UNCHANGED);
    assertThat(kind(answer, "name")).isEqualTo(PlannedUpdate.Step.Kind.UNCHANGED);
    assertThat(((Placement.Placed) answer.placement()).parts())
        .filteredOn(part -> part.id().resource().startsWith("web/"))
        .hasSize(2)
        .noneMatch(part -> part.id().cloud().equals(GRA));
    assertThat(answer.leaving().held()).contains("name");
    assertThat(answer.held())
        .filteredOn(held -> held.resource().equals("name"))
        .singleElement()
        .satisfies(
            held -> {
              assertThat(held.state()).isTrue();
              assertThat(held.why().get(0).key()).isEqualTo("placement.leaving.rebuilds");
              assertThat(held.why().get(0).toString()).contains("boot");
            });

    Leaving withState = new Leaving(List.of(new ClosedArea(Area.of(GRA), DRAINED)), true, Set.of());
    assertThat(plan(graph, stands, any, withState).held()).isEmpty();
  }

  @Test
  void whereOnlySomeLeaveNothingElseMoves() {
    FakeGraph graph =
        servers(2).add("db", "OS::Nova::Server", "{'flavor':'m1.small','image':'debian-12'}");
    Placement.Placed stands = in(GRA, graph);
    Leaving alone =
        Leaving.alone(
            List.of(
                new ClosedArea(Area.of(GRA), DRAINED),
                new ClosedArea(Area.of(new CloudId("syd")), DRAINED)),
            Set.of("web/0"));

    Departure departure = leave(graph, PlacementPolicy.ANYWHERE, stands, alone);

    assertThat(clouds(departure, "web/0")).containsOnly(BHS);
    assertThat(clouds(departure, "web/1")).containsOnly(GRA);
    assertThat(clouds(departure, "db")).containsOnly(GRA);
    assertThat(departure.held()).isEmpty();
  }

  @Test
  void whatHasNoRoomElsewhereStaysAndTheRestGoes() {
    federation =
        Federations.of(
            new CloudBuilder("gra").region("R", "nova"),
            new CloudBuilder("bhs").region("R", "nova").limit(LimitKind.INSTANCES, 10, 8));
    FakeGraph graph = servers(5);
    Placement.Placed stands = in(GRA, graph);

    Departure departure = leave(graph, PlacementPolicy.ANYWHERE, stands, leaving(Area.of(GRA)));

    assertThat(clouds(departure, "web/")).filteredOn(BHS::equals).hasSize(2);
    assertThat(departure.held()).hasSize(3).noneMatch(Leaving.Held::state);
    assertThat(departure.held().toString()).contains("quota");
  }

  @Test
  void aRuleThatOnlyTheWholeKeepsHoldsEverything() {
    FakeGraph graph = servers(4);
    PlacementPolicy spread =
        policy(
            "{ name: survives, match: { names: [web] }, clouds: { any_of: [gra, bhs] },"
                + " spread: [{ across: cloud, max_skew: 1, min_domains: 2 }] }");
    Placement.Placed stands =
        (Placement.Placed) new Planner().place(graph, spread, federation, ADDRESSES);

    Departure departure = leave(graph, spread, stands, leaving(Area.of(GRA)));

    assertThat(((Placement.Placed) departure.placement()).parts()).isEqualTo(stands.parts());
    assertThat(departure.held()).hasSize(2);
    assertThat(departure.held().get(0).why().toString()).contains("survives");
  }

  @Test
  void nothingNewComesToAClosedPlaceAndNothingIsMovedOutOfIt() {
    FakeGraph graph = servers(1);
    Placement.Placed stands = in(GRA, graph);
    federation = federation.closing(List.of(new ClosedArea(Area.of(GRA), DRAINED)));
    FakeGraph more = servers(2);

    Placement placed =
        new Planner()
            .update(
                graph,
                PlacementPolicy.ANYWHERE,
                more,
                PlacementPolicy.ANYWHERE,
                federation,
                ADDRESSES,
                UpdatePropertiesTest.standing(stands),
                Set.of());

    List<PlannedPart> parts = ((Placement.Placed) placed).parts();
    assertThat(parts.get(0).id()).isEqualTo(stands.parts().get(0).id());
    assertThat(parts.get(1).id().cloud()).isNotEqualTo(GRA);
    assertThat(
            new Planner()
                .place(
                    graph,
                    policy("{ name: home, clouds: { any_of: [gra] } }"),
                    federation,
                    ADDRESSES))
        .isInstanceOfSatisfying(
            Placement.Unplaced.class,
            unplaced -> assertThat(unplaced.unplaced().toString()).contains("being drained"));
  }

  @Test
  void aPlanThatLeavesHoldsUntilItsTargetsAreClosedToo() {
    FakeGraph graph = servers(2);
    Placement.Placed stands = in(GRA, graph);
    PlacementPolicy north = policy("{ name: north, residency: { jurisdictions: [FR, CA] } }");
    Departure departure = leave(graph, north, stands, leaving(Area.of(GRA)));

    assertThat(changes(graph, north, stands, departure)).isEmpty();
    federation = federation.closing(List.of(new ClosedArea(Area.of(BHS), DRAINED)));
    assertThat(changes(graph, north, stands, departure)).contains(DRAINED);
  }

  private List<Phrase> changes(
      FakeGraph graph, PlacementPolicy policy, Placement.Placed stands, Departure departure) {
    return new Planner()
        .changesOfLeaving(
            graph,
            policy,
            graph,
            policy,
            federation,
            UpdatePropertiesTest.standing(stands),
            Set.of(),
            departure.leaving(),
            (Placement.Placed) departure.placement());
  }

  @Test
  void eachStackSeesWhatTheOnesBeforeWouldTake() {
    ProjectId acme = ProjectId.parse("acme/demo");
    federation =
        Federations.of(
            new CloudBuilder("gra").region("R", "nova"),
            new CloudBuilder("bhs").region("R", "nova").limit(LimitKind.INSTANCES, 3, 0));
    FakeGraph graph = servers(2);
    Placement.Placed stands = in(GRA, graph);
    Foresight foresight = new Foresight();
    FederationSnapshot first = foresight.see(acme, () -> federation);
    federation = first;
    Departure departure = leave(graph, PlacementPolicy.ANYWHERE, stands, leaving(Area.of(GRA)));
    List<PlannedPart> parts = ((Placement.Placed) departure.placement()).parts();
    foresight.take(
        acme,
        first,
        parts,
        parts.stream()
            .map(
                part ->
                    new PlannedUpdate.Step(
                        part.id(), PlannedUpdate.Step.Kind.ADDED, List.of(), false))
            .toList());

    federation = foresight.see(acme, () -> first);

    assertThat(
            federation.find(BHS).orElseThrow().inventory().orElseThrow().regions().get(0).limits())
        .extractingByKey(LimitKind.INSTANCES)
        .satisfies(limit -> assertThat(limit.remaining()).isEqualTo(1));
    assertThat(leave(graph, PlacementPolicy.ANYWHERE, stands, leaving(Area.of(GRA))).held())
        .hasSize(1);
    FederationSnapshot others = foresight.see(ProjectId.parse("globex/demo"), () -> first);
    assertThat(others.find(BHS).orElseThrow()).isEqualTo(first.find(BHS).orElseThrow());
  }

  @Test
  void areasMeetAndCover() {
    Area zone = Area.of(GRA, "R", "a");
    assertThat(zone.covers(Place.inZone(GRA, "R", "a"))).isTrue();
    assertThat(zone.covers(Place.inRegion(GRA, "R"))).isFalse();
    assertThat(Area.of(GRA, "R").covers(Place.inZone(GRA, "R", "a"))).isTrue();
    assertThat(Area.of(GRA).covers(Place.inRegion(GRA, "R"))).isTrue();
    assertThat(Area.of(BHS).covers(Place.inRegion(GRA, "R"))).isFalse();
    assertThat(Area.of(GRA).meets(zone)).isTrue();
    assertThat(Area.of(GRA, "S").meets(zone)).isFalse();
    assertThat(zone).hasToString("gra/R/a");
    assertThat(Map.of(zone, 1)).containsKey(new Area(GRA, Optional.of("R"), Optional.of("a")));
  }
}
