package io.isthmus.rest.cloud;

import io.isthmus.domain.cloud.CloudInventory;
import io.isthmus.domain.cloud.Limit;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.RegionInventory;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a project finds in a cloud.
 *
 * @param takenAt when it was read
 */
public record InventoryBody(String takenAt, List<RegionBody> regions) {

  /** One region. */
  public record RegionBody(
      String region,
      List<String> availabilityZones,
      List<String> volumeZones,
      List<FlavorBody> flavors,
      List<ImageBody> images,
      List<NetworkBody> networks,
      List<String> volumeTypes,
      List<ServiceBody> services,
      List<String> networkExtensions,
      Map<String, LimitBody> limits,
      Map<String, LimitBody> capacity) {}

  /** A size of server; memory in MiB, disk in GiB. */
  public record FlavorBody(String id, String name, int vcpus, long ramMib, long diskGib) {}

  /** An image. */
  public record ImageBody(String id, String name, String osDistro, String osVersion) {}

  /** A network that is there already. */
  public record NetworkBody(String id, String name, boolean external) {}

  /** A service; {@code problem} when it does not answer. */
  public record ServiceBody(String type, String endpoint, String version, String problem) {}

  /** A quota; {@code maximum} −1 when unlimited, {@code reserved} by stacks beside what is used. */
  public record LimitBody(long maximum, long used, long reserved) {
    static LimitBody of(Limit limit) {
      return new LimitBody(limit.maximum(), limit.used(), limit.reserved());
    }
  }

  static InventoryBody of(CloudInventory inventory, Locale locale) {
    return new InventoryBody(
        inventory.takenAt().toString(),
        inventory.regions().stream().map(region -> region(region, locale)).toList());
  }

  private static RegionBody region(RegionInventory region, Locale locale) {
    return new RegionBody(
        region.region(),
        region.zones(),
        region.volumeZones(),
        region.flavors().stream()
            .map(
                flavor ->
                    new FlavorBody(
                        flavor.id(),
                        flavor.name(),
                        flavor.vcpus(),
                        flavor.ramMiB(),
                        flavor.diskGiB()))
            .toList(),
        region.images().stream()
            .map(
                image ->
                    new ImageBody(
                        image.id(),
                        image.name(),
                        image.osDistro().orElse(null),
                        image.osVersion().orElse(null)))
            .toList(),
        region.networks().stream()
            .map(network -> new NetworkBody(network.id(), network.name(), network.external()))
            .toList(),
        region.volumeTypes(),
        region.services().values().stream()
            .sorted(Comparator.comparing(service -> service.type()))
            .map(
                service ->
                    new ServiceBody(
                        service.type(),
                        service.endpoint(),
                        service.version().orElse(null),
                        service.problem().map(problem -> problem.in(locale)).orElse(null)))
            .toList(),
        region.networkExtensions().stream().sorted().toList(),
        limits(region.limits()),
        limits(region.capacity()));
  }

  private static Map<String, LimitBody> limits(Map<LimitKind, Limit> limits) {
    Map<String, LimitBody> bodies = new TreeMap<>();
    limits.forEach(
        (kind, limit) -> bodies.put(kind.name().toLowerCase(Locale.ROOT), LimitBody.of(limit)));
    return bodies;
  }
}
