package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.language.Phrase;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How much of their quotas regions have left, as shares of the maxima. For each kind of unit only
 * those quotas are compared that it counts against and that all regions tell that can take it: what
 * one of them keeps to itself speaks neither for it nor against it.
 */
final class Headroom {

  /** Where nothing can be compared. */
  private static final double UNKNOWN = 0.5;

  private static final int NONE = -1;

  private static final int PERCENT_DECIMALS = 6;

  /**
   * The quota of which the least is left.
   *
   * @param maximum more than 0
   */
  record Scarcest(LimitKind quota, long left, long maximum) {

    /** “248 of 250 servers”. */
    Phrase words() {
      return Phrase.of(
          "placement.room",
          Phrase.number(left),
          Phrase.number(maximum),
          LimitKind.names(List.of(quota)));
    }

    /** What is left of a hundred. */
    BigDecimal percent() {
      return BigDecimal.valueOf(left)
          .multiply(BigDecimal.valueOf(100))
          .divide(BigDecimal.valueOf(maximum), PERCENT_DECIMALS, RoundingMode.HALF_UP);
    }

    /** That less is left than of another one. */
    Phrase lessThan(Scarcest other, String whose) {
      if (quota == other.quota) {
        return Phrase.of("placement.outweighed.less-left", words(), other.words(), whose);
      }
      int decimals = Apart.decimals(percent(), other.percent(), 0, PERCENT_DECIMALS);
      return Phrase.of(
          "placement.outweighed.less-share",
          Phrase.number(Apart.rounded(percent(), decimals)),
          LimitKind.names(List.of(quota)),
          Phrase.number(Apart.rounded(other.percent(), decimals)),
          LimitKind.names(List.of(other.quota)),
          whose);
    }
  }

  private final Problem problem;

  /** By kind: the ordinals of the quotas that it counts against and that are told everywhere. */
  private final List<int[]> compared = new ArrayList<>();

  /** By kind: the quotas that it counts against and that some region does not tell. */
  private final List<List<LimitKind>> untold = new ArrayList<>();

  Headroom(Problem problem, List<Site> sites) {
    this.problem = problem;
    for (int k = 0; k < problem.kinds(); k++) {
      int[] open =
          Arrays.stream(problem.eligible[k])
              .map(candidate -> problem.candidates.get(candidate).site())
              .distinct()
              .toArray();
      List<Integer> everywhere = new ArrayList<>();
      List<LimitKind> somewhere = new ArrayList<>();
      for (LimitKind quota : LimitKind.values()) {
        if (isAskedFor(k, open, quota.ordinal())) {
          boolean told =
              Arrays.stream(open)
                  .allMatch(s -> sites.get(s).region().orElseThrow().limits().containsKey(quota));
          if (told) {
            everywhere.add(quota.ordinal());
          } else {
            somewhere.add(quota);
          }
        }
      }
      compared.add(everywhere.stream().mapToInt(Integer::intValue).toArray());
      untold.add(somewhere);
    }
  }

  private boolean isAskedFor(int kind, int[] open, int quota) {
    return Arrays.stream(open).anyMatch(site -> problem.amounts[kind][site][quota] > 0)
        || Arrays.stream(problem.closures[kind])
            .anyMatch(node -> problem.nodeAmounts[node][quota] > 0);
  }

  /**
   * What a kind of unit has the least of in a region; empty when nothing bounds it that is told by
   * all.
   *
   * @param left of the region's quotas
   */
  Optional<Scarcest> scarcest(int kind, int site, long[] left) {
    int least = least(kind, site, left);
    return least == NONE
        ? Optional.empty()
        : Optional.of(
            new Scarcest(LimitKind.values()[least], left[least], problem.maxima[site][least]));
  }

  /** Plain loops: it is asked for each place that is tried. */
  private int least(int kind, int site, long[] left) {
    int least = NONE;
    double share = Double.POSITIVE_INFINITY;
    for (int quota : compared.get(kind)) {
      long maximum = problem.maxima[site][quota];
      if (maximum > 0 && (double) left[quota] / maximum < share) {
        least = quota;
        share = (double) left[quota] / maximum;
      }
    }
    return least;
  }

  /** The least share that is left, 0 to 1; 1 where there is no limit, ½ where none is known. */
  double share(int kind, int site, long[] left) {
    if (compared.get(kind).length == 0) {
      return UNKNOWN;
    }
    int least = least(kind, site, left);
    return least == NONE ? 1 : (double) left[least] / problem.maxima[site][least];
  }

  /** Which quotas could not be compared for a kind; empty when all were. */
  Optional<Phrase> notCompared(int kind) {
    return untold.get(kind).isEmpty()
        ? Optional.empty()
        : Optional.of(Phrase.of("placement.why.room-not-told", LimitKind.names(untold.get(kind))));
  }
}
