package io.isthmus.domain.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.network.AddressPlan;
import io.isthmus.domain.network.Cidr;
import io.isthmus.domain.network.Segment;
import io.isthmus.domain.placement.Federations.CloudBuilder;
import io.isthmus.domain.template.ResourceGraph;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

class RelocationTest {

  private static final AddressPlan ADDRESSES =
      new AddressPlan(List.of(Cidr.of("10.128.0.0/9")), List.of());

  private static final String POLICY =
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

  /** A stack whose parts are asked for, refused and moved. */
  private static final class Made {
    final ResourceGraph graph;
    final FederationSnapshot federation;
    final Map<PartId, PlannedPart> parts = new TreeMap<>();
    final Set<PartId> begun = new HashSet<>();
    final Set<PartId> kept = new HashSet<>();
    final List<Refusal> refusals = new ArrayList<>();
    AddressPlan addresses = ADDRESSES;

    final PlacementPolicy policy;

    Made(ResourceGraph graph, FederationSnapshot federation) {
      this(graph, federation, POLICY);
    }

    Made(ResourceGraph graph, FederationSnapshot federation, String policy) {
      this.policy = new PolicyParser().parse(policy);
      this.graph = graph;
      this.federation = federation;
      Placement.Placed placed =
          (Placement.Placed) new Planner().place(graph, this.policy, federation, ADDRESSES);
      placed.parts().forEach(part -> parts.put(part.id(), part));
      Map<String, List<Cidr>> segments = new HashMap<>();
      for (Segment segment : placed.wiring().segments()) {
        segments
            .computeIfAbsent(segment.subnet(), none -> new ArrayList<>())
            .add(Cidr.of(segment.cidr()));
      }
      segments.values().forEach(all -> addresses = addresses.with(AddressPlan.block(all)));
    }

    PlannedPart part(String resource) {
      return parts.values().stream()
          .filter(part -> part.id().resource().equals(resource))
          .findFirst()
          .orElseThrow();
    }

    Place place(PlannedPart part) {
      return part.availabilityZone()
          .map(zone -> Place.inZone(part.id().cloud(), part.id().region(), zone))
          .orElse(part.id().place());
    }

    /** All that it requires is begun, and its place refuses it. */
    Relocation refuse(String resource, FaultCode code) {
      PlannedPart part = part(resource);
      begin(part);
      refusals.add(
          new Refusal(
              resource,
              code == FaultCode.CLOUD_FULL ? place(part) : part.id().place(),
              code,
              Phrase.verbatim("No valid host was found."),
              Federations.NOW));
      Relocation answer =
          new Planner()
              .again(
                  graph,
                  policy,
                  federation,
                  addresses,
                  new Standing(
                      List.copyOf(parts.values()), begun, kept, Set.of(part.id()), refusals));
      if (answer instanceof Relocation.Moved moved) {
        follow(moved);
      }
      return answer;
    }

    private void begin(PlannedPart part) {
      begun.add(part.id());
      part.requires().stream().map(parts::get).forEach(this::begin);
    }

    private void follow(Relocation.Moved moved) {
      moved.removed().forEach(parts::remove);
      begun.removeAll(moved.removed());
      moved.added().forEach(part -> parts.put(part.id(), part));
      moved
          .requires()
          .forEach(
              (id, requires) ->
                  parts.computeIfPresent(
                      id,
                      (same, part) ->
                          new PlannedPart(
                              id,
                              part.type(),
                              part.availabilityZone(),
                              part.resolutions(),
                              requires,
                              part.counts(),
                              part.measure())));
      for (Segment segment : moved.segments()) {
        assertThat(addresses.isFree(Cidr.of(segment.cidr()))).isTrue();
        addresses = addresses.with(Cidr.of(segment.cidr()));
      }
    }

    Map<String, Long> webByCloud() {
      return parts.values().stream()
          .filter(part -> part.id().resource().startsWith("web/"))
          .collect(Collectors.groupingBy(part -> part.id().cloud().text(), Collectors.counting()));
    }

    Set<String> segmentsOf(String subnet) {
      return parts.values().stream()
          .filter(part -> part.id().resource().equals(subnet))
          .flatMap(part -> part.resolutions().stream())
          .filter(resolution -> resolution.property().equals("cidr"))
          .map(resolution -> resolution.value().toString())
          .collect(Collectors.toSet());
    }
  }

  private static FederationSnapshot four() {
    return Federations.of(
        new CloudBuilder("gra").country("FR").region("GRA-1", "a", "b").region("GRA-2", "a", "b"),
        new CloudBuilder("bhs").country("CA").region("BHS-1", "nova"),
        new CloudBuilder("fra").country("DE").region("FRA-1", "nova"),
        new CloudBuilder("syd").country("AU").exposedTo("US").region("SYD-1", "nova"));
  }

  @Test
  void movesAServerWithAllThatHasToBeWithItAndLeavesTheRest() {
    Made made = new Made(FakeGraph.shop(3), four());
    String refused =
        made.parts.values().stream()
            .filter(part -> part.id().resource().startsWith("web/"))
            .filter(part -> !part.id().place().equals(made.part("db").id().place()))
            .map(part -> part.id().resource())
            .findFirst()
            .orElseThrow();
    PlannedPart before = made.part(refused);
    Set<PartId> rest = new HashSet<>(made.parts.keySet());
    Set<String> segments = made.segmentsOf("subnet");

    Relocation answer = made.refuse(refused, FaultCode.CLOUD_FULL);

    assertThat(answer).isInstanceOf(Relocation.Moved.class);
    Relocation.Moved moved = (Relocation.Moved) answer;
    PlannedPart after = made.part(refused);
    assertThat(after.id().cloud()).isNotEqualTo(before.id().cloud());
    assertThat(moved.removed()).allMatch(id -> id.place().equals(before.id().place()));
    assertThat(moved.added()).allMatch(part -> part.id().place().equals(after.id().place()));
    assertThat(moved.removed())
        .extracting(PartId::resource)
        .contains(refused, "net", "subnet", "plug");
    rest.removeAll(moved.removed());
    assertThat(made.parts.keySet()).containsAll(rest);
    assertThat(made.segmentsOf("subnet")).as("addresses go along").isEqualTo(segments);
    assertThat(moved.segments()).isEmpty();
  }

  @Test
  void triesTheOtherZoneOfARegionWhenOnlyOneIsFull() {
    Made made = new Made(FakeGraph.shop(1), Federations.three());
    PlannedPart before = made.part("web/0");

    Relocation answer = made.refuse("web/0", FaultCode.CLOUD_FULL);

    assertThat(answer).isInstanceOf(Relocation.Moved.class);
    assertThat(made.place(made.part("web/0"))).isNotEqualTo(made.place(before));
  }

  @Test
  void saysForEveryPlaceWhatExcludedItWhenNoneIsLeft() {
    Made made = new Made(FakeGraph.shop(1), Federations.three());
    Set<String> regions = new HashSet<>();
    Relocation answer = made.refuse("db", FaultCode.QUOTA_EXCEEDED);
    while (answer instanceof Relocation.Moved) {
      regions.add(made.part("db").id().region());
      answer = made.refuse("db", FaultCode.QUOTA_EXCEEDED);
    }

    assertThat(regions).as("the database stays in France").containsAnyOf("GRA-1", "GRA-2");
    assertThat(answer).isInstanceOf(Relocation.NoPlaceLeft.class);
    List<String> reasons =
        ((Relocation.NoPlaceLeft) answer)
            .unplaced().unplaced().stream()
                .flatMap(decision -> decision.notChosen().stream())
                .flatMap(exclusion -> exclusion.refusals().stream())
                .map(refusal -> refusal.reason().in(Locale.ENGLISH))
                .toList();
    FederationFault fault = ((Relocation.NoPlaceLeft) answer).fault();
    assertThat(fault.code()).isEqualTo(FaultCode.NO_CANDIDATE);
    assertThat(fault.phrase().in(Locale.ENGLISH))
        .isEqualTo(
            "No other place is left for it. Refused or ruled out: bhs / BHS-1, gra, syd / SYD-1.");
    assertThat(Relocation.NoPlaceLeft.read(fault.details()).orElseThrow().unplaced())
        .as("kept for readers of every language")
        .isEqualTo(((Relocation.NoPlaceLeft) answer).unplaced().unplaced());
    assertThat(reasons)
        .as("both regions of gra for one reason")
        .contains("“db” was refused here. No valid host was found.")
        .anyMatch(words -> words.contains("The law of United States reaches syd-operator"))
        .anyMatch(words -> words.contains("lies in Canada"));
  }

  @Test
  void blamesNoRuleWhereCloudsHaveNoRoom() {
    FederationSnapshot federation =
        Federations.of(new CloudBuilder("gra").country("FR").region("GRA-1", "a"));
    Made made =
        new Made(
            FakeGraph.shop(1), federation, "placement_policy_version: 2026-11-23\nrules: []\n");

    FederationFault fault =
        ((Relocation.NoPlaceLeft) made.refuse("db", FaultCode.CLOUD_FULL)).fault();

    assertThat(fault.code()).isEqualTo(FaultCode.CLOUD_FULL);
    assertThat(fault.phrase().in(Locale.ENGLISH)).startsWith("No other place is left for it.");
    assertThat(Relocation.NoPlaceLeft.read(fault.details())).isPresent();
  }

  @Test
  void leavesWhatMustStay() {
    Made made = new Made(FakeGraph.shop(1), Federations.three());
    made.kept.add(made.part("disk").id());

    assertThat(made.refuse("db", FaultCode.CLOUD_FULL)).isInstanceOf(Relocation.Stays.class);
  }

  @Test
  void leavesWhatWasUsedElsewhereAlready() {
    Made made = new Made(FakeGraph.shop(1), Federations.three());
    made.begin(made.part("web/0"));
    assertThat(made.part("web/0").requires()).contains(made.part("db").id());

    assertThat(made.refuse("db", FaultCode.CLOUD_FULL)).isInstanceOf(Relocation.Stays.class);
  }

  @Test
  void doesNotCountTwiceWhatQuotasHoldAlready() {
    FederationSnapshot tight =
        Federations.of(
            new CloudBuilder("gra")
                .country("FR")
                .region("GRA-1", "a", "b")
                .limit(LimitKind.INSTANCES, 5, 3),
            new CloudBuilder("bhs").country("CA").region("BHS-1", "nova"));
    Made made = new Made(FakeGraph.shop(1), tight);

    assertThat(made.refuse("web/0", FaultCode.QUOTA_EXCEEDED))
        .isInstanceOfAny(Relocation.Moved.class, Relocation.NoPlaceLeft.class);
    assertThat(made.part("db").id().cloud().text()).isEqualTo("gra");
  }

  @Property(tries = 300)
  void keepsThePolicyHoweverOftenPlacesRefuse(@ForAll long seed) {
    Random random = new Random(seed);
    Made made = new Made(FakeGraph.shop(2 + random.nextInt(4)), four());
    int moves = 0;
    for (int i = 0; i < 12; i++) {
      List<String> names =
          made.parts.values().stream()
              .filter(part -> part.type().equals("OS::Nova::Server"))
              .filter(part -> !made.begun.contains(part.id()))
              .map(part -> part.id().resource())
              .toList();
      if (names.isEmpty()) {
        break;
      }
      String name = names.get(random.nextInt(names.size()));
      Relocation answer =
          made.refuse(name, random.nextBoolean() ? FaultCode.CLOUD_FULL : FaultCode.QUOTA_EXCEEDED);
      if (!(answer instanceof Relocation.Moved)) {
        break;
      }
      moves++;
      assertHolds(made);
    }
    Statistics.label("moved").collect(moves > 1);
    Statistics.label("moved").coverage(seen -> seen.check(true).percentage(p -> p > 20));
  }

  private static void assertHolds(Made made) {
    Map<String, Long> web = made.webByCloud();
    assertThat(web).hasSizeGreaterThanOrEqualTo(2);
    assertThat(Collections.max(web.values()) - Collections.min(web.values()))
        .isLessThanOrEqualTo(1);
    assertThat(made.part("db").id().cloud().text()).isIn("gra", "fra");
    for (Refusal refusal : made.refusals) {
      made.parts.values().stream()
          .filter(part -> part.id().resource().equals(refusal.resource()))
          .forEach(part -> assertThat(made.place(part)).isNotEqualTo(refusal.place()));
    }
    for (PlannedPart part : made.parts.values()) {
      assertThat(made.parts.keySet()).as(part.id().toString()).containsAll(part.requires());
    }
    List<Cidr> segments =
        made.segmentsOf("subnet").stream().map(text -> Cidr.of(text.replace("\"", ""))).toList();
    for (Cidr one : segments) {
      assertThat(segments.stream().filter(one::overlaps)).hasSize(1);
    }
    Optional<PlannedPart> astray =
        made.parts.values().stream()
            .filter(part -> part.type().equals("OS::Neutron::Port"))
            .filter(
                port ->
                    made.parts.values().stream()
                        .noneMatch(
                            net ->
                                net.id().resource().equals("net")
                                    && net.id().place().equals(port.id().place())))
            .findFirst();
    assertThat(astray).isEmpty();
  }
}
