package io.isthmus.domain.cloud;

import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The regions and zones that clouds have by all that was ever read of them. */
@ApplicationScoped
public class KnownAreas {

  private CloudStore store;
  private CloudLooks looks;

  @Inject
  KnownAreas(CloudStore store, CloudLooks looks) {
    this.store = store;
    this.looks = looks;
  }

  /** For the container's proxies. */
  protected KnownAreas() {}

  /**
   * Accepts an area only if it is there, as far as its cloud was read.
   *
   * @throws FederationFault NOT_FOUND for a cloud that is no member; REQUEST_INVALID for a region
   *     or zone that it does not have, naming those that it has
   */
  public void require(Area area) {
    if (store.find(area.cloud()).isEmpty()) {
      throw FederationFault.notFound("cloud", area.cloud().text());
    }
    if (area.region().isEmpty()) {
      return;
    }
    List<RegionInventory> regions =
        looks.of(area.cloud()).stream()
            .flatMap(seen -> seen.inventory().stream())
            .flatMap(inventory -> inventory.regions().stream())
            .toList();
    String region = area.region().get();
    requireAmong(
        "region", area.cloud().text(), region, regions.stream().map(RegionInventory::region));
    area.availabilityZone()
        .ifPresent(
            zone ->
                requireAmong(
                    "availability_zone",
                    area.cloud() + "/" + region,
                    zone,
                    regions.stream()
                        .filter(one -> one.region().equals(region))
                        .flatMap(one -> Stream.of(one.zones(), one.volumeZones()))
                        .flatMap(Collection::stream)));
  }

  private static void requireAmong(String field, String where, String name, Stream<String> known) {
    Set<String> names = new TreeSet<>(known.toList());
    if (!names.isEmpty() && !names.contains(name)) {
      throw FederationFault.invalid(
          field, Phrase.of("cloud.area-unknown", name, where, String.join(", ", names)));
    }
  }
}
