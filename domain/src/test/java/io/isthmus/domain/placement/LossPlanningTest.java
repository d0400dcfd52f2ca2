package io.isthmus.domain.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.network.AddressPlan;
import io.isthmus.domain.network.Cidr;
import io.isthmus.domain.placement.Federations.CloudBuilder;
import io.isthmus.domain.placement.LostResource.Outcome;
import io.isthmus.domain.stack.PartState;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.update.Compared;
import io.isthmus.domain.stack.update.Comparison;
import io.isthmus.domain.template.DeletionPolicy;
import io.isthmus.domain.template.TemplateSource;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LossPlanningTest {

  private static final CloudId GRA = new CloudId("gra");
  private static final CloudId BHS = new CloudId("bhs");
  private static final String SERVER = "{'flavor':'m1.small','image':'debian-12'}";
  private static final AddressPlan ADDRESSES =
      new AddressPlan(List.of(Cidr.of("10.128.0.0/9")), List.of());
  private static final Failover NEVER = failover(Failover.Mode.NEVER);
  private static final Failover STANDBY = failover(Failover.Mode.STANDBY);

  private FederationSnapshot federation =
      Federations.of(
          new CloudBuilder("gra").region("R", "nova"), new CloudBuilder("bhs").region("R", "nova"));

  private static Failover failover(Failover.Mode mode) {
    return new Failover(mode, Duration.ofMinutes(2), 3, List.of(), Failover.OnReturn.ASK);
  }

  private static FakeGraph servers(String... names) {
    FakeGraph graph = new FakeGraph();
    for (String name : names) {
      graph.add(name, "OS::Nova::Server", SERVER);
    }
    return graph;
  }

  private static FakeGraph withDisk() {
    return servers("web", "db")
        .add("disk", "OS::Cinder::Volume", "{'size':10}")
        .add(
            "mount",
            "OS::Cinder::VolumeAttachment",
            "{}",
            FakeGraph.in("volume_id", "disk"),
            FakeGraph.in("instance_uuid", "db"));
  }

  private Placement.Placed in(CloudId cloud, FakeGraph graph) {
    PlacementPolicy there =
        new PolicyParser()
            .parse(
                "placement_policy_version: 2026-11-23\nrules:\n  - { name: home, clouds: { any_of: ["
                    + cloud
                    + "] } }\n");
    return (Placement.Placed) new Planner().place(graph, there, federation, ADDRESSES);
  }

  private List<LostResource> lost(
      FakeGraph graph, Placement.Placed stands, Map<String, Failover> failovers) {
    return lost(graph, stands, failovers, PlacementPolicy.ANYWHERE, Optional.empty());
  }

  private List<LostResource> lost(
      FakeGraph graph,
      Placement.Placed stands,
      Map<String, Failover> failovers,
      PlacementPolicy policy,
      Optional<Phrase> tooDear) {
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
    List<StackPart> parts = stands.parts().stream().map(LossPlanningTest::made).toList();
    LossPlanning loss = new LossPlanning(GRA, stack, graph, failovers);
    UpdatePlanning.Answer answer =
        new UpdatePlanning(new Planner(), stack, policy, graph, policy, federation, loss.leaving())
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
    return loss.lost(answer, tooDear);
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

  private static LostResource of(List<LostResource> lost, String resource) {
    return lost.stream().filter(one -> one.resource().equals(resource)).findFirst().orElseThrow();
  }

  @Test
  void whatMayMoveByItselfMovesAndWhatNoPolicySpeaksOfIsLeftToPeople() {
    FakeGraph graph = servers("web", "job");

    List<LostResource> lost = lost(graph, in(GRA, graph), Map.of("web", STANDBY));

    assertThat(of(lost, "web").outcome()).isEqualTo(Outcome.MOVES);
    assertThat(of(lost, "web").after()).contains(Duration.ofMinutes(2));
    assertThat(of(lost, "web").to()).extracting(place -> place.cloud()).containsExactly(BHS);
    assertThat(of(lost, "web").why()).isNotEmpty();
    assertThat(of(lost, "job").outcome()).isEqualTo(Outcome.MOVABLE);
    assertThat(of(lost, "job").after()).isEmpty();
  }

  @Test
  void whatHoldsDataOrIsNeverMadeAnewStaysDownAndIsToldAsSuch() {
    FakeGraph graph = withDisk();

    List<LostResource> lost = lost(graph, in(GRA, graph), Map.of("web", NEVER));

    assertThat(of(lost, "web").outcome()).isEqualTo(Outcome.STAYS_DOWN);
    assertThat(of(lost, "web").why().get(0).key()).isEqualTo("placement.loss.never");
    assertThat(of(lost, "disk").outcome()).isEqualTo(Outcome.STAYS_DOWN);
    assertThat(of(lost, "disk").why().get(0).key()).isEqualTo("placement.leaving.holds-data");
    assertThat(lost).extracting(LostResource::resource).contains("db", "disk", "mount", "web");
    assertThat(lost).allMatch(one -> one.to().isEmpty());
  }

  @Test
  void whatDoesNotFitIsToldWithWhatExcludesItElsewhere() {
    federation =
        Federations.of(
            new CloudBuilder("gra").region("R", "nova"),
            new CloudBuilder("bhs").region("R", "nova").limit(LimitKind.INSTANCES, 10, 9));
    FakeGraph graph = servers("a", "b", "c");

    List<LostResource> lost = lost(graph, in(GRA, graph), Map.of());

    assertThat(lost).filteredOn(one -> one.outcome() == Outcome.MOVABLE).hasSize(1);
    assertThat(lost)
        .filteredOn(one -> one.outcome() == Outcome.NO_PLACE)
        .hasSize(2)
        .allMatch(one -> one.toString().contains("quota"));
  }

  @Test
  void whatStandsElsewhereNeitherMovesNorCounts() {
    FakeGraph graph = servers("a", "b", "c", "d");
    PlacementPolicy even =
        new PolicyParser()
            .parse(
                "placement_policy_version: 2026-11-23\nrules:\n"
                    + "  - { name: even, spread: [ { across: cloud, max_skew: 1 } ] }\n");
    Placement.Placed stands =
        (Placement.Placed) new Planner().place(graph, even, federation, ADDRESSES);
    long here = stands.parts().stream().filter(part -> part.id().cloud().equals(GRA)).count();
    assertThat(here).isBetween(1L, 3L);

    List<LostResource> lost =
        lost(graph, stands, Map.of(), PlacementPolicy.ANYWHERE, Optional.empty());

    assertThat(lost).hasSize((int) here);
    assertThat(lost).allMatch(one -> one.from().get(0).cloud().equals(GRA));
  }

  @Test
  void whatTheProjectMayNotPayForDoesNotMove() {
    FakeGraph graph = servers("web");

    List<LostResource> lost =
        lost(
            graph,
            in(GRA, graph),
            Map.of("web", STANDBY),
            PlacementPolicy.ANYWHERE,
            Optional.of(Phrase.verbatim("The budget is spent.")));

    assertThat(of(lost, "web").outcome()).isEqualTo(Outcome.NO_PLACE);
    assertThat(of(lost, "web").why()).containsExactly(Phrase.verbatim("The budget is spent."));
  }

  @Test
  void whatAServerNeedsGoesByTheRuleOfThatServer() {
    FakeGraph graph =
        new FakeGraph()
            .add("data", "OS::Heat::Value", "{}")
            .add("net", "OS::Neutron::Net", "{}")
            .add("subnet", "OS::Neutron::Subnet", "{}", FakeGraph.in("network", "net"))
            .add("one", "OS::Neutron::Port", "{}", FakeGraph.in("network", "net"))
            .add("two", "OS::Neutron::Port", "{}", FakeGraph.in("network", "net"))
            .add("web", "OS::Nova::Server", SERVER, FakeGraph.in("networks.0.port", "one"))
            .add("job", "OS::Nova::Server", SERVER, FakeGraph.in("networks.0.port", "two"));

    List<LostResource> lost = lost(graph, in(GRA, graph), Map.of("web", STANDBY));

    assertThat(of(lost, "one").outcome()).isEqualTo(Outcome.MOVES);
    assertThat(of(lost, "net").outcome()).isEqualTo(Outcome.MOVES);
    assertThat(of(lost, "two").outcome()).isEqualTo(Outcome.MOVABLE);
  }

  @Test
  void isTheSameWhenItIsReadBack() {
    FakeGraph graph = withDisk();
    LossPlan plan =
        new LossPlan(
            lost(graph, in(GRA, graph), Map.of("web", STANDBY)),
            CostDifference.between(Estimate.NONE, in(BHS, graph).cost()));

    assertThat(LossJson.read(LossJson.write(plan))).isEqualTo(plan);
    assertThat(plan.counts()).containsEntry(Outcome.MOVES, 1);
  }
}
