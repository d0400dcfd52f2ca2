package io.isthmus.sandbox.cinder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.cloud.Cloud;
import io.isthmus.sandbox.cloud.Quotas;
import io.isthmus.sandbox.cloud.Table;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.keystone.Keystone;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The volumes and snapshots of one region. */
public final class Cinder {
  private final Cloud cloud;
  private final String region;
  private final Quotas quotas;
  private final SyntheticVolumes synthetic;

  public Cinder(Cloud cloud, String region, Quotas quotas) {
    this.cloud = cloud;
    this.region = region;
    this.quotas = quotas;
    this.synthetic = new SyntheticVolumes(cloud, region, zones());
    cloud.timers().on("cinder.created@" + region, this::created);
    cloud
        .timers()
        .on("cinder.changed@" + region, id -> volumes().find(id).ifPresent(this::changed));
    cloud.timers().on("cinder.deleted@" + region, id -> volumes().remove(id));
    cloud.timers().on("cinder.snapshot-created@" + region, this::snapshotCreated);
    cloud.timers().on("cinder.snapshot-deleted@" + region, id -> snapshots().remove(id));
    cloud
        .timers()
        .on("cinder.detached@" + region, id -> volumes().find(id).ifPresent(this::detached));
  }

  /** Brings in the volume types that the federation file names. */
  public void seed() {
    for (String name : cloud.spec().volumeTypes()) {
      String id = cloud.seededId(region + "/volume-type/" + name);
      if (types().find(id).isEmpty()) {
        ObjectNode row = Json.obj().put("id", id).put("name", name).put("is_public", true);
        row.putNull("description");
        row.set("extra_specs", Json.obj());
        types().put(row.put("os-volume-type-access:is_public", true));
      }
    }
  }

  Table volumes() {
    return cloud.region(region).table("volumes");
  }

  Table snapshots() {
    return cloud.region(region).table("snapshots");
  }

  Table types() {
    return cloud.region(region).table("volume_types");
  }

  /** Those that are there by rule. */
  SyntheticVolumes synthetic() {
    return synthetic;
  }

  /** How many volumes a project has. */
  int count(String projectId) {
    return (int) volumes().stream().filter(v -> owned(v, projectId)).count()
        + synthetic.count(projectId);
  }

  Quotas quotas() {
    return quotas;
  }

  Cloud cloud() {
    return cloud;
  }

  String region() {
    return region;
  }

  List<String> zones() {
    return cloud.spec().regions().stream()
        .filter(r -> r.name().equals(region))
        .flatMap(r -> r.zones().stream())
        .map(z -> z.name())
        .toList();
  }

  int gigabytes(String projectId) {
    return java.util.stream.Stream.concat(
                volumes().stream().filter(v -> owned(v, projectId)).map(v -> v.get("size")),
                snapshots().stream().filter(s -> owned(s, projectId)).map(s -> s.get("size")))
            .mapToInt(size -> size.asInt())
            .sum()
        + synthetic.gigabytes(projectId);
  }

  static boolean owned(ObjectNode row, String projectId) {
    return row.get("_project").asText().equals(projectId);
  }

  private void checkQuota(String projectId, int more) {
    if (projectId.equals(Keystone.adminProjectId(cloud))) {
      return;
    }
    int limit = quotas.limit(projectId, "gigabytes");
    int used = gigabytes(projectId);
    if (limit >= 0 && used + more > limit) {
      throw Fault.of(
              413,
              "",
              "VolumeSizeExceedsAvailableQuota: Requested volume or snapshot exceeds allowed gigabytes"
                  + " quota. Requested "
                  + more
                  + "G, quota is "
                  + limit
                  + "G and "
                  + used
                  + "G has been consumed.")
          .with("Retry-After", "0");
    }
  }

  /**
   * Starts to make a volume.
   *
   * @param request name, description, size, volume_type, availability_zone, metadata, snapshot_id,
   *     source_volid and imageRef, as the API has them
   * @param image the image that it is made from, or null
   */
  public ObjectNode create(ObjectNode request, String projectId, String userId, ObjectNode image) {
    int size = size(request, image);
    int limit = quotas.limit(projectId, "volumes");
    int count = count(projectId);
    if (limit >= 0 && count >= limit && !projectId.equals(Keystone.adminProjectId(cloud))) {
      throw Fault.of(
              413,
              "",
              "VolumeLimitExceeded: Maximum number of volumes allowed ("
                  + limit
                  + ") exceeded for quota"
                  + " 'volumes'.")
          .with("Retry-After", "0");
    }
    checkQuota(projectId, size);
    String zone = Json.text(request, "availability_zone");
    if (zone != null && !zones().contains(zone)) {
      throw Fault.badRequest("Availability zone '" + zone + "' is invalid.");
    }
    ObjectNode row = Json.obj().put("id", UUID.randomUUID().toString()).put("status", "creating");
    row.put("size", size).put("availability_zone", zone == null ? zones().get(0) : zone);
    String now = Json.micros(cloud.now());
    row.put("created_at", now).putNull("updated_at");
    row.put("name", Json.text(request, "name"))
        .put("description", Json.text(request, "description"));
    ObjectNode type = type(request);
    row.put("volume_type", type == null ? null : type.get("name").asText());
    row.put("volume_type_id", type == null ? null : type.get("id").asText());
    row.put("snapshot_id", Json.text(request, "snapshot_id"));
    row.put("source_volid", Json.text(request, "source_volid"));
    row.set(
        "metadata",
        request.path("metadata").isObject() ? request.get("metadata").deepCopy() : Json.obj());
    row.put("user_id", userId).put("bootable", image == null ? "false" : "true");
    row.put("encrypted", false).putNull("replication_status").putNull("consistencygroup_id");
    row.put("multiattach", false);
    row.set("attachments", Json.arr());
    if (image != null) {
      ObjectNode source = row.putObject("volume_image_metadata");
      source
          .put("image_id", image.get("id").asText())
          .put("image_name", image.path("name").asText());
    }
    row.put("_project", projectId);
    volumes().put(row);
    cloud
        .timers()
        .at(
            cloud.now().plus(cloud.spec().timing().volumeCreate()),
            "cinder.created@" + region,
            row.get("id").asText());
    return row;
  }

  private int size(ObjectNode request, ObjectNode image) {
    String snapshot = Json.text(request, "snapshot_id");
    String source = Json.text(request, "source_volid");
    int least = 0;
    if (snapshot != null) {
      least =
          snapshots()
              .find(snapshot)
              .orElseThrow(() -> Fault.notFound("Snapshot " + snapshot + " could not be found."))
              .get("size")
              .asInt();
    }
    if (source != null) {
      least =
          volumes()
              .find(source)
              .orElseThrow(() -> Fault.notFound("Volume " + source + " could not be found."))
              .get("size")
              .asInt();
    }
    var size = request.path("size");
    if (size.isMissingNode() || size.isNull()) {
      if (least > 0) {
        return least;
      }
      throw Fault.badRequest(
          "The server could not comply with the request since it is either malformed or otherwise"
              + " incorrect.");
    }
    if (!size.asText().matches("[0-9]+")) {
      throw Fault.badRequest(
          "Invalid input for field/attribute size. Value: "
              + size.asText()
              + ". "
              + (size.isTextual()
                  ? "'" + size.asText() + "' does not match '^[0-9]+$'"
                  : size + " is not valid"));
    }
    int value = size.asInt();
    if (value == 0) {
      throw Fault.badRequest(
          "Invalid input for field/attribute size. Value: 0. 0 is less than the minimum of 1");
    }
    if (value < least) {
      throw Fault.badRequest(
          "Invalid input received: Volume size '"
              + value
              + "'GB cannot be smaller than original"
              + " volume size  "
              + least
              + "GB. They must be >= original volume size.");
    }
    if (image != null && value < image.path("min_disk").asInt()) {
      throw Fault.badRequest(
          "Invalid input received: Volume size "
              + value
              + "GB cannot be smaller than the image"
              + " minDisk size "
              + image.path("min_disk").asInt()
              + "GB.");
    }
    return value;
  }

  private ObjectNode type(ObjectNode request) {
    String type = Json.text(request, "volume_type");
    if (type == null) {
      return types().stream().findFirst().orElse(null);
    }
    return types().stream()
        .filter(t -> t.get("name").asText().equals(type) || t.get("id").asText().equals(type))
        .findFirst()
        .orElseThrow(
            () -> Fault.notFound("Volume type with name " + type + " could not be found."));
  }

  private void created(String id) {
    volumes()
        .find(id)
        .filter(v -> v.get("status").asText().equals("creating"))
        .ifPresent(v -> status(v, v.path("_reserved").asBoolean() ? "reserved" : "available"));
  }

  void status(ObjectNode volume, String status) {
    volume.put("status", status).put("updated_at", Json.micros(cloud.now()));
  }

  /**
   * Starts to make a volume larger.
   *
   * @param inUse whether the caller may do that to a volume in a server, as from 3.42
   */
  void extend(ObjectNode volume, int size, boolean inUse) {
    String status = volume.get("status").asText();
    if (!status.equals("available") && !(inUse && status.equals("in-use"))) {
      throw Fault.badRequest(
          "Invalid volume: Volume "
              + volume.get("id").asText()
              + " status must be '"
              + (inUse ? "('available', 'in-use')" : "available")
              + "' to extend, currently "
              + status
              + ".");
    }
    int old = volume.get("size").asInt();
    if (size <= old) {
      throw Fault.badRequest(
          "Invalid input received: New size for extend must be greater than current size."
              + " (current: "
              + old
              + ", extended: "
              + size
              + ").");
    }
    checkQuota(volume.get("_project").asText(), size - old);
    begin(volume, "extending");
    volume.put("_new_size", size);
  }

  /** Starts to give a volume another type. */
  void retype(ObjectNode volume, JsonNode request) {
    String status = volume.get("status").asText();
    if (!List.of("available", "in-use").contains(status)) {
      throw Fault.badRequest(
          "Invalid volume: Volume "
              + volume.get("id").asText()
              + " status must be available or in-use to retype, but the current status is "
              + status
              + ".");
    }
    String wanted = request.path("new_type").asText();
    String policy = request.path("migration_policy").asText("never");
    if (!List.of("never", "on-demand").contains(policy)) {
      throw Fault.badRequest(
          "Invalid input for field/attribute migration_policy. Value: "
              + policy
              + ". '"
              + policy
              + "' is not one of ['on-demand', 'never']");
    }
    ObjectNode type =
        types().stream()
            .filter(
                t -> t.get("name").asText().equals(wanted) || t.get("id").asText().equals(wanted))
            .findFirst()
            .orElseThrow(
                () ->
                    Fault.badRequest(
                        "Invalid input received: Invalid volume_type passed: " + wanted + "."));
    if (type.get("id").asText().equals(volume.path("volume_type_id").asText())) {
      throw Fault.badRequest(
          "Invalid input received: New volume_type same as original: "
              + type.get("id").asText()
              + ".");
    }
    begin(volume, "retyping");
    volume.put("_new_type", type.get("id").asText());
  }

  private void begin(ObjectNode volume, String status) {
    volume.set("_before", volume.get("status"));
    status(volume, status);
    cloud
        .timers()
        .at(
            cloud.now().plus(cloud.spec().timing().volumeCreate()),
            "cinder.changed@" + region,
            volume.get("id").asText());
  }

  private void changed(ObjectNode volume) {
    if (!volume.has("_before")) {
      return;
    }
    if (volume.has("_new_size")) {
      volume.set("size", volume.remove("_new_size"));
    }
    if (volume.has("_new_type")) {
      types()
          .find(volume.remove("_new_type").asText())
          .ifPresent(
              type -> {
                volume.set("volume_type", type.get("name"));
                volume.set("volume_type_id", type.get("id"));
              });
    }
    status(volume, volume.remove("_before").asText());
  }

  /** Starts to delete a volume. */
  void delete(ObjectNode volume) {
    String status = volume.get("status").asText();
    String id = volume.get("id").asText();
    if (!List.of("available", "error", "error_deleting").contains(status)) {
      throw Fault.badRequest(
          "Invalid volume: Volume status must be available or error or error_restoring or"
              + " error_extending or error_managing and must not be migrating, attached, belong to"
              + " a group, have snapshots, awaiting a transfer, or be disassociated from snapshots after volume transfer.");
    }
    if (snapshots().stream().anyMatch(s -> s.get("volume_id").asText().equals(id))) {
      throw Fault.badRequest("Invalid volume: Volume still has one or more dependent snapshots.");
    }
    remove(volume);
  }

  private void remove(ObjectNode volume) {
    status(volume, "deleting");
    cloud
        .timers()
        .at(
            cloud.now().plus(cloud.spec().timing().volumeDelete()),
            "cinder.deleted@" + region,
            volume.get("id").asText());
  }

  /** The volume, if it is the project's. */
  public Optional<ObjectNode> volume(String id, String projectId, boolean admin) {
    return volumes().find(id).filter(v -> admin || owned(v, projectId));
  }

  /** Keeps a volume for a server that will attach it; 400 when it is not free. */
  public void reserve(ObjectNode volume) {
    String status = volume.get("status").asText();
    if (!status.equals("available")) {
      throw Fault.badRequest(
          "Invalid volume: volume "
              + volume.get("id").asText()
              + " status must be available or"
              + " downloading to reserve, but the current status is "
              + status
              + ".");
    }
    status(volume, "reserved");
  }

  /** Keeps a volume that is still being made. */
  public void reserveWhenReady(ObjectNode volume) {
    volume.put("_reserved", true);
  }

  public boolean ready(String id) {
    return volumes()
        .find(id)
        .map(v -> v.get("status").asText())
        .filter("reserved"::equals)
        .isPresent();
  }

  /** Gives a reserved volume back. */
  public void unreserve(String id) {
    volumes()
        .find(id)
        .ifPresent(
            v -> {
              v.remove("_reserved");
              if (v.get("status").asText().equals("reserved")) {
                status(v, "available");
              }
            });
  }

  /** Plugs a reserved volume into a server. */
  public void attach(ObjectNode volume, String serverId, String device) {
    volume.remove("_reserved");
    ArrayNode attachments = volume.putArray("attachments");
    ObjectNode attachment = attachments.addObject();
    attachment.put("id", volume.get("id").asText());
    attachment.put("attachment_id", UUID.randomUUID().toString());
    attachment.put("volume_id", volume.get("id").asText()).put("server_id", serverId);
    attachment.putNull("host_name").put("device", device);
    attachment.put("attached_at", Json.micros(cloud.now()));
    status(volume, "in-use");
  }

  /** Starts to unplug a volume. */
  public void detach(String id) {
    volumes()
        .find(id)
        .ifPresent(
            v -> {
              status(v, "detaching");
              cloud
                  .timers()
                  .at(
                      cloud.now().plus(cloud.spec().timing().volumeDelete()),
                      "cinder.detached@" + region,
                      id);
            });
  }

  /** Unplugs a volume whose server is gone. */
  public void release(String id, boolean delete) {
    volumes()
        .find(id)
        .ifPresent(
            v -> {
              detached(v);
              if (delete) {
                remove(v);
              }
            });
  }

  private void detached(ObjectNode volume) {
    volume.set("attachments", Json.arr());
    status(volume, "available");
  }

  ObjectNode createSnapshot(ObjectNode request, ObjectNode volume, String projectId) {
    boolean force = request.path("force").asBoolean();
    String status = volume.get("status").asText();
    if (!status.equals("available") && !(force && status.equals("in-use"))) {
      throw Fault.badRequest(
          "Invalid volume: Volume "
              + volume.get("id").asText()
              + " status must be available, but"
              + " current status is: "
              + status
              + ".");
    }
    checkQuota(projectId, volume.get("size").asInt());
    ObjectNode row = Json.obj().put("id", UUID.randomUUID().toString());
    String now = Json.micros(cloud.now());
    row.put("name", Json.text(request, "name"))
        .put("description", Json.text(request, "description"));
    row.put("volume_id", volume.get("id").asText()).put("status", "creating");
    row.put("size", volume.get("size").asInt()).put("created_at", now).put("updated_at", now);
    row.set("metadata", request.path("metadata").isObject() ? request.get("metadata") : Json.obj());
    row.put("_project", projectId);
    snapshots().put(row);
    cloud
        .timers()
        .at(
            cloud.now().plus(cloud.spec().timing().volumeCreate()),
            "cinder.snapshot-created@" + region,
            row.get("id").asText());
    return row;
  }

  private void snapshotCreated(String id) {
    snapshots().find(id).ifPresent(s -> status(s, "available"));
  }

  void deleteSnapshot(ObjectNode snapshot) {
    status(snapshot, "deleting");
    cloud
        .timers()
        .at(
            cloud.now().plus(cloud.spec().timing().volumeDelete()),
            "cinder.snapshot-deleted@" + region,
            snapshot.get("id").asText());
  }
}
