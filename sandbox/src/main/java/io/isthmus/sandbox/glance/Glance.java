package io.isthmus.sandbox.glance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.cloud.Cloud;
import io.isthmus.sandbox.cloud.Table;
import io.isthmus.sandbox.federation.Federation.ImageSpec;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.keystone.Keystone;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** The images of one region. */
public final class Glance {
  private final Cloud cloud;
  private final String region;

  public Glance(Cloud cloud, String region) {
    this.cloud = cloud;
    this.region = region;
  }

  Table images() {
    return cloud.region(region).table("images");
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
        accept(row, store(id, new ByteArrayInputStream(data)));
      }
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

  /**
   * What was stored.
   *
   * @param size bytes
   */
  record Stored(long size, String md5, String sha512) {}

  Path file(String id) {
    return cloud.files().resolve(cloud.spec().name() + "-" + region + "-" + id + ".image");
  }

  /** Writes an image's data; needs no lock. */
  Stored store(String id, InputStream data) {
    Path file = file(id);
    try {
      Files.createDirectories(file.getParent());
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      MessageDigest sha = MessageDigest.getInstance("SHA-512");
      long size;
      try (OutputStream out =
          new DigestOutputStream(new DigestOutputStream(Files.newOutputStream(file), md5), sha)) {
        size = data.transferTo(out);
      }
      return new Stored(
          size, HexFormat.of().formatHex(md5.digest()), HexFormat.of().formatHex(sha.digest()));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  void accept(ObjectNode row, Stored stored) {
    row.put("size", stored.size()).put("checksum", stored.md5()).put("status", "active");
    row.put("os_hash_algo", "sha512").put("os_hash_value", stored.sha512());
    row.put("updated_at", Json.seconds(cloud.now()));
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
