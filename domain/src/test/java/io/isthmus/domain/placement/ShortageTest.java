package io.isthmus.domain.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.network.AddressPlan;
import io.isthmus.domain.network.Cidr;
import io.isthmus.domain.placement.Federations.CloudBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

class ShortageTest {

  private static final String NO_RULES = "placement_policy_version: 2026-11-23\nrules: []\n";
  private static final AddressPlan ADDRESSES =
      new AddressPlan(List.of(Cidr.of("10.128.0.0/9")), List.of());

  private static FakeGraph servers(int count, String flavor) {
    FakeGraph graph = new FakeGraph();
    IntStream.range(0, count)
        .forEach(
            i ->
                graph.add(
                    "s" + i,
                    "OS::Nova::Server",
                    "{'flavor':'%s','image':'debian-12'}".formatted(flavor)));
    return graph;
  }

  private static List<Phrase> reasons(FakeGraph graph, String policy, CloudBuilder... clouds) {
    Placement placement =
        new Planner()
            .place(graph, new PolicyParser().parse(policy), Federations.of(clouds), ADDRESSES);
    assertThat(placement).isInstanceOf(Placement.Unplaced.class);
    return ((Placement.Unplaced) placement).reasons();
  }

  @Test
  void saysWhatIsAskedForAndWhatIsLeftInsteadOfListingWhatHasNoPlace() {
    List<Phrase> reasons =
        reasons(
            servers(400, "m1.large"),
            NO_RULES,
            new CloudBuilder("gra").region("GRA-1", "a").limit(LimitKind.VCPUS, 1000, 6),
            new CloudBuilder("bhs").region("BHS-1", "a").limit(LimitKind.VCPUS, 500, 0));

    assertThat(reasons)
        .extracting(reason -> reason.in(Locale.ENGLISH))
        .containsExactly(
            "400 servers need 1,600 vCPUs; the regions that can take any of it have 1,494 left in"
                + " all: bhs / BHS-1, gra / GRA-1.");
    assertThat(reasons.get(0).in(Locale.FRENCH).replaceAll("[\\u00a0\\u202f]", " "))
        .isEqualTo(
            "Il faut 1 600 vCPU pour 400 serveurs ; les régions qui peuvent en accueillir en"
                + " laissent 1 494 en tout : bhs / BHS-1, gra / GRA-1.");
  }

  @Test
  void countsWhatARuleKeepsInOneCloudAgainstThatCloudAlone() {
    String policy =
        """
        placement_policy_version: 2026-11-23
        rules:
          - { name: home, match: { names: [s0, s1, s2] }, clouds: { any_of: [gra] } }
        """;

    assertThat(
            reasons(
                servers(4, "m1.small"),
                policy,
                new CloudBuilder("gra").region("GRA-1", "a").limit(LimitKind.INSTANCES, 2, 0),
                new CloudBuilder("bhs").region("BHS-1", "a").limit(LimitKind.INSTANCES, 50, 0)))
        .extracting(reason -> reason.in(Locale.ENGLISH))
        .containsExactly(
            "Needed: 3 servers; the regions that can take any of it have 2 left in all:"
                + " gra / GRA-1.");
  }

  @Test
  void endsTheListOfWhatHasNoPlaceWithOneFullStop() {
    // As much is left as is asked for, but in pieces of which none fits.
    List<Phrase> reasons =
        reasons(
            servers(30, "m1.large"),
            NO_RULES,
            IntStream.range(0, 20)
                .mapToObj(
                    i ->
                        new CloudBuilder("c" + i).region("R" + i, "a").limit(LimitKind.VCPUS, 7, 0))
                .toArray(CloudBuilder[]::new));

    assertThat(reasons)
        .singleElement()
        .satisfies(
            reason ->
                assertThat(reason.in(Locale.ENGLISH))
                    .matches("No arrangement .*: s\\d+(, s\\d+)* and 2 more\\."));
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void neverProvesThatWhatFitsDoesNot(@ForAll long seed) {
    Random random = new Random(seed);
    List<CloudBuilder> clouds = new ArrayList<>();
    for (int c = 0; c < 3; c++) {
      CloudBuilder cloud = new CloudBuilder("c" + c).region("R" + c, "a");
      for (LimitKind kind :
          List.of(
              LimitKind.INSTANCES,
              LimitKind.VCPUS,
              LimitKind.RAM_MIB,
              LimitKind.PORTS,
              LimitKind.NETWORKS)) {
        if (random.nextBoolean()) {
          long unit = kind == LimitKind.RAM_MIB ? 2048 : 1;
          cloud.limit(kind, unit * 30, unit * random.nextInt(30));
        }
      }
      clouds.add(cloud);
    }
    FederationSnapshot federation = Federations.of(clouds.toArray(CloudBuilder[]::new));
    PlacementPolicy policy =
        new PolicyParser()
            .parse(
                """
                placement_policy_version: 2026-11-23
                rules:
                  - { name: some, match: { names: ["web/0", "web/1"] }, clouds: { none_of: [c%d] } }
                """
                    .formatted(random.nextInt(3)));
    FakeGraph graph = FakeGraph.shop(2 + random.nextInt(9));

    Placement placement = new Planner().place(graph, policy, federation, ADDRESSES);

    Units units = new Units(new GraphIndex(graph), policy);
    Survey survey = new Survey(units, federation, policy.preferences(), new Distances.Memory());
    List<Integer> open =
        IntStream.range(0, units.units.size())
            .filter(unit -> survey.problem.eligible[units.units.get(unit).kind()].length > 0)
            .boxed()
            .toList();
    List<Phrase> shortages = new Shortage(units, survey).of(open);
    if (placement instanceof Placement.Placed) {
      assertThat(shortages).isEmpty();
    } else if (!shortages.isEmpty()) {
      Arranger.Result searched = new Arranger(survey.problem, List.of()).arrange(open);
      assertThat(searched.stuck()).as("what is proved is found by no search").isNotEmpty();
    }
  }
}
