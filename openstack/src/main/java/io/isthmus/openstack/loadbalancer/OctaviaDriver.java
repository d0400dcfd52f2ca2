package io.isthmus.openstack.loadbalancer;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.Sighting;
import io.isthmus.openstack.conversation.Call;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Change;
import io.isthmus.openstack.resource.MarkedDriver;
import io.isthmus.openstack.resource.Marks;
import io.isthmus.openstack.resource.Names;
import io.isthmus.openstack.resource.Progress;
import io.isthmus.openstack.resource.Work;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Drives one type of Octavia. The mark is a tag, set by the call that makes the resource.
 *
 * <p>A load balancer takes one change at a time and refuses all others with 409 meanwhile. That is
 * a conflict like any other: nothing was done, and it is asked for again a little later.
 *
 * @see "Load Balancer API v2; octavia/common/constants.py: provisioning statuses; tags came with
 *     2.5"
 */
public abstract class OctaviaDriver extends MarkedDriver {

  private static final List<Change.Field> COMMON =
      List.of(
          Change.Field.of("description", Json.createValue("")),
          Change.Field.of("admin_state_up", JsonValue.TRUE));

  /** For the container's proxy. */
  protected OctaviaDriver() {}

  protected OctaviaDriver(Clouds clouds) {
    super(clouds);
  }

  /** As in the body: {@code loadbalancer}. */
  protected abstract String singular();

  /** What is sent beside name and tags. */
  protected abstract JsonObjectBuilder body(Work work, DesiredPart part);

  /** Heat's attributes beside {@code show}. */
  protected abstract List<String> attributeNames();

  /** As in the path and around lists: {@code loadbalancers}. */
  protected String collection() {
    return singular() + "s";
  }

  /** Where the part's list is, such as {@code /lbaas/loadbalancers}. */
  private String path() {
    return "/lbaas/" + collection();
  }

  /** The id of what a property names by id or name; empty when it is not given. */
  static Optional<String> named(Work work, DesiredPart part, String property, String collection) {
    return Bodies.text(part.properties(), property)
        .map(
            name ->
                Names.id(
                    work, ServiceType.LOAD_BALANCER, "/lbaas/" + collection, collection, name));
  }

  /** Only those of the stack, if the scope is one's. */
  static Call within(Call list, Scope scope) {
    return scope.stack().map(stack -> list.query("tags", Marks.tag(stack))).orElse(list);
  }

  @Override
  protected List<JsonObject> list(Work work, Scope scope) {
    Call call =
        work.get(ServiceType.LOAD_BALANCER, path())
            .query("project_id", work.session().projectId(work.deadline()));
    return work.session().list(within(call, scope), collection(), work.deadline());
  }

  @Override
  protected Optional<JsonObject> fetch(Work work, String id) {
    return work.session()
        .find(work.get(ServiceType.LOAD_BALANCER, path(id)), singular(), work.deadline());
  }

  @Override
  protected Optional<String> markOf(JsonObject object) {
    return Marks.inTags(object);
  }

  @Override
  protected JsonObject make(Work work, DesiredPart part) {
    return make(work, part, path());
  }

  /** Makes it by a call to the path. */
  JsonObject make(Work work, DesiredPart part, String at) {
    JsonObjectBuilder body = body(work, part);
    body.add("name", Bodies.text(part.properties(), "name").orElse(part.physicalName()));
    body.add("tags", Bodies.array(tags(part)));
    return work.session()
        .fetch(
            work.post(ServiceType.LOAD_BALANCER, at, Bodies.under(singular(), body.build())),
            singular(),
            work.deadline());
  }

  /** The mark's, and those that the template gives. */
  private static List<String> tags(DesiredPart part) {
    return Stream.concat(
            Marks.tags(part.mark()).stream(), Bodies.texts(part.properties(), "tags").stream())
        .distinct()
        .toList();
  }

  /** Where one of them is. */
  String path(String id) {
    return path() + "/" + id;
  }

  /** Fields that change in place, beside name, description and tags. */
  protected List<Change.Field> updates() {
    return List.of();
  }

  /**
   * While anything of it changes Octavia would refuse, and tells values that may not hold yet; so
   * nothing is compared until it rests.
   */
  @Override
  protected Progress adapt(Work work, Change change) {
    if (cloudStatus(change.there()).equals("PENDING_UPDATE")) {
      return Progress.going(change.there());
    }
    List<Change.Field> concerned =
        Stream.concat(COMMON.stream(), updates().stream())
            .filter(field -> change.concerns(field.property()))
            .toList();
    JsonObjectBuilder builder =
        concerned.isEmpty()
            ? Json.createObjectBuilder()
            : change.differing(body(work, change.part()).build(), concerned);
    change.newName().ifPresent(name -> builder.add("name", name));
    change.newTags().ifPresent(tags -> builder.add("tags", Bodies.array(tags)));
    JsonObject changes = builder.build();
    if (changes.isEmpty()) {
      return Progress.done(change.there());
    }
    JsonObject answer =
        work.session()
            .fetch(
                work.put(
                    ServiceType.LOAD_BALANCER,
                    path(change.id()),
                    Bodies.under(singular(), changes)),
                singular(),
                work.deadline());
    // Under the id that is recorded, which is not the cloud's for what lies within something.
    return Progress.going(
        Json.createObjectBuilder(change.there())
            .add("provisioning_status", answer.getString("provisioning_status", "PENDING_UPDATE"))
            .build());
  }

  @Override
  protected void mark(Work work, DesiredPart part, JsonObject object, Optional<Mark> from) {
    JsonObject body =
        Json.createObjectBuilder()
            .add("tags", Bodies.array(Marks.retagged(Bodies.texts(object, "tags"), part.mark())))
            .build();
    work.session()
        .send(
            work.put(ServiceType.LOAD_BALANCER, path(id(object)), Bodies.under(singular(), body)),
            work.deadline());
  }

  @Override
  protected Call deletion(Work work, String id) {
    return work.delete(ServiceType.LOAD_BALANCER, path(id));
  }

  @Override
  protected boolean deletesAtOnce() {
    return false;
  }

  @Override
  protected String cloudStatus(JsonObject object) {
    return object.getString("provisioning_status", "");
  }

  @Override
  protected boolean isGone(JsonObject object) {
    return cloudStatus(object).equals("DELETED");
  }

  @Override
  protected Sighting.Phase phase(JsonObject object) {
    return switch (cloudStatus(object)) {
      case "ERROR" -> Sighting.Phase.FAILED;
      case "PENDING_CREATE" -> Sighting.Phase.BUILDING;
      case "PENDING_DELETE" -> Sighting.Phase.DELETING;
      // Also while something of it changes, as when a member joins.
      default -> Sighting.Phase.READY;
    };
  }

  @Override
  protected JsonObject attributes(JsonObject object) {
    JsonObjectBuilder attributes = Bodies.copy(object, attributeNames().toArray(String[]::new));
    return Json.createObjectBuilder(attributes.build()).add("show", object).build();
  }
}
