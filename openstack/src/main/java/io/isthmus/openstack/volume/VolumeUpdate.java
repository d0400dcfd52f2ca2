package io.isthmus.openstack.volume;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.openstack.conversation.Call;
import io.isthmus.openstack.conversation.Microversion;
import io.isthmus.openstack.http.CloudFault;
import io.isthmus.openstack.http.CloudFaults;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Change;
import io.isthmus.openstack.resource.Marks;
import io.isthmus.openstack.resource.Progress;
import io.isthmus.openstack.resource.Work;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;

/**
 * Brings a volume to what is wanted: name, description and metadata at once, then its type, then
 * its size.
 *
 * @see "Block Storage API v3, os-retype, os-extend; heat …/cinder/volume.py, handle_update"
 */
final class VolumeUpdate {
  /** The lowest in which a volume can be extended in a server. */
  static final Microversion EXTENDS_IN_USE = new Microversion(3, 42);

  /**
   * Key of metadata that says to which type the volume is being changed. Cinder tells nothing of a
   * change that it gave up: the volume is as before, and without this it would be asked again for
   * ever.
   */
  static final String RETYPE = Marks.OURS + "retype";

  private final Work work;
  private final Change change;
  private final JsonObject there;
  private final String path;

  VolumeUpdate(Work work, Change change) {
    this.work = work;
    this.change = change;
    this.there = change.there();
    this.path = "/volumes/" + change.id();
  }

  Progress next() {
    describe();
    keep();
    Optional<String> type =
        Bodies.text(change.properties(), "volume_type").filter(wanted -> !isOfType(wanted));
    if (type.isPresent()) {
      retype(type.get());
      return Progress.going(there);
    }
    if (retyping().isPresent()) {
      forget();
    }
    return extend() ? Progress.going(there) : Progress.done(there);
  }

  private void describe() {
    JsonObjectBuilder body = Json.createObjectBuilder();
    change.newName().ifPresent(name -> body.add("name", name));
    if (change.concerns("description")) {
      String wanted = Bodies.text(change.properties(), "description").orElse("");
      if (!wanted.equals(Bodies.text(there, "description").orElse(""))) {
        body.add("description", wanted);
      }
    }
    JsonObject changes = body.build();
    if (!changes.isEmpty()) {
      send(work.put(ServiceType.VOLUME, path, Bodies.under("volume", changes)));
    }
  }

  private void keep() {
    JsonObject added = change.newMetadata();
    if (!added.isEmpty()) {
      add(added);
    }
    change.oldMetadata().forEach(this::remove);
  }

  private void add(JsonObject metadata) {
    send(work.post(ServiceType.VOLUME, path + "/metadata", Bodies.under("metadata", metadata)));
  }

  private void remove(String key) {
    try {
      send(work.delete(ServiceType.VOLUME, path + "/metadata/" + Call.segment(key)));
    } catch (CloudFault fault) {
      if (fault.status() != 404) {
        throw fault;
      }
    }
  }

  /** The property may hold the type's name, which Cinder tells of a volume, or its id. */
  private boolean isOfType(String wanted) {
    String present = there.getString("volume_type", "");
    return wanted.equals(present)
        || work
            .session()
            .list(work.get(ServiceType.VOLUME, "/types"), "volume_types", work.deadline())
            .stream()
            .filter(type -> type.getString("name", "").equals(present))
            .anyMatch(type -> type.getString("id", "").equals(wanted));
  }

  private Optional<String> retyping() {
    return there.get("metadata") instanceof JsonObject metadata
        ? Bodies.text(metadata, RETYPE)
        : Optional.empty();
  }

  private void retype(String wanted) {
    if (retyping().filter(wanted::equals).isPresent()) {
      forget();
      throw refused(Phrase.of("driver.retype-failed", work.session().cloud(), change.id(), wanted));
    }
    JsonObject body =
        Bodies.under(
            "os-retype",
            Json.createObjectBuilder()
                .add("new_type", wanted)
                .add("migration_policy", "never")
                .build());
    send(work.post(ServiceType.VOLUME, path + "/action", body));
    // Behind the call: who is stopped between the two asks once more than needed, not once less.
    add(Json.createObjectBuilder().add(RETYPE, wanted).build());
  }

  private void forget() {
    remove(RETYPE);
  }

  /** True when Cinder was asked to. */
  private boolean extend() {
    long present = Bodies.number(there, "size", 0);
    long wanted = Bodies.number(change.properties(), "size", present);
    if (wanted < present && change.putsRight()) {
      return false;
    }
    if (wanted < present) {
      throw refused(
          Phrase.of("driver.volume-smaller", work.session().cloud(), change.id(), present, wanted));
    }
    if (wanted == present) {
      return false;
    }
    JsonObject body =
        Bodies.under("os-extend", Json.createObjectBuilder().add("new_size", wanted).build());
    Call call = work.post(ServiceType.VOLUME, path + "/action", body);
    if (there.getString("status", "").equals("in-use")) {
      boolean offered =
          work.session()
              .negotiate(ServiceType.VOLUME, work.region(), EXTENDS_IN_USE, work.deadline())
              .filter(version -> version.isAtLeast(EXTENDS_IN_USE))
              .isPresent();
      if (!offered) {
        throw CloudFaults.lacking(
            work.session().cloud(),
            "POST volume" + path + "/action",
            "os-extend of a volume in use (microversion " + EXTENDS_IN_USE + ")");
      }
      call = call.upTo(EXTENDS_IN_USE);
    }
    send(call);
    return true;
  }

  private RuntimeException refused(Phrase why) {
    return work.refused(FaultCode.CLOUD_REJECTED, why);
  }

  private void send(Call call) {
    work.session().send(call, work.deadline());
  }
}
