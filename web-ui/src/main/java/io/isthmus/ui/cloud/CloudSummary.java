package io.isthmus.ui.cloud;

import io.isthmus.domain.cloud.CloudDetails;
import io.isthmus.domain.cloud.CloudDetails.AccessDetails;
import io.isthmus.domain.cloud.CloudInventory;
import io.isthmus.domain.cloud.Limit;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.domain.cloud.Service;
import io.isthmus.ui.element.Meter;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** What all accesses to a cloud find there, counted together. */
final class CloudSummary {

  private final CloudDetails cloud;
  private final TreeMap<String, Set<String>> zones = new TreeMap<>();

  CloudSummary(CloudDetails cloud) {
    this.cloud = cloud;
    cloud.cloud().facts().regions().keySet().forEach(region -> zones.put(region, Set.of()));
    regions()
        .forEach(
            region ->
                zones.merge(region.region(), new TreeSet<>(region.zones()), CloudSummary::union));
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    Set<String> all = new TreeSet<>(one);
    all.addAll(other);
    return all;
  }

  private Stream<RegionInventory> regions() {
    return cloud.accesses().stream()
        .map(AccessDetails::inventory)
        .flatMap(Optional::stream)
        .map(CloudInventory::regions)
        .flatMap(List::stream);
  }

  /** Regions by name with their zones; those known from the facts only have none. */
  TreeMap<String, Set<String>> zones() {
    return zones;
  }

  boolean isLookedAt() {
    return cloud.accesses().stream().anyMatch(access -> access.inventory().isPresent());
  }

  /** How many different ones of something the regions have. */
  <T> int distinct(Function<RegionInventory, Collection<T>> what, Function<T, Object> key) {
    return (int) regions().map(what).flatMap(Collection::stream).map(key).distinct().count();
  }

  /** Service types found in any region, by name. */
  List<String> services() {
    return regions()
        .flatMap(region -> region.services().keySet().stream())
        .distinct()
        .sorted()
        .toList();
  }

  /** Service types that do not answer in some region, with the region. */
  List<String> silent() {
    return regions()
        .flatMap(
            region ->
                region.services().values().stream()
                    .filter(service -> service.problem().isPresent())
                    .map(Service::type)
                    .map(type -> type + " (" + region.region() + ")"))
        .distinct()
        .sorted()
        .toList();
  }

  /** The sum over accesses and regions; unlimited when one is; empty when none tells it. */
  Optional<Limit> limit(LimitKind kind) {
    return regions()
        .map(region -> Optional.ofNullable(region.limits().get(kind)))
        .flatMap(Optional::stream)
        .reduce(
            (one, other) ->
                new Limit(
                    one.maximum() < 0 || other.maximum() < 0 ? -1 : one.maximum() + other.maximum(),
                    one.used() + other.used()));
  }

  /** How full its fullest limit is, in percent. */
  int fullest() {
    return regions()
        .flatMap(region -> region.limits().values().stream())
        .mapToInt(Meter::percent)
        .max()
        .orElse(0);
  }
}
