package io.isthmus.domain.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.network.AddressPlan;
import io.isthmus.domain.network.Cidr;
import io.isthmus.domain.sample.Sample;
import io.isthmus.domain.sample.Samples;
import io.isthmus.domain.template.ResourceGraph;
import jakarta.json.JsonValue;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The samples as they are, read and placed. */
class ShopTest {

  private static Placement plan(String sample) {
    return plan(sample, Federations.three());
  }

  private static Placement plan(String name, FederationSnapshot federation) {
    Sample sample = new Samples().require(name);
    ResourceGraph graph = graph(sample);
    PlacementPolicy rules = new PolicyParser().parse(sample.policy());
    PolicyCheck.require(rules, graph, federation);
    return new Planner()
        .place(
            graph, rules, federation, new AddressPlan(List.of(Cidr.of("10.128.0.0/9")), List.of()));
  }

  private static ResourceGraph graph(Sample sample) {
    return new HotDrafts()
        .read(
            ProjectId.parse("acme/demo"),
            "shop",
            sample.template(),
            "",
            JsonValue.EMPTY_JSON_OBJECT)
        .graph();
  }

  @Test
  void makesEachPartAfterAllThatItRequires() {
    Set<PartId> made = new HashSet<>();
    for (PlannedPart part : ((Placement.Placed) plan("shop")).parts()) {
      assertThat(made).as("before %s", part.id()).containsAll(part.requires());
      made.add(part.id());
    }
  }

  @Test
  void straddlesThreeCloudsWithItsNetworkInEach() {
    Placement placement = plan("shop");

    assertThat(placement).as("%s", placement).isInstanceOf(Placement.Placed.class);
    assertThat(placement.decisions())
        .filteredOn(decision -> decision.resource().endsWith("/server"))
        .extracting(decision -> decision.chosen().get(0).cloud().text())
        .containsExactlyInAnyOrder("gra", "bhs", "syd");
    for (String stretched : List.of("net", "subnet", "router", "router_interface")) {
      assertThat(placement.decisions())
          .filteredOn(decision -> decision.resource().equals(stretched))
          .singleElement()
          .satisfies(decision -> assertThat(decision.chosen()).hasSize(3));
    }
    assertThat(((Placement.Placed) placement).wiring().remarks())
        .extracting(remark -> remark.in(Locale.FRENCH))
        .anyMatch(words -> words.contains("pas encore reliés"));
  }

  private static Federations.CloudBuilder cloud(String id, String country) {
    return new Federations.CloudBuilder(id).country(country).region(id + "-1", "nova");
  }

  private static List<String> clouds(Placement placement, String resource) {
    return ((Placement.Placed) placement)
        .parts().stream()
            .map(PlannedPart::id)
            .filter(part -> part.resource().matches(resource))
            .map(part -> part.cloud().text())
            .sorted()
            .toList();
  }

  private static List<String> remarks(Placement placement) {
    return ((Placement.Placed) placement)
        .wiring().remarks().stream().map(remark -> remark.in(Locale.ENGLISH)).toList();
  }

  @Test
  void hasALoadBalancerInEachCloudThatOffersOne() {
    Placement placement =
        plan(
            "shop",
            Federations.of(
                cloud("gra", "FR").offers("load-balancer"),
                cloud("bhs", "CA").offers("load-balancer"),
                cloud("syd", "AU").exposedTo("US")));

    assertThat(clouds(placement, "web/./server")).containsExactly("bhs", "gra", "syd");
    for (String part : List.of("balancer", "listener", "pool", "monitor", "web/./member")) {
      assertThat(clouds(placement, part)).as(part).containsExactly("bhs", "gra");
    }
    assertThat(remarks(placement))
        .filteredOn(remark -> remark.contains("does without"))
        .singleElement()
        .asString()
        .matches(
            "(?i)syd / syd-1 does without web/./member: syd-1 does not offer “load-balancer”, which"
                + " the rule “balanced where a cloud can” requires\\.");
    assertThat(
            ((Placement.Placed) placement)
                .parts().stream().filter(part -> part.id().resource().endsWith("/member")))
        .allSatisfy(
            member ->
                assertThat(member.requires())
                    .contains(
                        new PartId("pool", member.id().cloud(), member.id().region()),
                        new PartId(
                            member.id().resource().replace("member", "server"),
                            member.id().cloud(),
                            member.id().region())));
  }

  @Test
  void doesWithoutWhereNoCloudOffersOne() {
    Placement placement = plan("shop");

    assertThat(clouds(placement, "web/./server")).hasSize(3);
    assertThat(clouds(placement, "balancer|listener|pool|monitor|web/./member")).isEmpty();
    assertThat(placement.decisions()).noneMatch(d -> d.resource().equals("balancer"));
  }

  @Test
  void aPlanWithALoadBalancerDoesNotHoldOnceItsCloudOffersNone() {
    FederationSnapshot before =
        Federations.of(
            cloud("gra", "FR").offers("load-balancer"), cloud("bhs", "CA"), cloud("syd", "AU"));
    FederationSnapshot after =
        Federations.of(cloud("gra", "FR"), cloud("bhs", "CA"), cloud("syd", "AU"));
    Sample sample = new Samples().require("shop");
    ResourceGraph graph = graph(sample);
    PlacementPolicy rules = new PolicyParser().parse(sample.policy());
    Placement.Placed placed = (Placement.Placed) plan("shop", before);

    assertThat(new Planner().changes(graph, rules, before, placed)).isEmpty();
    assertThat(new Planner().changes(graph, rules, after, placed))
        .extracting(change -> change.in(Locale.ENGLISH))
        .singleElement()
        .asString()
        .contains("does not offer “load-balancer”");
  }
}
