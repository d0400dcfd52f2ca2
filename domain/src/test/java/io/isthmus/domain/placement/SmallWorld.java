package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.placement.Federations.CloudBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A made-up application and federation that are small enough to try every arrangement: up to ten
 * servers in up to five regions, with prices, distances, quotas, hard and soft spread and affinity.
 * Without a wish for headroom, which is no part of what the search makes smaller.
 */
final class SmallWorld {

  /** What the cost of an arrangement grows by for a server that suits its place not at all. */
  private static final long UNSUITED = 50_000;

  final Problem problem;
  final List<Integer> units;
  private long best;

  SmallWorld(Random random) {
    int regions = 2 + random.nextInt(4);
    List<CloudBuilder> clouds = new ArrayList<>();
    for (int left = regions, c = 0; left > 0; c++) {
      CloudBuilder cloud =
          new CloudBuilder("c" + c)
              .operator("o" + random.nextInt(3))
              .country(List.of("FR", "DE", "CA").get(random.nextInt(3)))
              .at(random.nextInt(120) - 50, random.nextInt(300) - 150)
              .price("EUR", String.format(Locale.ROOT, "0.%02d", 1 + random.nextInt(60)), null);
      if (random.nextInt(3) > 0) {
        cloud.limit(LimitKind.INSTANCES, 10, random.nextInt(8));
      }
      int own = Math.min(left, 1 + random.nextInt(2));
      IntStream.range(0, own).forEach(r -> cloud.region("R" + r, "nova"));
      left -= own;
      clouds.add(cloud);
    }
    FakeGraph graph =
        new FakeGraph()
            .add("net", "OS::Neutron::Net", "{}")
            .add("web", "OS::Heat::ResourceGroup", "{}")
            .add("db", "OS::Heat::ResourceGroup", "{}");
    servers(graph, "web", "m1.small", 2 + random.nextInt(6), random.nextBoolean());
    servers(graph, "db", "m1.large", random.nextInt(4), random.nextBoolean());
    String rules = spread(random, "web") + spread(random, "db");
    if (random.nextBoolean()) {
      rules += "  - { name: near, affinity: { of: ['web*'], to: ['db*'] } }\n";
    }
    String prefer =
        "prefer: {cost: %d, latency_from: {FR: %d}}\n"
            .formatted(random.nextInt(4), 1 + random.nextInt(3));
    String policy =
        "placement_policy_version: 2026-11-23\n"
            + (rules.isEmpty() ? "" : "rules:\n" + rules)
            + prefer;
    PlacementPolicy parsed = new PolicyParser().parse(policy);
    Units parts = new Units(new GraphIndex(graph), parsed);
    problem =
        new Survey(
                parts,
                Federations.of(clouds.toArray(CloudBuilder[]::new)),
                parsed.preferences(),
                new Distances.Memory())
            .problem;
    units =
        IntStream.range(0, problem.units.size())
            .filter(u -> problem.eligible[problem.units.get(u).kind()].length > 0)
            .boxed()
            .sorted((one, other) -> problem.units.get(one).kind() - problem.units.get(other).kind())
            .toList();
  }

  private static void servers(
      FakeGraph graph, String group, String flavor, int count, boolean onNet) {
    for (int i = 0; i < count; i++) {
      String properties =
          "{'flavor':'" + flavor + "','image':'debian-12'" + (onNet ? ",'networks':[{}]}" : "}");
      if (onNet) {
        graph.add(
            group + "/" + i,
            "OS::Nova::Server",
            properties,
            FakeGraph.in("networks.0.network", "net"));
      } else {
        graph.add(group + "/" + i, "OS::Nova::Server", properties);
      }
    }
  }

  private static String spread(Random random, String group) {
    if (random.nextInt(3) == 0) {
      return "";
    }
    String across = List.of("region", "cloud", "operator", "country").get(random.nextInt(4));
    return "  - {name: apart %s, match: {names: ['%s*']}, spread: [{across: %s, max_skew: %d%s}]}\n"
        .formatted(
            group,
            group,
            across,
            1 + random.nextInt(2),
            random.nextInt(3) == 0 ? "" : ", when_unsatisfiable: schedule_anyway");
  }

  Arranger.Result arranged() {
    return new Arranger(problem, Planner.WEIGHERS).arrange(units);
  }

  /** The cost, counted from what would be ideal: every server where nothing is better for it. */
  long cost(Arrangement arrangement) {
    return arrangement.cost() + UNSUITED * units.size();
  }

  /**
   * The least cost of all arrangements that keep every hard rule; {@link Long#MAX_VALUE} when there
   * is none. Units of a kind are alike, so that only one order of their places is tried.
   */
  long optimum() {
    best = Long.MAX_VALUE;
    search(0, new Arrangement(problem));
    return best;
  }

  private void search(int depth, Arrangement arrangement) {
    if (depth == units.size()) {
      if (arrangement.holds()) {
        best = Math.min(best, cost(arrangement));
      }
      return;
    }
    int unit = units.get(depth);
    int kind = problem.units.get(unit).kind();
    boolean alike = depth > 0 && problem.units.get(units.get(depth - 1)).kind() == kind;
    int before = alike ? arrangement.at[units.get(depth - 1)] : -1;
    boolean open = !alike;
    for (int candidate : problem.eligible[kind]) {
      open |= candidate == before;
      if (open && arrangement.fits(unit, candidate) && arrangement.tooFar(unit, candidate) < 0) {
        arrangement.put(unit, candidate);
        search(depth + 1, arrangement);
        arrangement.remove(unit);
      }
    }
  }
}
