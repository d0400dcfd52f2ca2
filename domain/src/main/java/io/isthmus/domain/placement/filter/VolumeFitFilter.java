package io.isthmus.domain.placement.filter;

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
import java.util.stream.Stream;

/**
 * Each volume, and disk of a server, that is made of an image has to be as large as the image says;
 * Cinder refuses it otherwise.
 *
 * @see "cinder/image/image_utils.py check_image_metadata"
 */
public final class VolumeFitFilter implements PlacementFilter {

  private final Catalog catalog;

  public VolumeFitFilter(Catalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public void examine(Demand demand, Site site, Consumer<RuleRefusal> refusals) {
    site.region()
        .ifPresent(
            region -> {
              Stream.concat(
                      demand.volumes().stream().map(Demand.VolumeDemand::disk),
                      demand.servers().stream().flatMap(server -> server.disks().stream()))
                  .forEach(disk -> examine(disk, site, region, refusals));
            });
  }

  private void examine(
      Demand.DiskDemand disk, Site site, RegionInventory region, Consumer<RuleRefusal> refusals) {
    Optional<Image> found =
        disk.image().flatMap(use -> catalog.image(use.text(), site.cloud(), region).found());
    Optional<Demand.Kept> kept = disk.kept();
    long leastDisk =
        kept.map(Demand.Kept::minDiskGiB).or(() -> found.map(Image::minDiskGiB)).orElse(0L);
    if (disk.gib() < leastDisk) {
      refusals.accept(
          RuleRefusal.of(
              Hindrance.IMAGE,
              Phrase.of(
                  "placement.image.volume-too-small",
                  disk.gib(),
                  kept.map(Demand.Kept::name).or(() -> found.map(Image::name)).orElse(""),
                  leastDisk)));
    }
  }
}
