package io.isthmus.sandbox.nova;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.cloud.Cloud;
import io.isthmus.sandbox.cloud.Synthetic.Thing;
import io.isthmus.sandbox.cloud.SyntheticProject;
import io.isthmus.sandbox.federation.Federation.FlavorSpec;
import io.isthmus.sandbox.federation.Federation.ZoneSpec;
import io.isthmus.sandbox.http.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The servers that are in a region by rule. */
final class SyntheticServers {
  private final Cloud cloud;
  private final String region;
  private final List<FlavorSpec> flavors;
  private final List<String> zones;

  SyntheticServers(Cloud cloud, String region, Flavors flavors) {
    this.cloud = cloud;
    this.region = region;
    this.flavors = flavors.all();
    this.zones =
        cloud.spec().regions().stream()
            .filter(r -> r.name().equals(region))
            .flatMap(r -> r.zones().stream())
            .map(ZoneSpec::name)
            .toList();
  }

  Optional<SyntheticProject> of(String projectId) {
    return Optional.ofNullable(cloud.synthetic(region).get(projectId));
  }

  /** All that are there, of all projects, with those that are gone if wanted. */
  Stream<ObjectNode> rows(boolean withGone) {
    return cloud.synthetic(region).values().stream()
        .flatMap(
            project ->
                (withGone
                        ? project
                            .servers()
                            .part(
                                false,
                                java.util.OptionalInt.empty(),
                                Integer.MAX_VALUE,
                                null,
                                any -> true)
                            .stream()
                        : project.servers().all())
                    .map(thing -> row(project, thing)));
  }

  Optional<ObjectNode> find(String id) {
    return cloud.synthetic(region).values().stream()
        .flatMap(
            project ->
                project.servers().find(id).stream()
                    .filter(project.servers()::exists)
                    .mapToObj(index -> row(project, project.servers().thing(index))))
        .findFirst();
  }

  /** How much of something all of a project's have together. */
  int used(String projectId, String what) {
    return of(projectId)
        .map(
            project ->
                what.equals("instances")
                    ? project.servers().count()
                    : project
                        .servers()
                        .all()
                        .mapToInt(thing -> size(flavor(thing.index()), what))
                        .sum())
        .orElse(0);
  }

  private static int size(FlavorSpec flavor, String what) {
    return switch (what) {
      case "vcpus" -> flavor.vcpus();
      case "ram" -> flavor.ram();
      default -> flavor.disk();
    };
  }

  private FlavorSpec flavor(int index) {
    return flavors.get(index % flavors.size());
  }

  /** As Nova keeps others. */
  ObjectNode row(SyntheticProject project, Thing thing) {
    int index = thing.index();
    FlavorSpec flavor = flavor(index);
    ObjectNode row = Json.obj().put("id", thing.id()).put("name", thing.name("server"));
    // One in ten is off and one in fifty is broken; a change sets right what was broken.
    boolean broken = index % 50 == 7 && thing.revision() == 0;
    boolean off = !broken && (index + thing.revision()) % 10 == 3;
    row.put("status", thing.gone() ? "DELETED" : broken ? "ERROR" : off ? "SHUTOFF" : "ACTIVE");
    row.put("_vm", thing.gone() ? "deleted" : broken ? "error" : off ? "stopped" : "active");
    row.put("_power", thing.gone() || broken ? 0 : off ? 4 : 1);
    row.put("_project", project.projectId()).put("user_id", project.userId());
    row.putObject("metadata").put("os_distro", index % 3 == 0 ? "debian" : "ubuntu");
    ObjectNode kept = row.putObject("_flavor").put("id", flavor.id()).put("name", flavor.name());
    kept.put("vcpus", flavor.vcpus()).put("ram", flavor.ram()).put("disk", flavor.disk());
    kept.set("extra_specs", Flavors.extraSpecs(flavor));
    var images = cloud.spec().images();
    row.put(
        "_image",
        images.isEmpty()
            ? null
            : cloud.seededId(region + "/image/" + images.get(index % images.size()).name()));
    row.put("created", Json.seconds(thing.created())).put("updated", Json.seconds(thing.updated()));
    row.put("_created", Json.micros(thing.created()));
    String zone = zones.get(index % zones.size());
    row.put("_zone", zone).put("_host", zone + "-" + index % 8).putNull("key_name");
    row.put("launched_at", Json.micros(thing.created()));
    row.set("tags", Json.arr());
    row.putArray("_volumes");
    if (project.attached(index)) {
      row.withArray("_volumes").addObject().put("id", project.volumes().id(index));
    }
    if (broken) {
      row.putObject("fault")
          .put("code", 500)
          .put("created", Json.seconds(thing.updated()))
          .put("message", "No valid host was found. There are not enough hosts available.");
    }
    ObjectNode addresses = row.putObject("_addresses");
    if (project.ports().exists(index)) {
      addresses
          .putArray(project.networkName())
          .addObject()
          .put("version", 4)
          .put("addr", SyntheticProject.address(index))
          .put("OS-EXT-IPS:type", "fixed")
          .put("OS-EXT-IPS-MAC:mac_addr", SyntheticProject.mac(index));
    }
    return row;
  }
}
