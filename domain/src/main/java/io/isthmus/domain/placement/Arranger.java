package io.isthmus.domain.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds an arrangement in which every hard constraint holds: greedily, most constrained first;
 * where that gets stuck, by a search with backtracking that is complete within a fixed number of
 * steps; then improved by moving single units. Takes no time, no randomness and no threads from
 * outside, so the same problem has the same answer.
 */
final class Arranger {

  private static final int SEARCH_STEPS = 200_000;
  private static final int IMPROVEMENT_STEPS = 20_000;

  /**
   * What was found.
   *
   * @param stuck units without a place, in which case the others are placed as far as they go
   * @param exhausted whether the search was complete, so that there is certainly no arrangement
   */
  record Result(Arrangement arrangement, List<Integer> stuck, boolean exhausted) {}

  private final Problem problem;
  private final List<Weigher> weighers;
  private int steps;

  Arranger(Problem problem, List<Weigher> weighers) {
    this.problem = problem;
    this.weighers = weighers;
  }

  /**
   * @param units those that have an eligible candidate
   */
  Result arrange(List<Integer> units) {
    return arrange(units, arrangement -> {});
  }

  /**
   * @param units those that have an eligible candidate
   * @param standing puts into an empty arrangement what stays where it is
   */
  Result arrange(List<Integer> units, Consumer<Arrangement> standing) {
    List<Integer> order = new ArrayList<>(units);
    order.sort(
        Comparator.<Integer>comparingInt(u -> problem.eligible[kind(u)].length)
            .thenComparingInt(this::kind)
            .thenComparingInt(u -> u));
    Arrangement arrangement = new Arrangement(problem);
    standing.accept(arrangement);
    List<Integer> stuck = greedy(order, arrangement);
    if (stuck.isEmpty() && !arrangement.holds()) {
      // What stands may hold only when more comes to where little is.
      stuck = order;
    }
    boolean exhausted = false;
    if (!stuck.isEmpty()) {
      Arrangement found = new Arrangement(problem);
      standing.accept(found);
      steps = 0;
      int[] toCome = new int[problem.constraints.size()];
      for (int unit : order) {
        add(toCome, unit, 1);
      }
      if (search(order, 0, found, toCome)) {
        arrangement = found;
        stuck = List.of();
      } else {
        exhausted = steps <= SEARCH_STEPS;
      }
    }
    if (stuck.isEmpty()) {
      improve(order, arrangement);
    }
    return new Result(arrangement, stuck, exhausted);
  }

  private int kind(int unit) {
    return problem.units.get(unit).kind();
  }

  private List<Integer> greedy(List<Integer> order, Arrangement arrangement) {
    List<Integer> stuck = new ArrayList<>();
    for (int unit : order) {
      int best = Arrangement.NOWHERE;
      double bestWeight = 0;
      for (int candidate : problem.eligible[kind(unit)]) {
        if (arrangement.broken(unit, candidate) < 0
            && arrangement.fits(unit, candidate)
            && arrangement.tooFar(unit, candidate) < 0) {
          double weight = weigh(unit, candidate, arrangement);
          if (best == Arrangement.NOWHERE || weight > bestWeight) {
            best = candidate;
            bestWeight = weight;
          }
        }
      }
      if (best == Arrangement.NOWHERE) {
        stuck.add(unit);
      } else {
        arrangement.put(unit, best);
      }
    }
    return stuck;
  }

  private double weigh(int unit, int candidate, Arrangement arrangement) {
    Outlook outlook = new Outlook(arrangement, unit, candidate);
    double sum = 0;
    for (Weigher weigher : weighers) {
      sum += weigher.weigh(outlook);
    }
    return sum;
  }

  private boolean search(List<Integer> order, int depth, Arrangement found, int[] toCome) {
    if (depth == order.size()) {
      return found.holds();
    }
    int unit = order.get(depth);
    int[] eligible = problem.eligible[kind(unit)];
    int from = 0;
    if (depth > 0 && kind(order.get(depth - 1)) == kind(unit)) {
      // Units of one kind are alike, so only one order of their places is tried.
      int before = found.at[order.get(depth - 1)];
      while (eligible[from] != before) {
        from++;
      }
    }
    add(toCome, unit, -1);
    for (int i = from; i < eligible.length; i++) {
      if (++steps > SEARCH_STEPS) {
        break;
      }
      if (found.fits(unit, eligible[i]) && found.tooFar(unit, eligible[i]) < 0) {
        found.put(unit, eligible[i]);
        if (found.canStillHold(toCome) && search(order, depth + 1, found, toCome)) {
          return true;
        }
        found.remove(unit);
      }
    }
    add(toCome, unit, 1);
    return false;
  }

  private void add(int[] toCome, int unit, int sign) {
    int[] weights = problem.units.get(unit).weights();
    for (int c = 0; c < toCome.length; c++) {
      toCome[c] += sign * weights[c];
    }
  }

  private void improve(List<Integer> order, Arrangement arrangement) {
    int tried = 0;
    long cost = arrangement.cost();
    boolean better = arrangement.isMoreThanOneSiteUsed() || cost >= 1_000_000;
    while (better) {
      better = false;
      for (int unit : order) {
        int home = arrangement.at[unit];
        for (int candidate : problem.eligible[kind(unit)]) {
          if (candidate == arrangement.at[unit]) {
            continue;
          }
          if (++tried > IMPROVEMENT_STEPS) {
            return;
          }
          arrangement.remove(unit);
          if (arrangement.fits(unit, candidate) && arrangement.tooFar(unit, candidate) < 0) {
            arrangement.put(unit, candidate);
            long now = arrangement.holds() ? arrangement.cost() : Long.MAX_VALUE;
            if (now < cost) {
              cost = now;
              home = candidate;
              better = true;
              continue;
            }
            arrangement.remove(unit);
          }
          arrangement.put(unit, home);
        }
      }
    }
  }

  /** A unit's prospect in a place. */
  private record Outlook(Arrangement arrangement, int unit, int candidate)
      implements Weigher.Prospect {

    private PlacementUnit it() {
      return arrangement.problem.units.get(unit);
    }

    private int site() {
      return arrangement.problem.candidates.get(candidate).site();
    }

    @Override
    public int overSkew() {
      Problem problem = arrangement.problem;
      int over = 0;
      for (int c = 0; c < problem.constraints.size(); c++) {
        int weight = it().weights()[c];
        int domain = problem.domainOf[c][candidate];
        SpreadConstraint constraint = problem.constraints.get(c);
        if (!constraint.hard() && weight > 0 && domain >= 0) {
          int least = arrangement.minimum[c][problem.profileOf[c][it().kind()]];
          over +=
              Math.max(0, arrangement.counts[c][domain] + weight - least - constraint.maxSkew());
        }
      }
      return over;
    }

    @Override
    public int newParts() {
      int parts = 0;
      int[] presence = arrangement.presence[site()];
      for (int node : arrangement.problem.closures[it().kind()]) {
        if (presence[node] == 0) {
          parts++;
        }
      }
      return parts;
    }

    @Override
    public boolean opensRegion() {
      return arrangement.unitsAt[site()] == 0;
    }

    @Override
    public boolean opensCloud() {
      return arrangement.unitsInCloud[arrangement.problem.cloudOf[site()]] == 0;
    }

    @Override
    public double distance() {
      return arrangement.neighbours.distance(it().kind(), site());
    }

    @Override
    public double suitability() {
      Suitability suitability = arrangement.problem.suitability;
      return suitability.score(it().kind(), site()) + suitability.headroomShare() * headroom();
    }

    @Override
    public double headroom() {
      return arrangement.problem.headroom.share(it().kind(), site(), arrangement.left[site()]);
    }
  }
}
