package io.isthmus.openstack.volume;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Sighting;
import io.isthmus.domain.stack.StackId;
import io.isthmus.openstack.conversation.Call;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.MarkedDriver;
import io.isthmus.openstack.resource.Marks;
import io.isthmus.openstack.resource.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Optional;

/**
 * Drives {@code OS::Cinder::Volume}. The mark stands in the metadata.
 *
 * @see "Block Storage API v3, POST /v3/{project}/volumes; heat …/cinder/volume.py"
 */
@ApplicationScoped
public class VolumeDriver extends MarkedDriver {
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
    Call call = work.get(ServiceType.VOLUME, "/volumes/detail");
    if (scope.stack().isPresent()) {
      call = ofStack(call, scope.stack().get());
    }
    return work.session().list(call, "volumes", work.deadline());
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
      case "creating", "downloading", "restoring-backup" -> Sighting.Phase.BUILDING;
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
