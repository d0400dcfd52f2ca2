package io.isthmus.openstack.compute;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.type.UserData;
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
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * Brings a server to what is wanted: first what does not disturb it, then its networks, its flavor
 * and its image, one after the other since Nova does one thing at a time.
 *
 * @see "Compute API v2.1; heat/engine/resources/openstack/nova/server.py, handle_update,
 *     needs_replace_with_prop_diff"
 */
final class ServerUpdate {
  /** The lowest in which a rebuild takes user data. */
  static final Microversion USER_DATA_IN_REBUILD = new Microversion(2, 57);

  /** The lowest that knows tags. */
  private static final Microversion TAGS = new Microversion(2, 26);

  /**
   * Key of metadata that says with which user data the server was rebuilt last, since Nova does not
   * tell user data. It is set by the call that rebuilds.
   */
  static final String USER_DATA = Marks.OURS + "user-data";

  private final Work work;
  private final Change change;
  private final JsonObject there;
  private final CatalogNames names;
  private final ServerPorts ports;
  private final String path;

  ServerUpdate(Work work, Change change, CatalogNames names, ServerPorts ports) {
    this.work = work;
    this.change = change;
    this.there = change.there();
    this.names = names;
    this.ports = ports;
    this.path = "/servers/" + change.id();
  }

  Progress next() {
    if (Bodies.text(there, "OS-EXT-STS:task_state").isPresent()) {
      return Progress.going(there);
    }
    ServerResize resize =
        new ServerResize(
            work, change, given("flavor").map(name -> names.flavor(work, name)).orElse(""));
    if (resize.waits()) {
      resize.end();
      return Progress.going(there);
    }
    describe();
    if (!ports.adapt(work, change)) {
      return Progress.going(there);
    }
    if (resize.isWanted()) {
      refuseIfReplaced("flavor", "flavor_update_policy", "RESIZE");
      if (!replaces("flavor_update_policy", "RESIZE")) {
        resize.begin();
        return Progress.going(there);
      }
    }
    resize.forget();
    // What was rebuilt behind our back has lost its disk once, and does not lose it twice.
    if (!change.putsRight() && rebuild()) {
      return Progress.going(there);
    }
    changePassword();
    return Progress.done(there);
  }

  private Optional<String> given(String property) {
    return Bodies.text(change.properties(), property);
  }

  private void describe() {
    change
        .newName()
        .ifPresent(
            name ->
                send(
                    work.put(
                        ServiceType.COMPUTE,
                        path,
                        Bodies.under(
                            "server", Json.createObjectBuilder().add("name", name).build()))));
    JsonObject added = change.newMetadata();
    if (!added.isEmpty()) {
      send(work.post(ServiceType.COMPUTE, path + "/metadata", Bodies.under("metadata", added)));
    }
    change.oldMetadata().forEach(key -> removeMetadata(work, path, key));
    change
        .newTags()
        .ifPresent(
            tags -> {
              require("PUT", path + "/tags", "tags", TAGS);
              JsonObject body = Json.createObjectBuilder().add("tags", Bodies.array(tags)).build();
              send(work.put(ServiceType.COMPUTE, path + "/tags", body));
            });
  }

  static void removeMetadata(Work work, String path, String key) {
    Call call =
        work.delete(ServiceType.COMPUTE, path + "/metadata/" + Call.segment(key))
            .upTo(ServerBodies.WANTED);
    try {
      work.session().send(call, work.deadline());
    } catch (CloudFault fault) {
      if (fault.status() != 404) {
        throw fault;
      }
    }
  }

  private boolean replaces(String policy, String standard) {
    return given(policy).orElse(standard).equals("REPLACE");
  }

  /** What the plan should have replaced; what only others changed is left alone. */
  private void refuseIfReplaced(String property, String policy, String standard) {
    if (replaces(policy, standard) && change.differsFromBefore(property)) {
      throw work.refused(
          FaultCode.CLOUD_REJECTED,
          Phrase.of("driver.policy-replaces", property, change.id(), policy));
    }
  }

  /** True when Nova was asked to. */
  private boolean rebuild() {
    Optional<String> present =
        there.get("image") instanceof JsonObject image
            ? Bodies.text(image, "id")
            : Optional.empty();
    Optional<String> wanted = given("image").map(name -> CatalogNames.image(work, name));
    boolean otherImage = wanted.isPresent() && !wanted.equals(present);
    Optional<String> data = UserData.of(change.properties());
    boolean otherData = isToldNewly(data);
    if (otherImage) {
      refuseIfReplaced("image", "image_update_policy", "REBUILD");
      otherImage = !replaces("image_update_policy", "REBUILD");
    }
    if (present.isEmpty() && otherImage && !change.differsFromBefore("image")) {
      otherImage = false;
    }
    if (!otherImage && !otherData) {
      return false;
    }
    if (present.isEmpty()) {
      throw work.refused(
          FaultCode.CLOUD_REJECTED,
          Phrase.of("driver.boots-from-volume", work.session().cloud(), change.id()));
    }
    JsonObjectBuilder body = Json.createObjectBuilder();
    body.add("imageRef", otherImage ? wanted.get() : present.get());
    Bodies.copyAs(change.properties(), "admin_pass", body, "adminPass");
    if (given("image_update_policy").filter("REBUILD_PRESERVE_EPHEMERAL"::equals).isPresent()) {
      body.add("preserve_ephemeral", true);
    }
    Microversion version = ServerBodies.WANTED;
    if (otherData) {
      version = USER_DATA_IN_REBUILD;
      require("POST", path + "/action", "user_data of a rebuild", version);
      data.map(ServerBodies::encoded)
          .ifPresentOrElse(text -> body.add("user_data", text), () -> body.addNull("user_data"));
      body.add("metadata", metadata(Marks.digest16(data.orElse(""))));
    }
    act("rebuild", body.build(), version);
    return true;
  }

  /**
   * Whether the server is to be rebuilt because of its user data, and was not yet. Also when only
   * an update before the last was to change them: that may have failed before it did.
   */
  private boolean isToldNewly(Optional<String> data) {
    if (change.tried().stream().map(UserData::of).allMatch(data::equals)) {
      return false;
    }
    refuseIfReplaced("user_data", "user_data_update_policy", "REPLACE");
    String told =
        there.get("metadata") instanceof JsonObject metadata
            ? metadata.getString(USER_DATA, "")
            : "";
    return given("user_data_update_policy").filter("REBUILD"::equals).isPresent()
        && !told.equals(Marks.digest16(data.orElse("")));
  }

  /** All metadata as it is after what was asked for before; a rebuild replaces it whole. */
  private JsonObject metadata(String userData) {
    JsonObjectBuilder all = Json.createObjectBuilder();
    List<String> old = change.oldMetadata();
    if (there.get("metadata") instanceof JsonObject present) {
      present.forEach(
          (key, value) -> {
            if (!old.contains(key)) {
              all.add(key, value);
            }
          });
    }
    change.newMetadata().forEach(all::add);
    return all.add(USER_DATA, userData).build();
  }

  /** Nova tells no password, so it is set when it is given otherwise than it may be. */
  private void changePassword() {
    if (!change.gives("admin_pass") || !change.differsFromTried("admin_pass")) {
      return;
    }
    try {
      act(
          "changePassword",
          Bodies.copy(change.properties()).add("adminPass", given("admin_pass").orElse("")).build(),
          ServerBodies.WANTED);
    } catch (CloudFault fault) {
      if (fault.status() == 501) {
        throw CloudFaults.lacking(
            work.session().cloud(), "POST compute" + path + "/action", "changePassword");
      }
      throw fault;
    }
  }

  private void require(String method, String at, String what, Microversion needed) {
    boolean offered =
        work.session()
            .negotiate(ServiceType.COMPUTE, work.region(), needed, work.deadline())
            .filter(version -> version.isAtLeast(needed))
            .isPresent();
    if (!offered) {
      throw CloudFaults.lacking(
          work.session().cloud(),
          method + " compute" + at,
          what + " (microversion " + needed + ")");
    }
  }

  private void act(String action, JsonValue body, Microversion version) {
    JsonObject whole = Json.createObjectBuilder().add(action, body).build();
    work.session()
        .send(
            work.post(ServiceType.COMPUTE, path + "/action", whole).upTo(version), work.deadline());
  }

  private void send(Call call) {
    work.session().send(call.upTo(ServerBodies.WANTED), work.deadline());
  }
}
