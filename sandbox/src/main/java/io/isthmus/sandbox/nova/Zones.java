package io.isthmus.sandbox.nova;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.cloud.Cloud;
import io.isthmus.sandbox.cloud.Table;
import io.isthmus.sandbox.federation.Federation.ZoneSpec;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.http.Service;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The availability zones of a region: what they can carry and what they do carry. */
public final class Zones {
  private static final int HOSTS = 8;

  /**
   * A place for a server.
   *
   * @param host name of a host in the zone
   */
  record Place(String zone, String host) {}

  private final Cloud cloud;
  private final String region;

  public Zones(Cloud cloud, String region) {
    this.cloud = cloud;
    this.region = region;
  }

  private Table changed() {
    return cloud.region(region).table("capacity");
  }

  private Table servers() {
    return cloud.region(region).table("servers");
  }

  /** The zones with their capacity as it is now. */
  public List<ZoneSpec> all() {
    return cloud.spec().regions().stream()
        .filter(r -> r.name().equals(region))
        .flatMap(r -> r.zones().stream())
        .map(this::current)
        .toList();
  }

  private ZoneSpec current(ZoneSpec zone) {
    return changed()
        .find(zone.name())
        .map(
            row ->
                new ZoneSpec(
                    zone.name(),
                    row.path("vcpus").asInt(zone.vcpus()),
                    row.path("ram_mb").asInt(zone.ramMb()),
                    row.path("disk_gb").asInt(zone.diskGb())))
        .orElse(zone);
  }

  /** Changes what a zone can carry; servers that are there stay. */
  public void change(String zone, String what, int value) {
    ObjectNode row = changed().find(zone).orElseGet(() -> Json.obj().put("id", zone));
    changed().put(row.put(what, value));
  }

  List<String> hosts(String zone) {
    return IntStream.rangeClosed(1, HOSTS)
        .mapToObj(n -> "compute-" + n + "." + zone + "." + cloud.spec().name())
        .toList();
  }

  /**
   * Finds a place: the zone with the largest free share of memory, its host with the fewest
   * servers.
   *
   * @param wanted a zone, or null for any
   * @param avoid hosts that will not do
   * @param only hosts that will do, any when empty
   */
  Optional<Place> place(ObjectNode server, String wanted, Set<String> avoid, Set<String> only) {
    if (cloud.weather().exhausted("capacity", Service.COMPUTE, region)) {
      return Optional.empty();
    }
    return all().stream()
        .filter(zone -> wanted == null || zone.name().equals(wanted))
        .filter(zone -> fits(zone, server))
        .sorted(Comparator.comparingDouble(this::load))
        .flatMap(
            zone ->
                hosts(zone.name()).stream()
                    .filter(host -> !avoid.contains(host))
                    .filter(host -> only.isEmpty() || only.contains(host))
                    .sorted(Comparator.comparingLong(this::count))
                    .map(host -> new Place(zone.name(), host)))
        .findFirst();
  }

  private boolean fits(ZoneSpec zone, ObjectNode server) {
    var flavor = server.get("_flavor");
    return used(zone.name(), "vcpus") + flavor.get("vcpus").asInt() <= zone.vcpus()
        && used(zone.name(), "ram") + flavor.get("ram").asInt() <= zone.ramMb()
        && used(zone.name(), "disk") + flavor.get("disk").asInt() <= zone.diskGb();
  }

  private double load(ZoneSpec zone) {
    return (double) used(zone.name(), "ram") / zone.ramMb();
  }

  private long count(String host) {
    return servers().stream().filter(s -> host.equals(Json.text(s, "_host"))).count();
  }

  private int used(String zone, String what) {
    return servers().stream()
        .filter(s -> s.has("_host") && zone.equals(Json.text(s, "_zone")))
        // Until a resize is confirmed, both flavors have their place.
        .mapToInt(
            s -> s.get("_flavor").get(what).asInt() + s.path("_old_flavor").path(what).asInt())
        .sum();
  }
}
