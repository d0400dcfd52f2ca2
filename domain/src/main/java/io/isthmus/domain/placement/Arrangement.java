package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.LimitKind;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Which unit is where, with everything counted so that taking and leaving a place is cheap. Not
 * thread-safe.
 */
final class Arrangement {

  static final int NOWHERE = -1;

  final Problem problem;
  final int[] at;
  final long[][] left;
  final int[][] presence;
  final int[] unitsAt;
  final int[] unitsInCloud;
  final int[][] counts;
  private final int[][][] present;
  final int[][] minimum;

  /** By constraint and profile: how many domains that count for the minimum have it. */
  private final int[][] emptiest;

  /** By constraint, profile and domain: whether it counts for the profile's minimum. */
  private final boolean[][][] floors;

  final Neighbours neighbours;
  private double suited;
  private int partsPresent;
  private int sitesUsed;

  Arrangement(Problem problem) {
    this.problem = problem;
    at = new int[problem.units.size()];
    Arrays.fill(at, NOWHERE);
    left = new long[problem.left.length][];
    for (int pool = 0; pool < left.length; pool++) {
      left[pool] = Amounts.copy(problem.left[pool]);
    }
    presence = new int[problem.sites][problem.nodeAmounts.length];
    unitsAt = new int[problem.sites];
    unitsInCloud = new int[problem.sites];
    neighbours = new Neighbours(problem.affinities, problem.sites);
    int constraints = problem.constraints.size();
    counts = new int[constraints][];
    present = new int[constraints][][];
    minimum = new int[constraints][];
    floors = new boolean[constraints][][];
    emptiest = new int[constraints][];
    for (int c = 0; c < constraints; c++) {
      int domains = problem.domains.get(c).size();
      counts[c] = new int[domains];
      present[c] = new int[problem.profiles[c].length][domains];
      minimum[c] = new int[problem.profiles[c].length];
      floors[c] = new boolean[problem.profiles[c].length][domains];
      emptiest[c] = new int[problem.profiles[c].length];
      for (int p = 0; p < floors[c].length; p++) {
        if (!problem.floorIsZero(c, p)) {
          for (int domain : problem.profiles[c][p]) {
            floors[c][p][domain] = true;
            emptiest[c][p]++;
          }
        }
      }
    }
  }

  /** Whether what is left of the quotas that the region takes from is enough. */
  boolean fits(int unit, int candidate) {
    int site = problem.candidates.get(candidate).site();
    for (int pool : problem.poolsOf[site]) {
      if (lackingOf(pool, unit, site) >= 0) {
        return false;
      }
    }
    return true;
  }

  /** The first quota that is not enough; empty when all are. */
  Optional<Problem.Quota> lacking(int unit, int candidate) {
    int site = problem.candidates.get(candidate).site();
    for (int pool : problem.poolsOf[site]) {
      int kind = lackingOf(pool, unit, site);
      if (kind >= 0) {
        return Optional.of(new Problem.Quota(pool, kind));
      }
    }
    return Optional.empty();
  }

  private int lackingOf(int pool, int unit, int site) {
    int kind = problem.units.get(unit).kind();
    long[] room = left[pool];
    long[] asked = problem.amounts[kind][site];
    for (int q = 0; q < room.length; q++) {
      if (room[q] == Long.MAX_VALUE) {
        continue;
      }
      long sum = asked[q];
      for (int node : problem.closures[kind]) {
        if (presence[site][node] == 0) {
          sum += problem.nodeAmounts[node][q];
        }
      }
      if (sum > room[q]) {
        return q;
      }
    }
    return -1;
  }

  /**
   * The first hard constraint that putting the unit there would break as things stand; −1 when
   * none. As Kubernetes does, the emptiest domain is taken as it is before.
   */
  int broken(int unit, int candidate) {
    PlacementUnit it = problem.units.get(unit);
    for (int c = 0; c < counts.length; c++) {
      SpreadConstraint constraint = problem.constraints.get(c);
      int domain = problem.domainOf[c][candidate];
      if (!constraint.hard() || it.weights()[c] == 0 || domain < 0) {
        continue;
      }
      int full = counts[c][domain] + it.weights()[c];
      int own = problem.profileOf[c][it.kind()];
      for (int p = 0; p < minimum[c].length; p++) {
        if ((p == own || present[c][p][domain] > 0)
            && full - minimum[c][p] > constraint.maxSkew()) {
          return c;
        }
      }
    }
    return -1;
  }

  /** The first hard affinity that putting the unit there would break; −1 when none. */
  int tooFar(int unit, int candidate) {
    return neighbours.tooFar(
        problem.units.get(unit).kind(), problem.candidates.get(candidate).site());
  }

  void put(int unit, int candidate) {
    at[unit] = candidate;
    change(unit, candidate, 1, true);
  }

  /**
   * Puts a unit where it is already, whatever rules say of the place now. It is never removed.
   *
   * @param counted whether quotas have yet to hold it; what exists is in them already
   */
  void stay(int unit, int candidate, boolean counted) {
    at[unit] = candidate;
    change(unit, candidate, 1, counted);
  }

  /** Takes what is to come beside what exists of a unit that stays. */
  void take(int candidate, Map<LimitKind, Long> amounts) {
    long[] all = new long[LimitKind.values().length];
    amounts.forEach((kind, amount) -> all[kind.ordinal()] += amount);
    count(problem.candidates.get(candidate).site(), all, 1);
  }

  void remove(int unit) {
    int candidate = at[unit];
    at[unit] = NOWHERE;
    change(unit, candidate, -1, true);
  }

  private void change(int unit, int candidate, int sign, boolean counted) {
    PlacementUnit it = problem.units.get(unit);
    int site = problem.candidates.get(candidate).site();
    if (counted && problem.amounts[it.kind()][site] != null) {
      count(site, problem.amounts[it.kind()][site], sign);
    }
    for (int node : problem.closures[it.kind()]) {
      int before = presence[site][node];
      presence[site][node] = before + sign;
      if (before == 0 || before + sign == 0) {
        partsPresent += sign;
        if (counted) {
          count(site, problem.nodeAmounts[node], sign);
        }
      }
    }
    neighbours.change(it.kind(), site, sign);
    suited += sign * problem.suitability.score(it.kind(), site);
    int before = unitsAt[site];
    unitsAt[site] += sign;
    unitsInCloud[problem.cloudOf[site]] += sign;
    if (before == 0 || unitsAt[site] == 0) {
      sitesUsed += sign;
    }
    for (int c = 0; c < counts.length; c++) {
      int domain = problem.domainOf[c][candidate];
      if (it.weights()[c] > 0 && domain >= 0) {
        int full = counts[c][domain];
        counts[c][domain] += sign * it.weights()[c];
        present[c][problem.profileOf[c][it.kind()]][domain] += sign;
        follow(c, domain, full);
      }
    }
  }

  /** Keeps the minima true after a domain's count changed, looking at all only where it was one. */
  private void follow(int constraint, int domain, int before) {
    int now = counts[constraint][domain];
    int[] least = minimum[constraint];
    for (int p = 0; p < least.length; p++) {
      if (!floors[constraint][p][domain]) {
        continue;
      }
      if (now < least[p]) {
        least[p] = now;
        emptiest[constraint][p] = 1;
      } else if (now == least[p] && now < before) {
        emptiest[constraint][p]++;
      } else if (before == least[p] && --emptiest[constraint][p] == 0) {
        findEmptiest(constraint, p);
      }
    }
  }

  private void count(int site, long[] amounts, int sign) {
    for (int pool : problem.poolsOf[site]) {
      long[] room = left[pool];
      for (int q = 0; q < room.length; q++) {
        if (room[q] != Long.MAX_VALUE) {
          room[q] -= sign * amounts[q];
        }
      }
    }
  }

  /** What all that is in a region takes of its quotas, whether the region tells them or not. */
  long[] taken(int site) {
    long[] taken = Amounts.none();
    for (int unit = 0; unit < at.length; unit++) {
      if (at[unit] != NOWHERE
          && problem.candidates.get(at[unit]).site() == site
          && problem.amounts[problem.units.get(unit).kind()][site] != null) {
        Amounts.add(taken, problem.amounts[problem.units.get(unit).kind()][site]);
      }
    }
    for (int node = 0; node < presence[site].length; node++) {
      if (presence[site][node] > 0) {
        Amounts.add(taken, problem.nodeAmounts[node]);
      }
    }
    return taken;
  }

  private void findEmptiest(int constraint, int profile) {
    int least = Integer.MAX_VALUE;
    int count = 0;
    for (int domain : problem.profiles[constraint][profile]) {
      int there = counts[constraint][domain];
      if (there < least) {
        least = there;
        count = 0;
      }
      count += there == least ? 1 : 0;
    }
    minimum[constraint][profile] = least;
    emptiest[constraint][profile] = count;
  }

  /** Whether every hard constraint holds as things stand. */
  boolean holds() {
    for (int c = 0; c < counts.length; c++) {
      if (problem.constraints.get(c).hard() && excess(c) > problem.tolerated(c)) {
        return false;
      }
    }
    return true;
  }

  /** By how much a constraint is exceeded, summed over the domains that are too full. */
  int excess(int constraint) {
    int skew = problem.constraints.get(constraint).maxSkew();
    int excess = 0;
    for (int p = 0; p < minimum[constraint].length; p++) {
      for (int d = 0; d < counts[constraint].length; d++) {
        if (present[constraint][p][d] > 0) {
          excess += Math.max(0, counts[constraint][d] - minimum[constraint][p] - skew);
        }
      }
    }
    return excess;
  }

  /**
   * Whether the hard constraints can still be met when only this much more is to be counted: what
   * the emptier domains lack must be no more than what is to come.
   */
  boolean canStillHold(int[] toCome) {
    for (int c = 0; c < counts.length; c++) {
      if (!problem.constraints.get(c).hard() || problem.tolerated(c) > 0) {
        continue;
      }
      int skew = problem.constraints.get(c).maxSkew();
      for (int p = 0; p < minimum[c].length; p++) {
        int fullest = 0;
        for (int d = 0; d < counts[c].length; d++) {
          if (present[c][p][d] > 0) {
            fullest = Math.max(fullest, counts[c][d]);
          }
        }
        int floor = fullest - skew;
        if (floor <= 0) {
          continue;
        }
        if (problem.floorIsZero(c, p)) {
          return false;
        }
        int lacking = 0;
        for (int domain : problem.profiles[c][p]) {
          lacking += Math.max(0, floor - counts[c][domain]);
        }
        if (lacking > toCome[c]) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * What local search makes smaller: exceeded soft constraints first, then distances that should be
   * short and preferences that are not met, then parts, then regions.
   */
  long cost() {
    long over = 0;
    for (int c = 0; c < counts.length; c++) {
      if (!problem.constraints.get(c).hard()) {
        over += excess(c);
      }
    }
    return over * 1_000_000
        + Math.round((neighbours.distances() - suited) * 50_000)
        + partsPresent * 1_000L
        + sitesUsed;
  }

  boolean isMoreThanOneSiteUsed() {
    return sitesUsed > 1;
  }
}
