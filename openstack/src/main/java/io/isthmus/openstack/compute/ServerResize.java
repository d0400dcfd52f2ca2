package io.isthmus.openstack.compute;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.openstack.conversation.Microversion;
import io.isthmus.openstack.http.CloudFault;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Change;
import io.isthmus.openstack.resource.Marks;
import io.isthmus.openstack.resource.Work;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Comparator;
import java.util.Optional;

/**
 * Gives a server another flavor: asks for it, and confirms when the server waits for that. A server
 * that was shut off is shut off afterwards; Nova sees to that.
 *
 * <p>When no host has room, Nova gives up after it has taken the call, and the server is as before.
 * So that it is not asked again for ever, metadata says what was asked for and which attempt was
 * the last one until then; Nova's list of what was done to the server tells the end of a later one.
 *
 * @see "Compute API v2.1, resize, confirmResize, revertResize, os-instance-actions"
 */
final class ServerResize {
  /** Key of metadata: a digest of the flavor's id, a space, the attempt before or a dash. */
  static final String KEY = Marks.OURS + "resize";

  /** The highest that tells the flavor's id rather than what it consists of. */
  private static final Microversion FLAVOR_BY_ID = new Microversion(2, 46);

  private static final String NONE = "-";

  private final Work work;
  private final JsonObject there;
  private final String server;
  private final String path;
  private final String wanted;
  private final boolean isWanted;

  /**
   * @param wanted the flavor's id
   */
  ServerResize(Work work, Change change, String wanted) {
    this.work = work;
    this.there = change.there();
    this.server = change.id();
    this.path = "/servers/" + server;
    this.wanted = wanted;
    this.isWanted = !wanted.isEmpty() && !wanted.equals(present());
  }

  private String present() {
    JsonObject found =
        work.session()
            .fetch(
                work.get(ServiceType.COMPUTE, path).upTo(FLAVOR_BY_ID), "server", work.deadline());
    return found.get("flavor") instanceof JsonObject flavor ? flavor.getString("id", "") : "";
  }

  /** Whether the server has another flavor than the wanted one. */
  boolean isWanted() {
    return isWanted;
  }

  /** Whether the server has been resized and waits for a word. */
  boolean waits() {
    return there.getString("status", "").equals("VERIFY_RESIZE");
  }

  /**
   * Confirms the wanted flavor. Another one, as when an update is rolled back in its middle, is
   * taken back: that needs no room, and works where the disk has grown.
   */
  void end() {
    try {
      act(isWanted ? "revertResize" : "confirmResize", JsonValue.NULL);
    } catch (CloudFault fault) {
      // So Nova answers while it does what was asked for before; the next look shows it.
      if (fault.status() != 400) {
        throw fault;
      }
    }
  }

  void begin() {
    Optional<JsonObject> last = lastAttempt();
    String lastId = last.flatMap(action -> Bodies.text(action, "request_id")).orElse(NONE);
    String flavor = Marks.digest16(wanted);
    Optional<String> noted = noted();
    boolean ended =
        noted.filter(note -> note.startsWith(flavor + " ")).isPresent()
            && !noted.get().equals(flavor + " " + lastId);
    if (ended && last.flatMap(action -> Bodies.text(action, "message")).isPresent()) {
      forget();
      throw work.refused(
          FaultCode.CLOUD_REJECTED,
          Phrase.of("driver.resize-failed", work.session().cloud(), server, wanted));
    }
    String note = flavor + " " + lastId;
    if (!noted.equals(Optional.of(note))) {
      JsonObject body = Bodies.under("metadata", Json.createObjectBuilder().add(KEY, note).build());
      work.session()
          .send(
              work.post(ServiceType.COMPUTE, path + "/metadata", body).upTo(ServerBodies.WANTED),
              work.deadline());
    }
    act("resize", Json.createObjectBuilder().add("flavorRef", wanted).build());
  }

  /** Whether its metadata says that it was resized by us. */
  static boolean isOurs(JsonObject server) {
    return noted(server).isPresent();
  }

  private Optional<String> noted() {
    return noted(there);
  }

  private static Optional<String> noted(JsonObject server) {
    return server.get("metadata") instanceof JsonObject metadata
        ? Bodies.text(metadata, KEY)
        : Optional.empty();
  }

  /** Takes away what metadata says of an attempt, if it does. */
  void forget() {
    if (noted().isPresent()) {
      ServerUpdate.removeMetadata(work, path, KEY);
    }
  }

  /** Its message is there exactly when it failed. */
  private Optional<JsonObject> lastAttempt() {
    return work
        .session()
        .list(
            work.get(ServiceType.COMPUTE, path + "/os-instance-actions").upTo(ServerBodies.WANTED),
            "instanceActions",
            work.deadline())
        .stream()
        .filter(action -> action.getString("action", "").equals("resize"))
        .max(Comparator.comparing(action -> action.getString("start_time", "")));
  }

  private void act(String action, JsonValue body) {
    JsonObject whole = Json.createObjectBuilder().add(action, body).build();
    work.session()
        .send(
            work.post(ServiceType.COMPUTE, path + "/action", whole).upTo(ServerBodies.WANTED),
            work.deadline());
  }
}
