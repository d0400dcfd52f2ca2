package io.isthmus.domain.placement.filter;

import io.isthmus.domain.cloud.Flavor;
import io.isthmus.domain.cloud.Image;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Catalog;
import io.isthmus.domain.placement.Demand;
import io.isthmus.domain.placement.Hindrance;
import io.isthmus.domain.placement.PlacementFilter;
import io.isthmus.domain.placement.RuleRefusal;
import io.isthmus.domain.placement.Site;
import java.util.Optional;
import java.util.function.Consumer;

/** Each server needs an image and a flavor that is large enough for it. */
public final class FlavorFitFilter implements PlacementFilter {

  private final Catalog catalog;

  public FlavorFitFilter(Catalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public void examine(Demand demand, Site site, Consumer<RuleRefusal> refusals) {
    site.region()
        .ifPresent(
            region -> {
              for (Demand.ServerDemand server : demand.servers()) {
                examine(server, site, region, refusals);
              }
            });
  }

  private void examine(
      Demand.ServerDemand server,
      Site site,
      RegionInventory region,
      Consumer<RuleRefusal> refusals) {
    Optional<Catalog.Match<Image>> image =
        server.image().map(use -> catalog.image(use.text(), site.cloud(), region));
    image
        .filter(match -> match.found().isEmpty())
        .ifPresent(match -> refusals.accept(RuleRefusal.of(Hindrance.IMAGE, match.why())));
    Optional<Image> found = image.flatMap(Catalog.Match::found);
    // What the project keeps is brought there; only the flavor has to suit it.
    Optional<Demand.Kept> kept = server.kept();
    String name = kept.map(Demand.Kept::name).or(() -> found.map(Image::name)).orElse("");
    long leastRam =
        kept.map(Demand.Kept::minRamMiB).or(() -> found.map(Image::minRamMiB)).orElse(0L);
    long leastDisk =
        kept.map(Demand.Kept::minDiskGiB).or(() -> found.map(Image::minDiskGiB)).orElse(0L);
    if (server.flavor().isEmpty()) {
      return;
    }
    Catalog.Match<Flavor> match =
        catalog.flavor(server.flavor().get().text(), site.cloud(), region, leastRam, leastDisk);
    if (match.found().isEmpty()) {
      refusals.accept(RuleRefusal.of(Hindrance.FLAVOR, match.why()));
      return;
    }
    Flavor flavor = match.found().get();
    if (flavor.ramMiB() < leastRam) {
      refusals.accept(
          RuleRefusal.of(
              Hindrance.FLAVOR,
              Phrase.of(
                  "placement.flavor.too-little-ram",
                  flavor.name(),
                  flavor.ramMiB(),
                  name,
                  leastRam)));
    }
    if (flavor.diskGiB() > 0 && flavor.diskGiB() < leastDisk) {
      refusals.accept(
          RuleRefusal.of(
              Hindrance.FLAVOR,
              Phrase.of(
                  "placement.flavor.too-little-disk",
                  flavor.name(),
                  flavor.diskGiB(),
                  name,
                  leastDisk)));
    }
  }
}
