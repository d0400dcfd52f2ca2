package io.isthmus.domain.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private static final int PAIR_STEPS = 4_000;
  private static final int GROUP_STEPS = 100;

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
    boolean worthIt =
        arrangement.isMoreThanOneSiteUsed()
            || arrangement.cost() >= 1_000_000
            || problem.suitability.decides();
    if (worthIt && !order.isEmpty()) {
      new Improvement(order, arrangement).run();
    }
  }

  /** Local search: single units move, and where that helps no more, two at once, then groups. */
  private final class Improvement {
    private final List<Integer> order;
    private final Arrangement arrangement;
    private long cost;
    private int tried;

    Improvement(List<Integer> order, Arrangement arrangement) {
      this.order = order;
      this.arrangement = arrangement;
      cost = arrangement.cost();
    }

    void run() {
      boolean better = true;
      while (better && tried <= IMPROVEMENT_STEPS) {
        better = moveSingles() || movePairs() || moveGroups();
      }
    }

    private boolean moveSingles() {
      boolean better = false;
      for (int unit : order) {
        int home = arrangement.at[unit];
        for (int candidate : problem.eligible[kind(unit)]) {
          if (candidate == arrangement.at[unit]) {
            continue;
          }
          if (++tried > IMPROVEMENT_STEPS) {
            return better;
          }
          arrangement.remove(unit);
          if (canTake(unit, candidate)) {
            arrangement.put(unit, candidate);
            if (isBetter()) {
              home = candidate;
              better = true;
              continue;
            }
            arrangement.remove(unit);
          }
          arrangement.put(unit, home);
        }
      }
      return better;
    }

    private boolean canTake(int unit, int candidate) {
      return arrangement.fits(unit, candidate) && arrangement.tooFar(unit, candidate) < 0;
    }

    /** Whether it is now better than the best before; then it is the best. */
    private boolean isBetter() {
      if (!arrangement.holds()) {
        return false;
      }
      long now = arrangement.cost();
      if (now >= cost) {
        return false;
      }
      cost = now;
      return true;
    }

    /**
     * All units of a kind that are in one region go to another place together, with what they need
     * there; and all units whatsoever.
     */
    private boolean moveGroups() {
      Map<List<Integer>, List<Integer>> groups = new LinkedHashMap<>();
      for (int unit : order) {
        int site = problem.candidates.get(arrangement.at[unit]).site();
        groups.computeIfAbsent(List.of(kind(unit), site), none -> new ArrayList<>()).add(unit);
        groups.computeIfAbsent(List.of(site), none -> new ArrayList<>()).add(unit);
      }
      groups.put(List.of(), order);
      for (List<Integer> group : groups.values()) {
        int first = group.get(0);
        int[] eligible = problem.eligible[kind(first)];
        boolean few = (long) group.size() * eligible.length <= GROUP_STEPS;
        for (int candidate : places(first, few)) {
          tried += group.size();
          if (tried > IMPROVEMENT_STEPS) {
            return false;
          }
          if (moveGroup(group, candidate)) {
            return true;
          }
        }
      }
      return false;
    }

    /** To a place, or where that is none for a unit, to the first one in the same region. */
    private boolean moveGroup(List<Integer> group, int candidate) {
      int site = problem.candidates.get(candidate).site();
      int[] homes = group.stream().mapToInt(unit -> arrangement.at[unit]).toArray();
      group.forEach(arrangement::remove);
      int moved = 0;
      for (int unit : group) {
        int there = isEligible(unit, candidate) ? candidate : firstAt(unit, site);
        if (there == Arrangement.NOWHERE || !canTake(unit, there)) {
          break;
        }
        arrangement.put(unit, there);
        moved++;
      }
      if (moved == homes.length && isBetter()) {
        return true;
      }
      for (int i = 0; i < moved; i++) {
        arrangement.remove(group.get(i));
      }
      for (int i = 0; i < homes.length; i++) {
        arrangement.put(group.get(i), homes[i]);
      }
      return false;
    }

    private boolean isEligible(int unit, int candidate) {
      return Arrays.stream(problem.eligible[kind(unit)]).anyMatch(c -> c == candidate);
    }

    private int firstAt(int unit, int site) {
      return Arrays.stream(problem.eligible[kind(unit)])
          .filter(c -> problem.candidates.get(c).site() == site)
          .findFirst()
          .orElse(Arrangement.NOWHERE);
    }

    /**
     * Two units at once, such as two that take each other's place; of those that are alike and at
     * one place only one is tried. Among few places to all of them, among many to those where
     * something is already.
     */
    private boolean movePairs() {
      List<Integer> different = new ArrayList<>();
      Set<Choice> seen = new HashSet<>();
      Map<Choice, Integer> second = new LinkedHashMap<>();
      for (int unit : order) {
        Choice choice = Choice.of(unit, problem, arrangement);
        if (seen.add(choice)) {
          different.add(unit);
        } else {
          second.putIfAbsent(choice, unit);
        }
      }
      // Two that are alike may have to go together.
      different.addAll(second.values());
      int widest =
          different.stream().mapToInt(u -> problem.eligible[kind(u)].length).max().orElse(0);
      boolean few = (long) different.size() * different.size() * widest * widest / 2 <= PAIR_STEPS;
      int budget = tried + PAIR_STEPS;
      for (int i = 0; i < different.size(); i++) {
        for (int j = i + 1; j < different.size(); j++) {
          int one = different.get(i);
          int other = different.get(j);
          int[] placesOfOne = places(one, few);
          int[] placesOfOther = places(other, few);
          tried += placesOfOne.length * placesOfOther.length;
          if (tried > Math.min(budget, IMPROVEMENT_STEPS)) {
            return false;
          }
          if (movePair(one, placesOfOne, other, placesOfOther)) {
            return true;
          }
        }
      }
      return false;
    }

    private int[] places(int unit, boolean all) {
      int[] eligible = problem.eligible[kind(unit)];
      return all
          ? eligible
          : Arrays.stream(eligible)
              .filter(c -> arrangement.unitsAt[problem.candidates.get(c).site()] > 0)
              .toArray();
    }

    private boolean movePair(int one, int[] placesOfOne, int other, int[] placesOfOther) {
      int homeOfOne = arrangement.at[one];
      int homeOfOther = arrangement.at[other];
      arrangement.remove(one);
      arrangement.remove(other);
      for (int here : placesOfOne) {
        if (!canTake(one, here)) {
          continue;
        }
        arrangement.put(one, here);
        for (int there : placesOfOther) {
          if (canTake(other, there)) {
            arrangement.put(other, there);
            if (isBetter()) {
              return true;
            }
            arrangement.remove(other);
          }
        }
        arrangement.remove(one);
      }
      arrangement.put(one, homeOfOne);
      arrangement.put(other, homeOfOther);
      return false;
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
