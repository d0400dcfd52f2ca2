package io.isthmus.domain.placement;

import io.isthmus.domain.placement.weigher.HeadroomWeigher;
import io.isthmus.domain.placement.weigher.LocalityWeigher;
import io.isthmus.domain.placement.weigher.NearnessWeigher;
import io.isthmus.domain.placement.weigher.PreferenceWeigher;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which of the things that places are compared by speaks most for one place against others, each
 * with the weight that it has in the choice. To be asked while the unit itself is nowhere.
 */
final class Merits {

  /** What places are compared by, beside spread; in the order in which equals are told. */
  enum Merit {
    /** Short ways to what a rule wants it near to. */
    NEARNESS,
    /** A low price. */
    PRICE,
    /** A short way to the people that the policy names. */
    PEOPLE,
    /** Stretched resources that are there already. */
    PARTS,
    /** Others of the stack in the same region and cloud. */
    COMPANY,
    /** Quotas that are left. */
    HEADROOM
  }

  private static final Merit[] ALL = Merit.values();

  /** Below it a difference comes from rounding alone. */
  private static final double NOTHING = 1e-9;

  private final Problem problem;
  private final Arrangement arrangement;

  Merits(Problem problem, Arrangement arrangement) {
    this.problem = problem;
    this.arrangement = arrangement;
  }

  /** By {@link Merit#ordinal()}; more is better. */
  private double[] of(int kind, int site) {
    Suitability suitability = problem.suitability;
    double[] merits = new double[ALL.length];
    merits[Merit.NEARNESS.ordinal()] =
        -NearnessWeigher.MULTIPLIER * arrangement.neighbours.distance(kind, site);
    merits[Merit.PRICE.ordinal()] = PreferenceWeigher.MULTIPLIER * suitability.cheap(kind, site);
    merits[Merit.PEOPLE.ordinal()] = PreferenceWeigher.MULTIPLIER * suitability.near(kind, site);
    merits[Merit.PARTS.ordinal()] = -LocalityWeigher.PART * countMissing(kind, site);
    merits[Merit.COMPANY.ordinal()] =
        -(arrangement.unitsAt[site] == 0 ? LocalityWeigher.REGION : 0)
            - (arrangement.unitsInCloud[problem.cloudOf[site]] == 0 ? LocalityWeigher.CLOUD : 0);
    merits[Merit.HEADROOM.ordinal()] =
        (HeadroomWeigher.MULTIPLIER + PreferenceWeigher.MULTIPLIER * suitability.headroomShare())
            * problem.headroom.share(kind, site, arrangement.left[site]);
    return merits;
  }

  /** The stretched resources that would have to be made for it. */
  int[] missing(int kind, int site) {
    return Arrays.stream(problem.closures[kind])
        .filter(node -> arrangement.presence[site][node] == 0)
        .toArray();
  }

  private int countMissing(int kind, int site) {
    int missing = 0;
    int[] presence = arrangement.presence[site];
    for (int node : problem.closures[kind]) {
      missing += presence[node] == 0 ? 1 : 0;
    }
    return missing;
  }

  /** A place that others are compared with, for as long as nothing moves. */
  final class Home {
    private final int kind;
    private final double[] here;

    private Home(int kind, int site) {
      this.kind = kind;
      here = of(kind, site);
    }

    /** What speaks most for it against another one; empty when nothing does. */
    Optional<Merit> decisive(int other) {
      double[] more = of(kind, other);
      for (int m = 0; m < more.length; m++) {
        more[m] = here[m] - more[m];
      }
      return most(more);
    }
  }

  Home home(int kind, int site) {
    return new Home(kind, site);
  }

  /**
   * What speaks most for a place against all others together, of what none of them is better in;
   * empty when there is none.
   */
  Optional<Merit> best(int kind, int home, List<Integer> others) {
    double[] here = of(kind, home);
    double[] more = new double[here.length];
    for (int other : others) {
      double[] there = of(kind, other);
      for (int m = 0; m < more.length; m++) {
        double difference = here[m] - there[m];
        more[m] += difference < -NOTHING ? Double.NEGATIVE_INFINITY : difference;
      }
    }
    return most(more);
  }

  private static Optional<Merit> most(double[] differences) {
    Merit most = null;
    for (Merit merit : ALL) {
      double difference = differences[merit.ordinal()];
      if (difference > NOTHING
          && (most == null || difference > differences[most.ordinal()] + NOTHING)) {
        most = merit;
      }
    }
    return Optional.ofNullable(most);
  }
}
