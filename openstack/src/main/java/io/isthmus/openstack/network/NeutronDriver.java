package io.isthmus.openstack.network;

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
import java.util.function.Consumer;

/**
 * Drives one type of Neutron. The mark stands in the description, because that is set by the call
 * that makes the resource; tags could only be set after it.
 *
 * @see "Networking API v2.0; neutron/extensions/standardattrdescription.py"
 */
public abstract class NeutronDriver extends MarkedDriver {

  /** For the container's proxy. */
  protected NeutronDriver() {}

  protected NeutronDriver(Clouds clouds) {
    super(clouds);
  }

  /** As in the body: {@code network}. */
  protected abstract String singular();

  /** As in the path, with dashes: {@code networks}. */
  protected String collection() {
    return singular().replace('_', '-') + "s";
  }

  /** What is sent beside name and description. */
  protected abstract JsonObjectBuilder body(Work work, DesiredPart part);

  /** Whether the type has a name. */
  protected boolean isNamed() {
    return true;
  }

  /** Heat's attributes beside {@code show}. */
  protected abstract List<String> attributeNames();

  /** A filter of lists, and the property that holds its value. */
  protected record Narrowing(String filter, String property) {}

  /** What narrows a list beside the project, for types of which a project has many. */
  protected Optional<Narrowing> narrowing() {
    return Optional.empty();
  }

  @Override
  protected Optional<String> within(DesiredPart part) {
    return narrowing()
        .flatMap(narrowing -> Bodies.text(part.properties(), narrowing.property()))
        .filter(Names::isId);
  }

  @Override
  protected List<JsonObject> list(Work work, Scope scope) {
    return work.session().list(listing(work, scope), inLists(), work.deadline());
  }

  @Override
  protected void pages(Work work, Scope scope, Consumer<List<JsonObject>> page) {
    work.session().pages(listing(work, scope), inLists(), work.session()::deadline, page);
  }

  private String inLists() {
    return collection().replace('-', '_');
  }

  private Call listing(Work work, Scope scope) {
    Call call =
        work.get(ServiceType.NETWORK, "/" + collection())
            .query("project_id", work.session().projectId(work.deadline()));
    if (scope.within().isPresent()) {
      call = call.query(narrowing().orElseThrow().filter(), scope.within().get());
    }
    return call;
  }

  @Override
  protected Optional<JsonObject> fetch(Work work, String id) {
    return work.session()
        .find(
            work.get(ServiceType.NETWORK, "/" + collection() + "/" + id),
            singular(),
            work.deadline());
  }

  @Override
  protected Optional<String> markOf(JsonObject object) {
    return Marks.inDescription(object);
  }

  @Override
  protected JsonObject make(Work work, DesiredPart part) {
    JsonObject body = Bodies.under(singular(), sent(work, part));
    return work.session()
        .fetch(
            work.post(ServiceType.NETWORK, "/" + collection(), body), singular(), work.deadline());
  }

  @Override
  protected boolean isIncomplete(DesiredPart part, JsonObject object) {
    return !Bodies.texts(object, "tags").containsAll(tags(part));
  }

  /** Tags cannot be given to the call that makes the resource. */
  @Override
  protected JsonObject complete(Work work, DesiredPart part, JsonObject object) {
    if (!isIncomplete(part, object)) {
      return object;
    }
    return tag(work, object, tags(part));
  }

  /** Fields that change in place, beside name and description. */
  protected List<Change.Field> updates() {
    return List.of();
  }

  /** What is to be sent so that the object becomes what is wanted; nothing when it is. */
  protected JsonObjectBuilder changes(Work work, Change change) {
    List<Change.Field> concerned =
        updates().stream().filter(field -> change.concerns(field.property())).toList();
    return concerned.isEmpty()
        ? Json.createObjectBuilder()
        : change.differing(body(work, change.part()).build(), concerned);
  }

  @Override
  protected Progress adapt(Work work, Change change) {
    JsonObjectBuilder builder = changes(work, change);
    if (isNamed()) {
      change.newName().ifPresent(name -> builder.add("name", name));
    }
    if (change.concerns("description")) {
      String wanted = description(change.part());
      if (!wanted.equals(change.there().getString("description", ""))) {
        builder.add("description", wanted);
      }
    }
    JsonObject changes = builder.build();
    JsonObject there = change.there();
    if (!changes.isEmpty()) {
      String path = "/" + collection() + "/" + change.id();
      there =
          work.session()
              .fetch(
                  work.put(ServiceType.NETWORK, path, Bodies.under(singular(), changes)),
                  singular(),
                  work.deadline());
    }
    Optional<List<String>> tags = change.newTags();
    if (tags.isPresent()) {
      there = tag(work, there, tags.get());
    }
    return Progress.done(there);
  }

  @Override
  protected void mark(Work work, DesiredPart part, JsonObject object, Optional<Mark> from) {
    mark(work, "/" + collection() + "/" + id(object), singular(), part.mark(), object);
  }

  /** Puts a mark at the end of the description of what is there. */
  public static void mark(Work work, String path, String singular, Mark mark, JsonObject there) {
    String description = Marks.redescribed(there.getString("description", ""), mark);
    JsonObject body =
        Bodies.under(singular, Json.createObjectBuilder().add("description", description).build());
    work.session().send(work.put(ServiceType.NETWORK, path, body), work.deadline());
  }

  private static String description(DesiredPart part) {
    return Marks.described(Bodies.text(part.properties(), "description").orElse(""), part.mark());
  }

  private JsonObject tag(Work work, JsonObject object, List<String> tags) {
    JsonObject body = Json.createObjectBuilder().add("tags", Bodies.array(tags)).build();
    String path = "/" + collection() + "/" + object.getString("id") + "/tags";
    work.session().send(work.put(ServiceType.NETWORK, path, body), work.deadline());
    return Json.createObjectBuilder(object).add("tags", body.get("tags")).build();
  }

  private static List<String> tags(DesiredPart part) {
    return Bodies.texts(part.properties(), "tags").stream().distinct().toList();
  }

  private JsonObject sent(Work work, DesiredPart part) {
    JsonObjectBuilder body = body(work, part);
    if (isNamed()) {
      body.add("name", Bodies.text(part.properties(), "name").orElse(part.physicalName()));
    }
    body.add("description", description(part));
    return body.build();
  }

  @Override
  protected Call deletion(Work work, String id) {
    return work.delete(ServiceType.NETWORK, "/" + collection() + "/" + id);
  }

  @Override
  protected Sighting.Phase phase(JsonObject object) {
    return switch (object.getString("status", "ACTIVE")) {
      case "ERROR" -> Sighting.Phase.FAILED;
      case "PENDING_DELETE" -> Sighting.Phase.DELETING;
      case "BUILD", "PENDING_CREATE" -> Sighting.Phase.BUILDING;
      default -> Sighting.Phase.READY;
    };
  }

  @Override
  protected JsonObject attributes(JsonObject object) {
    JsonObjectBuilder attributes = Json.createObjectBuilder();
    for (String name : attributeNames()) {
      JsonValue value = object.get(name);
      if (value != null && value != JsonValue.NULL) {
        attributes.add(name, value);
      }
    }
    return attributes.add("show", object).build();
  }
}
