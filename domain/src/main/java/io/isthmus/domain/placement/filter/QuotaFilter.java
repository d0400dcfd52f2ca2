package io.isthmus.domain.placement.filter;

import io.isthmus.domain.cloud.Limit;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Catalog;
import io.isthmus.domain.placement.Demand;
import io.isthmus.domain.placement.Hindrance;
import io.isthmus.domain.placement.PlacementFilter;
import io.isthmus.domain.placement.Pool;
import io.isthmus.domain.placement.Requirements;
import io.isthmus.domain.placement.RuleRefusal;
import io.isthmus.domain.placement.Site;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** What stays together must fit into what the region's quotas and the federation's own leave. */
public final class QuotaFilter implements PlacementFilter {

  private static final LimitKind[] KINDS = LimitKind.values();

  private final Catalog catalog;
  private final List<Pool> pools;

  /**
   * @param pools what several regions have together
   */
  public QuotaFilter(Catalog catalog, List<Pool> pools) {
    this.catalog = catalog;
    this.pools = List.copyOf(pools);
  }

  @Override
  public void examine(Demand demand, Site site, Consumer<RuleRefusal> refusals) {
    site.region()
        .ifPresent(
            region -> {
              long[] asked = Requirements.amounts(demand, site.cloud(), region, catalog);
              // A quota that the region does not tell is not enforced here; the cloud will.
              examine(
                  asked,
                  region.limits(),
                  (kind, limit) -> lacking(kind, region.region(), asked[kind.ordinal()], limit),
                  refusals);
              for (Pool pool : pools) {
                if (pool.covers(site)) {
                  examine(
                      asked,
                      pool.allowance().limits(),
                      (kind, limit) -> pool.lacking(kind, asked[kind.ordinal()]),
                      refusals);
                }
              }
            });
  }

  private static void examine(
      long[] asked,
      Map<LimitKind, Limit> limits,
      BiFunction<LimitKind, Limit, Phrase> words,
      Consumer<RuleRefusal> refusals) {
    for (LimitKind kind : KINDS) {
      if (asked[kind.ordinal()] > 0) {
        Limit limit = limits.get(kind);
        if (limit != null && asked[kind.ordinal()] > limit.remaining()) {
          refusals.accept(RuleRefusal.of(Hindrance.QUOTA, words.apply(kind, limit)));
        }
      }
    }
  }

  /** That more is asked for than a region's quota leaves. */
  public static Phrase lacking(LimitKind kind, String region, long asked, Limit limit) {
    Phrase lacking =
        Phrase.of(
            "placement.quota." + kind.text().replace('_', '-'),
            region,
            asked,
            limit.remaining(),
            limit.maximum());
    return limit.reserved() == 0
        ? lacking
        : Phrase.of("placement.quota.reserved", lacking, Phrase.number(limit.reserved()));
  }
}
