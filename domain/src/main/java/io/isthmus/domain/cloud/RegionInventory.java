package io.isthmus.domain.cloud;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one project finds in one region.
 *
 * @param zones availability zones that accept servers
 * @param volumeZones availability zones that accept volumes
 * @param networkExtensions Neutron's extension aliases
 * @param limits a kind that the region does not tell is absent, which is not the same as unlimited
 * @param capacity what the hardware can hold and what all projects use of it; clouds tell it to
 *     administrators only
 */
public record RegionInventory(
    String region,
    List<String> zones,
    List<String> volumeZones,
    List<Flavor> flavors,
    List<Image> images,
    List<Network> networks,
    List<String> volumeTypes,
    Map<String, Service> services,
    Set<String> networkExtensions,
    Map<LimitKind, Limit> limits,
    Map<LimitKind, Limit> capacity) {

  public RegionInventory {
    zones = List.copyOf(zones);
    volumeZones = List.copyOf(volumeZones);
    flavors = List.copyOf(flavors);
    images = List.copyOf(images);
    networks = List.copyOf(networks);
    volumeTypes = List.copyOf(volumeTypes);
    services = Map.copyOf(services);
    networkExtensions = Set.copyOf(networkExtensions);
    limits = Map.copyOf(limits);
    capacity = Map.copyOf(capacity);
  }

  /** With what is reserved of its quotas. */
  RegionInventory reserving(Map<LimitKind, Long> reserved) {
    if (reserved.isEmpty()) {
      return this;
    }
    Map<LimitKind, Limit> left = new EnumMap<>(LimitKind.class);
    limits.forEach(
        (kind, limit) -> left.put(kind, limit.reserving(reserved.getOrDefault(kind, 0L))));
    return new RegionInventory(
        region,
        zones,
        volumeZones,
        flavors,
        images,
        networks,
        volumeTypes,
        services,
        networkExtensions,
        left,
        capacity);
  }

  /** Whether a service of this official type is there and answers. */
  public boolean offers(String serviceType) {
    return Optional.ofNullable(services.get(serviceType))
        .filter(service -> service.problem().isEmpty())
        .isPresent();
  }
}
