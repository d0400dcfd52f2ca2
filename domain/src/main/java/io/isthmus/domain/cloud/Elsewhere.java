package io.isthmus.domain.cloud;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Everywhere but where something stood before, for what shall be there again. Pure. */
public final class Elsewhere {

  private Elsewhere() {}

  /**
   * All of some clouds but what holds one of some places: whole clouds, or regions, or zones.
   *
   * @param homes each with a zone where it has one
   */
  public static List<Area> of(Collection<CloudView> clouds, Set<Place> homes) {
    List<Area> areas = new ArrayList<>();
    clouds.forEach(cloud -> areas.addAll(of(cloud, homes)));
    return areas;
  }

  private static List<Area> of(CloudView cloud, Set<Place> homes) {
    List<Place> here = homes.stream().filter(home -> home.cloud().equals(cloud.id())).toList();
    if (here.isEmpty()) {
      return List.of(Area.of(cloud.id()));
    }
    List<Area> areas = new ArrayList<>();
    cloud
        .inventory()
        .ifPresent(
            known -> known.regions().forEach(region -> areas.addAll(of(cloud, region, here))));
    return areas;
  }

  private static List<Area> of(CloudView cloud, RegionInventory region, List<Place> here) {
    List<Place> inRegion =
        here.stream().filter(home -> home.region().equals(region.region())).toList();
    if (inRegion.isEmpty()) {
      return List.of(Area.of(cloud.id(), region.region()));
    }
    Set<String> zones =
        inRegion.stream()
            .flatMap(home -> home.availabilityZone().stream())
            .collect(Collectors.toSet());
    boolean anyWithout = inRegion.stream().anyMatch(home -> home.availabilityZone().isEmpty());
    return anyWithout
        ? List.of()
        : region.zones().stream()
            .filter(zone -> !zones.contains(zone))
            .map(zone -> Area.of(cloud.id(), region.region(), zone))
            .toList();
  }
}
