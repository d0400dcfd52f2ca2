package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.language.Phrase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Proves by sums alone that quotas leave too little: of some units, each counted as the least that
 * it takes in any region that may have it, and without what several of them share, more is asked
 * for than all regions together have left that may have any of them. Nothing that could be placed
 * is ever refused by it; what it does not prove may still have no place.
 */
final class Shortage {

  private static final int MOST_NAMED = 8;

  private final Units units;
  private final Survey survey;
  private final Problem problem;
  private final BitSet[] sites;

  Shortage(Units units, Survey survey) {
    this.units = units;
    this.survey = survey;
    this.problem = survey.problem;
    this.sites = sites(problem);
  }

  /**
   * One sentence for each quota of which there is too little.
   *
   * @param open units that have an eligible candidate
   * @return empty where nothing is proved
   */
  List<Phrase> of(List<Integer> open) {
    Set<BitSet> circles = new LinkedHashSet<>();
    BitSet everywhere = new BitSet();
    open.forEach(unit -> everywhere.or(sites(unit)));
    circles.add(everywhere);
    open.forEach(unit -> circles.add(sites(unit)));
    List<Phrase> shortages = new ArrayList<>();
    for (LimitKind quota : LimitKind.values()) {
      circles.stream()
          .map(circle -> shortage(quota, circle, open))
          .flatMap(Optional::stream)
          .findFirst()
          .ifPresent(shortages::add);
      for (int pool = survey.sites.size(); pool < problem.left.length; pool++) {
        shortageOfPool(quota, pool, open).ifPresent(shortages::add);
      }
    }
    return shortages;
  }

  /** By kind: the regions that may have it. */
  private static BitSet[] sites(Problem problem) {
    BitSet[] sites = new BitSet[problem.kinds()];
    for (int kind = 0; kind < sites.length; kind++) {
      sites[kind] = new BitSet();
      for (int candidate : problem.eligible[kind]) {
        sites[kind].set(problem.candidates.get(candidate).site());
      }
    }
    return sites;
  }

  private BitSet sites(int unit) {
    return sites[kind(unit)];
  }

  private int kind(int unit) {
    return problem.units.get(unit).kind();
  }

  /** Whether the units that can go nowhere but to these regions need more than they have left. */
  private Optional<Phrase> shortage(LimitKind quota, BitSet circle, List<Integer> open) {
    long left = 0;
    for (int site : circle.stream().toArray()) {
      long ofSite = problem.left[site][quota.ordinal()];
      if (ofSite == Long.MAX_VALUE) {
        return Optional.empty();
      }
      left += Math.max(0, ofSite);
    }
    long needed = 0;
    long servers = 0;
    for (int unit : open) {
      if (sites(unit).stream().allMatch(circle::get)) {
        long least = least(quota, unit);
        needed += least;
        servers += least > 0 ? units.demands.get(kind(unit)).servers().size() : 0;
      }
    }
    return needed > left
        ? Optional.of(words(quota, needed, left, servers, circle))
        : Optional.empty();
  }

  private long least(LimitKind quota, int unit) {
    return sites(unit).stream()
        .mapToLong(site -> problem.amounts[kind(unit)][site][quota.ordinal()])
        .min()
        .orElse(0);
  }

  /** Whether the units that can only go where a quota of several regions counts need more. */
  private Optional<Phrase> shortageOfPool(LimitKind quota, int pool, List<Integer> open) {
    long needed =
        open.stream()
            .filter(unit -> sites(unit).stream().allMatch(site -> takesFrom(site, pool)))
            .mapToLong(unit -> least(quota, unit))
            .sum();
    return needed > problem.left[pool][quota.ordinal()]
        ? Optional.of(survey.pools.get(pool - survey.sites.size()).lacking(quota, needed))
        : Optional.empty();
  }

  private boolean takesFrom(int site, int pool) {
    return Arrays.stream(problem.poolsOf[site]).anyMatch(one -> one == pool);
  }

  private Phrase words(LimitKind quota, long needed, long left, long servers, BitSet circle) {
    List<String> regions =
        Arrays.stream(circle.stream().toArray())
            .mapToObj(survey.sites::get)
            .map(site -> site.cloud().id() + " / " + site.label())
            .toList();
    boolean ofServers = servers > 1 && (quota == LimitKind.VCPUS || quota == LimitKind.RAM_MIB);
    return Phrase.of(
        ofServers ? "placement.reason.too-little-for-servers" : "placement.reason.too-little",
        Phrase.number(needed),
        LimitKind.names(List.of(quota)),
        Phrase.number(left),
        Phrase.names(regions, MOST_NAMED),
        Phrase.number(servers));
  }
}
