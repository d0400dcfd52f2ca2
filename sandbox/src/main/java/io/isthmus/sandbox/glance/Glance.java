package io.isthmus.sandbox.glance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.cloud.Cloud;
import io.isthmus.sandbox.cloud.Quotas;
import io.isthmus.sandbox.cloud.Table;
import io.isthmus.sandbox.federation.Federation.ImageSpec;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.keystone.Keystone;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The images of one region. */
public final class Glance {
  private static final long MIB = 1024L * 1024;
  private static final Set<String> UPLOADING = Set.of("saving", "uploading", "importing");

  private final Cloud cloud;
  private final String region;
  private final Quotas quotas;
  private final Contents contents;

  public Glance(Cloud cloud, String region, Quotas quotas) {
    this.cloud = cloud;
    this.region = region;
    this.quotas = quotas;
    this.contents = new Contents(cloud.files(), cloud.spec().name() + "-" + region);
  }

  Contents contents() {
    return contents;
  }

  String region() {
    return region;
  }

  Table images() {
    return cloud.region(region).table("images");
  }

  /** By which images come in, beside plain uploads. */
  List<String> importMethods() {
    return cloud.spec().imageImports();
  }

  Cloud cloud() {
    return cloud;
  }

  /** Brings in the images that the federation file names, unless they are there. */
  public void seed() {
    for (ImageSpec spec : cloud.spec().images()) {
      String id = cloud.seededId(region + "/image/" + spec.name());
      if (images().find(id).isEmpty()) {
        ObjectNode row = blank(id, Keystone.adminProjectId(cloud));
        row.put("name", spec.name()).put("visibility", "public");
        row.put("disk_format", "qcow2").put("container_format", "bare");
        row.put("min_disk", spec.minDisk()).put("min_ram", spec.minRam());
        if (spec.osDistro() != null) {
          row.put("os_distro", spec.osDistro());
        }
        if (spec.osVersion() != null) {
          row.put("os_version", spec.osVersion());
        }
        images().put(row);
        byte[] data =
            ("made-up image " + spec.name() + "\n").repeat(64).getBytes(StandardCharsets.UTF_8);
        accept(row, stored(id, data));
      }
    }
  }

  private Contents.Stored stored(String id, byte[] data) {
    try {
      return contents.store(id, new ByteArrayInputStream(data));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  ObjectNode blank(String id, String owner) {
    String now = Json.seconds(cloud.now());
    ObjectNode row = Json.obj().put("id", id);
    row.putNull("name").putNull("disk_format").putNull("container_format");
    row.put("visibility", "shared").putNull("size").putNull("virtual_size").put("status", "queued");
    row.putNull("checksum").put("protected", false).put("min_ram", 0).put("min_disk", 0);
    row.put("owner", owner)
        .put("os_hidden", false)
        .putNull("os_hash_algo")
        .putNull("os_hash_value");
    row.put("created_at", now).put("updated_at", now);
    row.set("tags", Json.arr());
    return row;
  }

  void accept(ObjectNode row, Contents.Stored stored) {
    row.put("size", stored.size()).put("checksum", stored.md5()).put("status", "active");
    row.put("os_hash_algo", "sha512").put("os_hash_value", stored.sha512());
    row.put("updated_at", Json.seconds(cloud.now()));
  }

  /** Refuses one more image where the project's limit is reached. */
  void requireRoomForOneMore(String projectId) {
    long count = ofProject(projectId).count();
    require(projectId, "image_count_total", count, 1);
  }

  /** Refuses content where limits are passed already, for Glance looks no further ahead. */
  void requireRoomForContent(String projectId) {
    require(projectId, "image_size_total", size(projectId, Set.of("active", "saving")), 0);
  }

  void requireRoomForStaging(String projectId) {
    require(projectId, "image_stage_total", size(projectId, Set.of("uploading", "importing")), 0);
  }

  /** Refuses more images on their way than the limit says; the one at hand is counted. */
  void requireRoomForUpload(String projectId) {
    long count =
        ofProject(projectId).filter(row -> UPLOADING.contains(row.get("status").asText())).count();
    require(projectId, "image_count_uploading", count, 0);
  }

  private long size(String projectId, Set<String> statuses) {
    return ofProject(projectId)
            .filter(row -> statuses.contains(row.get("status").asText()))
            .mapToLong(row -> row.path("size").asLong(0))
            .sum()
        / MIB;
  }

  private Stream<ObjectNode> ofProject(String projectId) {
    return images().stream().filter(row -> row.get("owner").asText().equals(projectId));
  }

  private void require(String projectId, String name, long usage, long delta) {
    int limit = quotas.limit(projectId, name);
    if (limit >= 0 && usage + delta > limit) {
      throw Fault.of(
          413,
          "",
          "Project "
              + projectId
              + " is over a limit for [Resource "
              + name
              + " is over limit of "
              + limit
              + " due to current usage "
              + usage
              + " and delta "
              + delta
              + "]");
    }
  }

  boolean visible(ObjectNode row, String projectId, boolean admin) {
    String visibility = row.get("visibility").asText();
    return admin
        || row.get("owner").asText().equals(projectId)
        || visibility.equals("public")
        || visibility.equals("community");
  }

  /** The image, if the project may use it. */
  public Optional<ObjectNode> image(String id, String projectId, boolean admin) {
    return images().find(id).filter(row -> visible(row, projectId, admin));
  }
}
