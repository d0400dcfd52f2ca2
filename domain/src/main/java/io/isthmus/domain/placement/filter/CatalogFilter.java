package io.isthmus.domain.placement.filter;

import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.domain.placement.Catalog;
import io.isthmus.domain.placement.CatalogUse;
import io.isthmus.domain.placement.Demand;
import io.isthmus.domain.placement.Hindrance;
import io.isthmus.domain.placement.PlacementFilter;
import io.isthmus.domain.placement.RuleRefusal;
import io.isthmus.domain.placement.Site;
import java.util.function.Consumer;

/** Networks, images of volumes and volume types that are named must be there. */
public final class CatalogFilter implements PlacementFilter {

  private final Catalog catalog;

  public CatalogFilter(Catalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public void examine(Demand demand, Site site, Consumer<RuleRefusal> refusals) {
    site.region()
        .ifPresent(region -> demand.uses().forEach(use -> examine(use, site, region, refusals)));
  }

  private void examine(
      CatalogUse use, Site site, RegionInventory region, Consumer<RuleRefusal> refusals) {
    switch (use.kind()) {
      case NETWORK ->
          refuse(Hindrance.NETWORK, catalog.network(use, site.cloud(), region), refusals);
      case VOLUME_TYPE ->
          refuse(
              Hindrance.VOLUME_TYPE,
              catalog.volumeType(use.text(), site.cloud(), region),
              refusals);
      case IMAGE ->
          refuse(Hindrance.IMAGE, catalog.image(use.text(), site.cloud(), region), refusals);
      case FLAVOR ->
          refuse(
              Hindrance.FLAVOR, catalog.flavor(use.text(), site.cloud(), region, 0, 0), refusals);
      case COMPUTE_ZONE, VOLUME_ZONE -> {
        // Zones are places of their own; see ZoneFilter.
      }
    }
  }

  private static void refuse(
      Hindrance kind, Catalog.Match<?> match, Consumer<RuleRefusal> refusals) {
    if (match.found().isEmpty()) {
      refusals.accept(RuleRefusal.of(kind, match.why()));
    }
  }
}
