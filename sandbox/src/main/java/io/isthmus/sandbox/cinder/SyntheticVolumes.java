package io.isthmus.sandbox.cinder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.cloud.Cloud;
import io.isthmus.sandbox.cloud.Synthetic.Thing;
import io.isthmus.sandbox.cloud.SyntheticProject;
import io.isthmus.sandbox.http.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The volumes that are in a region by rule. */
final class SyntheticVolumes {
  private final Cloud cloud;
  private final String region;
  private final List<String> zones;

  SyntheticVolumes(Cloud cloud, String region, List<String> zones) {
    this.cloud = cloud;
    this.region = region;
    this.zones = zones;
  }

  Optional<SyntheticProject> of(String projectId) {
    return Optional.ofNullable(cloud.synthetic(region).get(projectId));
  }

  /** All that are there, of all projects. */
  Stream<ObjectNode> rows() {
    return cloud.synthetic(region).values().stream()
        .flatMap(project -> project.volumes().all().map(thing -> row(project, thing)));
  }

  Optional<ObjectNode> find(String id) {
    return cloud.synthetic(region).values().stream()
        .flatMap(
            project ->
                project.volumes().find(id).stream()
                    .filter(project.volumes()::exists)
                    .mapToObj(index -> row(project, project.volumes().thing(index))))
        .findFirst();
  }

  int count(String projectId) {
    return of(projectId).map(project -> project.volumes().count()).orElse(0);
  }

  /** GiB. */
  int gigabytes(String projectId) {
    return of(projectId)
        .map(project -> project.volumes().all().mapToInt(thing -> size(thing.index())).sum())
        .orElse(0);
  }

  private static int size(int index) {
    return 1 + index % 20;
  }

  /** As Cinder keeps others. */
  ObjectNode row(SyntheticProject project, Thing thing) {
    int index = thing.index();
    boolean attached = project.attached(index);
    ObjectNode row = Json.obj().put("id", thing.id());
    row.put("status", attached ? "in-use" : "available").put("size", size(index));
    row.put("availability_zone", zones.get(index % zones.size()));
    row.put("created_at", Json.micros(thing.created()));
    row.put("updated_at", Json.micros(thing.updated()));
    row.put("name", thing.name("volume")).putNull("description");
    List<String> types = cloud.spec().volumeTypes();
    String type = types.isEmpty() ? null : types.get(index % types.size());
    row.put("volume_type", type);
    row.put(
        "volume_type_id", type == null ? null : cloud.seededId(region + "/volume-type/" + type));
    row.putNull("snapshot_id").putNull("source_volid");
    row.set("metadata", Json.obj());
    row.put("user_id", project.userId()).put("bootable", "false").put("encrypted", false);
    row.putNull("replication_status").putNull("consistencygroup_id").put("multiattach", false);
    row.putArray("attachments");
    if (attached) {
      row.withArray("attachments")
          .addObject()
          .put("id", thing.id())
          .put("attachment_id", cloud.seededId(thing.id()))
          .put("volume_id", thing.id())
          .put("server_id", project.servers().id(index))
          .putNull("host_name")
          .put("device", "/dev/vdb")
          .put("attached_at", Json.micros(thing.created()));
    }
    return row.put("_project", project.projectId());
  }
}
