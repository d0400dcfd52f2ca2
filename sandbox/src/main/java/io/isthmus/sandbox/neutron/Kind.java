package io.isthmus.sandbox.neutron;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.cloud.Table;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One kind of Neutron resource: its attributes, and what a create, an update and a delete mean
 * beyond keeping them.
 */
abstract class Kind {
  /** Alias of the extension by which Neutron keeps times. */
  static final String TIMES = "standard-attr-timestamp";

  final Neutron neutron;
  private final String name;
  private final String collection;
  private final String word;
  private final Map<String, Attribute> attributes = new java.util.LinkedHashMap<>();

  /**
   * @param name the key around one, {@code network}
   * @param collection the key around many, {@code networks}
   * @param word how errors call it, {@code Network}
   */
  Kind(Neutron neutron, String name, String collection, String word, List<Attribute> attributes) {
    this.neutron = neutron;
    this.name = name;
    this.collection = collection;
    this.word = word;
    attributes.forEach(attribute -> this.attributes.put(attribute.name(), attribute));
    this.attributes.put("description", Attribute.text("description", ""));
    this.attributes.put("tenant_id", Attribute.text("tenant_id", "").fixed());
    this.attributes.put("project_id", Attribute.text("project_id", "").fixed());
  }

  final String name() {
    return name;
  }

  final String collection() {
    return collection;
  }

  /** The path segment: the collection with dashes. */
  String path() {
    return collection.replace('_', '-');
  }

  /** The error's type for a missing one. */
  String notFoundType() {
    return word.replace(" ", "") + "NotFound";
  }

  final Fault notFound(String id) {
    return Fault.of(404, notFoundType(), notFoundMessage(id));
  }

  String notFoundMessage(String id) {
    return word + " " + id + " could not be found.";
  }

  final Table table() {
    return neutron.table(collection);
  }

  /** Completes and checks a new row, whose attributes have been checked one by one. */
  abstract void create(ObjectNode row, Caller caller);

  /** Checks a change and does what follows from it; the row still has the old values. */
  void update(ObjectNode row, ObjectNode changes, Caller caller) {}

  /** Checks whether the row may go and takes along what goes with it. */
  abstract void delete(ObjectNode row);

  /** The row as the caller sees it. */
  ObjectNode view(ObjectNode row, Caller caller) {
    ObjectNode view = Json.visible(row);
    if (neutron.lacks(TIMES)) {
      view.remove(List.of("created_at", "updated_at"));
    }
    return view;
  }

  /** When the row changed last, if only in its status. */
  static Instant updated(ObjectNode row) {
    return Instant.parse(row.get("updated_at").asText());
  }

  /** Whether others than the owner see it. */
  boolean sharedWithAll(ObjectNode row) {
    return false;
  }

  final boolean visible(ObjectNode row, Caller caller) {
    return caller.admin()
        || caller.projectId().equals(row.path("project_id").asText())
        || sharedWithAll(row);
  }

  /** The row, if it exists and the caller sees it; 404 otherwise. */
  final ObjectNode find(String id, Caller caller) {
    return table().find(id).filter(row -> visible(row, caller)).orElseThrow(() -> notFound(id));
  }

  /** Makes one from the attributes that a request names. */
  final ObjectNode make(ObjectNode request, Caller caller) {
    refuseUnknown(request);
    ObjectNode row = Json.obj().put("id", UUID.randomUUID().toString());
    for (Attribute attribute : attributes.values()) {
      JsonNode value = request.get(attribute.name());
      if (value != null) {
        row.set(attribute.name(), attribute.check(value));
      } else if (attribute.required()) {
        throw Fault.badRequest(
            "Failed to parse request. Required attribute '" + attribute.name() + "' not specified");
      } else if (attribute.standard() != null) {
        row.set(attribute.name(), attribute.standard().deepCopy());
      }
    }
    setOwner(row, request, caller);
    String now = Json.seconds(neutron.now());
    row.set("tags", Json.arr());
    row.put("created_at", now).put("updated_at", now).put("revision_number", 0);
    neutron.checkQuota(this, row.get("project_id").asText());
    create(row, caller);
    table().put(row);
    return row;
  }

  private void setOwner(ObjectNode row, ObjectNode request, Caller caller) {
    String owner = Json.text(request, "project_id");
    owner = owner == null ? Json.text(request, "tenant_id") : owner;
    if (owner != null && !owner.equals(caller.projectId()) && !caller.admin()) {
      throw Fault.forbidden(
          "Specifying 'project_id' or 'tenant_id' other than the authenticated project in request"
              + " requires admin privileges");
    }
    owner = owner == null ? caller.projectId() : owner;
    row.put("tenant_id", owner).put("project_id", owner);
  }

  /** Changes attributes of one. */
  final ObjectNode change(ObjectNode row, ObjectNode request, Caller caller) {
    refuseUnknown(request);
    ObjectNode changes = Json.obj();
    for (Iterator<Map.Entry<String, JsonNode>> it = request.fields(); it.hasNext(); ) {
      Map.Entry<String, JsonNode> entry = it.next();
      Attribute attribute = attributes.get(entry.getKey());
      if (!attribute.put()) {
        throw Fault.badRequest("Cannot update read-only attribute " + attribute.name());
      }
      changes.set(attribute.name(), attribute.check(entry.getValue()));
    }
    update(row, changes, caller);
    row.setAll(changes);
    touch(row);
    return row;
  }

  /** Deletes one. */
  final void drop(ObjectNode row) {
    delete(row);
    table().remove(row.get("id").asText());
  }

  final void touch(ObjectNode row) {
    row.put("updated_at", Json.seconds(neutron.now()));
    row.put("revision_number", row.path("revision_number").asInt() + 1);
  }

  private void refuseUnknown(ObjectNode request) {
    List<String> unknown = new ArrayList<>();
    request
        .fieldNames()
        .forEachRemaining(
            field -> {
              if (!attributes.containsKey(field)) {
                unknown.add("'" + field + "'");
              }
            });
    if (!unknown.isEmpty()) {
      throw Fault.badRequest("Unrecognized attribute(s) " + String.join(", ", unknown));
    }
  }
}
