package io.isthmus.ui.price;

import io.isthmus.domain.cloud.CloudDetails;
import io.isthmus.domain.cloud.Flavor;
import io.isthmus.domain.cloud.PriceItem;
import io.isthmus.domain.cloud.PriceList;
import io.isthmus.domain.cloud.RegionInventory;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What of a cloud can have a price: what all accesses together find there. */
record Offered(List<String> flavors, List<String> volumeTypes) {

  static Offered by(CloudDetails cloud) {
    List<RegionInventory> regions =
        cloud.accesses().stream()
            .flatMap(access -> access.inventory().stream())
            .flatMap(inventory -> inventory.regions().stream())
            .toList();
    return new Offered(
        names(
            regions.stream()
                .map(RegionInventory::flavors)
                .flatMap(Collection::stream)
                .map(Flavor::name)),
        names(regions.stream().map(RegionInventory::volumeTypes).flatMap(Collection::stream)));
  }

  private static List<String> names(Stream<String> all) {
    return all.filter(name -> !name.isBlank()).distinct().sorted().toList();
  }

  List<String> of(PriceItem.Kind kind) {
    return switch (kind) {
      case FLAVOR_HOUR -> flavors;
      case VOLUME_GIB_MONTH -> volumeTypes;
      case ADDRESS_HOUR, EGRESS_GIB -> List.of();
    };
  }

  /** What has no price in a list, and so no known cost. */
  List<PriceItem> lacking(Optional<PriceList> prices) {
    return Stream.concat(
            flavors.stream().map(PriceItem::flavor), volumeTypes.stream().map(PriceItem::volume))
        .filter(item -> prices.flatMap(list -> list.of(item)).isEmpty())
        .toList();
  }
}
