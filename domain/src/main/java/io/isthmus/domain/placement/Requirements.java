package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.cloud.Flavor;
import io.isthmus.domain.cloud.Image;
import io.isthmus.domain.cloud.Measure;
import io.isthmus.domain.cloud.PriceItem;
import io.isthmus.domain.cloud.RegionInventory;
import java.util.Optional;

/** What a demand counts in one region, with the flavors that it would get there. */
public final class Requirements {

  private Requirements() {}

  /** By {@link io.isthmus.domain.cloud.LimitKind#ordinal()}. */
  public static long[] amounts(
      Demand demand, CloudView cloud, RegionInventory region, Catalog catalog) {
    long[] amounts = Amounts.none();
    for (int kind = 0; kind < amounts.length; kind++) {
      amounts[kind] = demand.counts().get(kind);
    }
    for (Demand.ServerDemand server : demand.servers()) {
      flavor(server, cloud, region, catalog)
          .found()
          .ifPresent(flavor -> Amounts.addServer(amounts, flavor));
    }
    return amounts;
  }

  /** The flavor that a server gets in a region; a substitute is large enough for its image. */
  static Catalog.Match<Flavor> flavor(
      Demand.ServerDemand server, CloudView cloud, RegionInventory region, Catalog catalog) {
    if (server.flavor().isEmpty()) {
      return Catalog.Match.none(
          io.isthmus.domain.language.Phrase.of("placement.flavor.not-known-yet"));
    }
    Optional<Image> image =
        server.image().flatMap(use -> catalog.image(use.text(), cloud, region).found());
    return catalog.flavor(
        server.flavor().get().text(),
        cloud,
        region,
        server.kept().map(Demand.Kept::minRamMiB).or(() -> image.map(Image::minRamMiB)).orElse(0L),
        server
            .kept()
            .map(Demand.Kept::minDiskGiB)
            .or(() -> image.map(Image::minDiskGiB))
            .orElse(0L));
  }

  /** What of a server is paid for in a region; empty when its flavor is not known. */
  static Optional<Measure> measure(
      Demand.ServerDemand server, CloudView cloud, RegionInventory region, Catalog catalog) {
    return flavor(server, cloud, region, catalog)
        .found()
        .map(flavor -> new Measure(PriceItem.flavor(flavor.name()), 1));
  }

  /**
   * What of a volume is paid for in a region; which type it gets when it asks for none is not
   * known.
   */
  static Measure measure(
      Demand.VolumeDemand volume, CloudView cloud, RegionInventory region, Catalog catalog) {
    String type =
        volume
            .type()
            .flatMap(use -> catalog.volumeType(use.text(), cloud, region).found())
            .orElse("");
    return new Measure(PriceItem.volume(type), volume.gib());
  }
}
