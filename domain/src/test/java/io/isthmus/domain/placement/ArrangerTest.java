package io.isthmus.domain.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The arranger against brute force on small made-up problems. */
class ArrangerTest {

  @Property(tries = 400)
  void findsAnArrangementWheneverThereIsOne(@ForAll long seed) {
    Problem problem = problem(new Random(seed));
    List<Integer> units = IntStream.range(0, problem.units.size()).boxed().toList();

    Arranger.Result result = new Arranger(problem, List.of()).arrange(units);

    boolean possible = isPossible(problem, new Arrangement(problem), 0);
    assertThat(result.stuck().isEmpty()).isEqualTo(possible);
    if (possible) {
      assertThat(result.arrangement().holds()).isTrue();
      assertThat(isNear(problem, result.arrangement())).isTrue();
      assertWithinQuotas(problem, result.arrangement());
    } else {
      assertThat(result.exhausted()).isTrue();
    }
  }

  private static boolean isPossible(Problem problem, Arrangement arrangement, int unit) {
    if (unit == problem.units.size()) {
      return arrangement.holds() && isNear(problem, arrangement);
    }
    for (int candidate : problem.eligible[problem.units.get(unit).kind()]) {
      if (arrangement.fits(unit, candidate)) {
        arrangement.put(unit, candidate);
        boolean possible = isPossible(problem, arrangement, unit + 1);
        arrangement.remove(unit);
        if (possible) {
          return true;
        }
      }
    }
    return false;
  }

  /** By definition: every pair of the two sides of every affinity. */
  private static boolean isNear(Problem problem, Arrangement arrangement) {
    Affinities affinities = problem.affinities;
    for (int a = 0; a < affinities.size(); a++) {
      for (int u = 0; u < arrangement.at.length; u++) {
        for (int v = 0; v < arrangement.at.length; v++) {
          if (affinities.isOf()[a][problem.units.get(u).kind()]
              && affinities.isTo()[a][problem.units.get(v).kind()]
              && !(affinities.ways().milliseconds(arrangement.at[u], arrangement.at[v])
                  <= affinities.all().get(a).maxLatencyMs().getAsInt())) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private static void assertWithinQuotas(Problem problem, Arrangement arrangement) {
    long[] used = new long[problem.left.length];
    for (int unit = 0; unit < arrangement.at.length; unit++) {
      int site = problem.candidates.get(arrangement.at[unit]).site();
      for (int pool : problem.poolsOf[site]) {
        used[pool] += problem.amounts[problem.units.get(unit).kind()][site][0];
      }
    }
    for (int pool = 0; pool < used.length; pool++) {
      assertThat(used[pool]).isLessThanOrEqualTo(problem.left[pool][0]);
    }
  }

  private static Problem problem(Random random) {
    Problem problem = new Problem();
    problem.sites = 2 + random.nextInt(4);
    problem.cloudOf = IntStream.range(0, problem.sites).map(s -> s / 2).toArray();
    problem.candidates = new ArrayList<>();
    for (int s = 0; s < problem.sites; s++) {
      problem.candidates.add(new Candidate(s, Demand.Zoned.NOT, null));
    }
    int kinds = 1 + random.nextInt(3);
    int constraints = 1 + random.nextInt(2);
    problem.constraints = new ArrayList<>();
    problem.domains = new ArrayList<>();
    problem.domainOf = new int[constraints][];
    for (int c = 0; c < constraints; c++) {
      problem.constraints.add(
          new SpreadConstraint(
              SpreadDomain.CLOUD, 1 + random.nextInt(2), 1 + random.nextInt(3), true));
      int width = 1 + random.nextInt(2);
      problem.domainOf[c] = IntStream.range(0, problem.sites).map(s -> s / width).toArray();
      problem.domains.add(
          IntStream.rangeClosed(0, (problem.sites - 1) / width).mapToObj(String::valueOf).toList());
    }
    int pools = problem.sites + random.nextInt(3);
    problem.left = new long[pools][1];
    problem.maxima = new long[pools][1];
    List<List<Integer>> poolsOf = new ArrayList<>();
    for (int s = 0; s < problem.sites; s++) {
      problem.left[s][0] = random.nextInt(4) == 0 ? 1 + random.nextInt(2) : Long.MAX_VALUE;
      poolsOf.add(new ArrayList<>(List.of(s)));
    }
    for (int pool = problem.sites; pool < pools; pool++) {
      problem.left[pool][0] = random.nextInt(6);
      for (int s = 0; s < problem.sites; s++) {
        if (random.nextInt(3) > 0) {
          poolsOf.get(s).add(pool);
        }
      }
    }
    problem.poolsOf =
        poolsOf.stream()
            .map(all -> all.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
    problem.nodeAmounts = new long[0][1];
    problem.eligible = new int[kinds][];
    problem.amounts = new long[kinds][problem.sites][];
    problem.closures = new int[kinds][0];
    problem.profileOf = new int[constraints][kinds];
    problem.profiles = new int[constraints][kinds][];
    int[][] weights = new int[kinds][constraints];
    for (int k = 0; k < kinds; k++) {
      problem.eligible[k] =
          IntStream.range(0, problem.sites).filter(s -> random.nextInt(3) > 0).toArray();
      if (problem.eligible[k].length == 0) {
        problem.eligible[k] = new int[] {random.nextInt(problem.sites)};
      }
      for (int s = 0; s < problem.sites; s++) {
        problem.amounts[k][s] = new long[] {1};
      }
      for (int c = 0; c < constraints; c++) {
        weights[k][c] = random.nextInt(3);
        int constraint = c;
        problem.profileOf[c][k] = k;
        problem.profiles[c][k] =
            IntStream.of(problem.eligible[k])
                .map(s -> problem.domainOf[constraint][s])
                .distinct()
                .toArray();
      }
    }
    problem.affinities = affinities(random, kinds, problem.sites);
    problem.suitability =
        new Suitability(
            Preferences.NONE,
            Collections.nCopies(problem.sites, null),
            Collections.nCopies(kinds, null),
            null,
            new boolean[0][]);
    List<PlacementUnit> units = new ArrayList<>();
    int count = 1 + random.nextInt(5);
    for (int u = 0; u < count; u++) {
      int kind = random.nextInt(kinds);
      units.add(new PlacementUnit(List.of(u), new BitSet(), kind, weights[kind]));
    }
    problem.units = units;
    return problem;
  }

  /** None, one or two; some distances are not known. */
  private static Affinities affinities(Random random, int kinds, int sites) {
    double[][] milliseconds = new double[sites][sites];
    for (int from = 0; from < sites; from++) {
      for (int to = 0; to < from; to++) {
        milliseconds[from][to] = random.nextInt(6) == 0 ? Double.NaN : random.nextInt(100);
        milliseconds[to][from] = milliseconds[from][to];
      }
    }
    int count = random.nextInt(3);
    List<Affinity> all = new ArrayList<>();
    boolean[][] isOf = new boolean[count][kinds];
    boolean[][] isTo = new boolean[count][kinds];
    for (int a = 0; a < count; a++) {
      all.add(new Affinity(List.of(), List.of(), OptionalInt.of(random.nextInt(100))));
      for (int k = 0; k < kinds; k++) {
        isOf[a][k] = random.nextBoolean();
        isTo[a][k] = random.nextBoolean();
      }
    }
    return new Affinities(all, List.of(), isOf, isTo, (from, to) -> milliseconds[from][to]);
  }
}
