package io.isthmus.openstack.volume;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.Sighting;
import io.isthmus.domain.stack.StackId;
import io.isthmus.openstack.conversation.Call;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Change;
import io.isthmus.openstack.resource.MarkedDriver;
import io.isthmus.openstack.resource.Marks;
import io.isthmus.openstack.resource.Progress;
import io.isthmus.openstack.resource.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Drives {@code OS::Cinder::Volume}. The mark stands in the metadata.
 *
 * @see "Block Storage API v3, POST /v3/{project}/volumes; heat …/cinder/volume.py"
 */
@ApplicationScoped
public class VolumeDriver extends MarkedDriver {

  /** Within so long of each other two volumes can have been made for one part. */
  private static final Duration TWICE = Duration.ofMinutes(10);

  private static final String[] PLAIN = {
    "availability_zone",
    "size",
    "snapshot_id",
    "volume_type",
    "source_volid",
    "status",
    "created_at",
    "bootable",
    "encrypted",
    "attachments",
    "multiattach",
    "metadata"
  };

  /** For the container. */
  public VolumeDriver() {}

  public VolumeDriver(Clouds clouds) {
    super(clouds);
  }

  @Override
  protected String type() {
    return "OS::Cinder::Volume";
  }

  @Override
  protected List<JsonObject> list(Work work, Scope scope) {
    return work.session().list(listing(work, scope), "volumes", work.deadline());
  }

  @Override
  protected void pages(Work work, Scope scope, Consumer<List<JsonObject>> page) {
    work.session().pages(listing(work, scope), "volumes", work.session()::deadline, page);
  }

  private static Call listing(Work work, Scope scope) {
    Call call = work.get(ServiceType.VOLUME, "/volumes/detail");
    if (scope.stack().isPresent()) {
      call = ofStack(call, scope.stack().get());
    }
    return call;
  }

  /** Cinder reads the filter as a Python dictionary. */
  static Call ofStack(Call list, StackId stack) {
    return list.query("metadata", "{'" + Marks.STACK + "': '" + stack + "'}");
  }

  @Override
  protected Optional<JsonObject> fetch(Work work, String id) {
    return work.session()
        .find(work.get(ServiceType.VOLUME, "/volumes/" + id), "volume", work.deadline());
  }

  @Override
  protected Optional<String> markOf(JsonObject volume) {
    return Marks.inMetadata(volume);
  }

  /**
   * What is restored from a backup has the metadata of the volume that was backed up, and holds
   * what nothing else may. Asking twice takes no longer than a creation may; what was made later,
   * or is in use, is somebody's.
   *
   * @see "cinder/backup/driver.py BackupMetadataAPI"
   */
  @Override
  protected boolean isDouble(JsonObject kept, JsonObject other) {
    if (!Bodies.objects(other, "attachments").isEmpty()) {
      return false;
    }
    Optional<LocalDateTime> first = createdAt(kept);
    Optional<LocalDateTime> second = createdAt(other);
    return first.isPresent()
        && second.isPresent()
        && Duration.between(first.get(), second.get()).abs().compareTo(TWICE) <= 0;
  }

  /** In UTC, without saying so. */
  private static Optional<LocalDateTime> createdAt(JsonObject volume) {
    try {
      return Bodies.text(volume, "created_at").map(LocalDateTime::parse);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  @Override
  protected JsonObject make(Work work, DesiredPart part) {
    JsonObject properties = part.properties();
    JsonObjectBuilder volume =
        Bodies.copy(
            properties, "size", "snapshot_id", "description", "volume_type", "source_volid");
    volume.add("name", Bodies.text(properties, "name").orElse(part.physicalName()));
    part.availabilityZone()
        .or(() -> Bodies.text(properties, "availability_zone"))
        .ifPresent(zone -> volume.add("availability_zone", zone));
    Bodies.text(properties, "image").ifPresent(image -> volume.add("imageRef", image));
    JsonObjectBuilder metadata = Json.createObjectBuilder();
    if (properties.get("metadata") instanceof JsonObject given) {
      given.forEach(
          (key, value) ->
              metadata.add(
                  key, value instanceof JsonString text ? text.getString() : value.toString()));
    }
    Marks.metadata(part.mark()).forEach(metadata::add);
    volume.add("metadata", metadata);
    JsonObject body = Bodies.under("volume", volume.build());
    return work.session()
        .fetch(work.post(ServiceType.VOLUME, "/volumes", body), "volume", work.deadline());
  }

  @Override
  protected Progress adapt(Work work, Change change) {
    return new VolumeUpdate(work, change).next();
  }

  @Override
  protected void mark(Work work, DesiredPart part, JsonObject volume, Optional<Mark> from) {
    JsonObject body = Bodies.under("metadata", Marks.metadata(part.mark()));
    work.session()
        .send(
            work.post(ServiceType.VOLUME, "/volumes/" + id(volume) + "/metadata", body),
            work.deadline());
  }

  @Override
  protected Optional<String> ownerOf(JsonObject volume) {
    return Bodies.text(volume, "os-vol-tenant-attr:tenant_id");
  }

  @Override
  protected Call deletion(Work work, String id) {
    return work.delete(ServiceType.VOLUME, "/volumes/" + id);
  }

  @Override
  protected boolean deletesAtOnce() {
    return false;
  }

  @Override
  protected Sighting.Phase phase(JsonObject volume) {
    String status = volume.getString("status", "creating");
    if (status.startsWith("error")) {
      return Sighting.Phase.FAILED;
    }
    return switch (status) {
      case "creating", "downloading", "restoring-backup", "extending", "retyping" ->
          Sighting.Phase.BUILDING;
      case "deleting" -> Sighting.Phase.DELETING;
      default -> Sighting.Phase.READY;
    };
  }

  @Override
  protected JsonObject attributes(JsonObject volume) {
    JsonObjectBuilder attributes = Bodies.copy(volume, PLAIN);
    Bodies.copyAs(volume, "name", attributes, "display_name");
    Bodies.copyAs(volume, "description", attributes, "display_description");
    Bodies.copyAs(volume, "metadata", attributes, "metadata_values");
    Bodies.copyAs(volume, "attachments", attributes, "attachments_list");
    return attributes.add("show", volume).build();
  }
}
