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
import java.util.function.Consumer;

/** What stays together must fit into what the region's quotas and the federation's own leave. */
public final class QuotaFilter implements PlacementFilter {

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
              List<Long> counts = Requirements.counts(demand, site.cloud(), region, catalog);
              for (LimitKind kind : LimitKind.values()) {
                Limit limit = region.limits().get(kind);
                long asked = counts.get(kind.ordinal());
                // A quota that the region does not tell is not enforced here; the cloud will.
                if (limit != null && asked > limit.remaining()) {
                  refusals.accept(
                      RuleRefusal.of(
                          Hindrance.QUOTA, lacking(kind, region.region(), asked, limit)));
                }
              }
              pools.stream()
                  .filter(pool -> pool.covers(site))
                  .forEach(pool -> examine(pool, counts, refusals));
            });
  }

  private static void examine(Pool pool, List<Long> counts, Consumer<RuleRefusal> refusals) {
    for (LimitKind kind : LimitKind.values()) {
      Limit limit = pool.allowance().limits().get(kind);
      long asked = counts.get(kind.ordinal());
      if (limit != null && asked > limit.remaining()) {
        refusals.accept(RuleRefusal.of(Hindrance.QUOTA, pool.lacking(kind, asked)));
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
