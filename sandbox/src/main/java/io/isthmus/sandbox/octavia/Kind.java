package io.isthmus.sandbox.octavia;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.cloud.Table;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.http.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * One kind of resource of a load balancer: its attributes, and what a create, an update and a
 * delete mean beyond keeping them. Rows keep what they belong to in {@code _balancer} and {@code
 * _pool}.
 */
abstract class Kind {
  static final String BALANCER = "_balancer";
  static final String POOL = "_pool";

  final Octavia octavia;
  private final String name;
  private final String collection;
  private final String word;
  private final String quota;
  private final Map<String, Field> fields = new LinkedHashMap<>();

  /**
   * @param name the key around one, {@code loadbalancer}
   * @param collection the key around many, {@code loadbalancers}
   * @param word how errors call it, {@code Load Balancer}
   * @param quota its quota, {@code load_balancer}
   */
  Kind(
      Octavia octavia,
      String name,
      String collection,
      String word,
      String quota,
      List<Field> fields) {
    this.octavia = octavia;
    this.name = name;
    this.collection = collection;
    this.word = word;
    this.quota = quota;
    fields.forEach(field -> this.fields.put(field.name(), field));
    for (String owner : List.of("project_id", "tenant_id")) {
      this.fields.put(owner, Field.of(owner, Field.Form.TEXT).fixed());
    }
  }

  final String name() {
    return name;
  }

  final String collection() {
    return collection;
  }

  final String word() {
    return word;
  }

  final Table table() {
    return octavia.table(collection);
  }

  final Stream<ObjectNode> ofBalancer(String balancerId) {
    return table().stream().filter(row -> balancerId.equals(balancerOf(row)));
  }

  final Stream<ObjectNode> ofPool(String poolId) {
    return table().stream().filter(row -> poolId.equals(Json.text(row, POOL)));
  }

  /** The balancer that the row is part of. */
  String balancerOf(ObjectNode row) {
    return row.get(BALANCER).asText();
  }

  final Fault notFound(String id) {
    return Fault.notFound(word + " " + id + " not found.");
  }

  /** The row, if it exists and the caller may see it; 404 otherwise. */
  final ObjectNode find(String id, Token caller) {
    return table().find(id).filter(row -> visible(row, caller)).orElseThrow(() -> notFound(id));
  }

  static boolean visible(ObjectNode row, Token caller) {
    return caller.admin() || row.get("project_id").asText().equals(caller.projectId());
  }

  /**
   * Completes and checks a new row, and finds what it belongs to.
   *
   * @param row the attributes, checked one by one; the request's references are taken out of it
   */
  abstract void create(ObjectNode row, Token caller);

  /** Tells others of a new row, which is in its table now. */
  void made(ObjectNode row) {}

  /** Checks a change; the row still has the old values. */
  void update(ObjectNode row, ObjectNode changes, Token caller) {}

  /** What is changed with the row besides its balancer: the pool, the listeners in front of it. */
  Stream<ObjectNode> touched(ObjectNode row) {
    return Stream.empty();
  }

  /** What goes with the row. */
  Stream<ObjectNode> parts(ObjectNode row) {
    return Stream.empty();
  }

  /** Lets go of what refers to a row that is gone, or was made for it. */
  void gone(ObjectNode row) {}

  /** Adds to what is shown what lies in other rows. */
  abstract void describe(ObjectNode row, ObjectNode view);

  final ObjectNode view(ObjectNode row) {
    ObjectNode view = Json.visible(row);
    view.put("operating_status", octavia.health().of(this, row));
    describe(row, view);
    return view;
  }

  static ArrayNode ids(Stream<ObjectNode> rows) {
    ArrayNode ids = Json.arr();
    rows.forEach(row -> ids.addObject().put("id", row.get("id").asText()));
    return ids;
  }

  static ArrayNode ids(String id) {
    ArrayNode ids = Json.arr();
    ids.addObject().put("id", id);
    return ids;
  }

  /** Makes one from the attributes that a request names. */
  final ObjectNode make(ObjectNode request, Token caller) {
    refuseUnknown(request);
    ObjectNode row = Json.obj().put("id", UUID.randomUUID().toString());
    for (Field field : fields.values()) {
      JsonNode given = request.get(field.name());
      row.set(field.name(), field.check(given == null ? NullNode.instance : given));
    }
    setOwner(row, caller);
    row.put("provisioning_status", Status.PENDING_CREATE);
    row.put("created_at", octavia.timestamp()).putNull("updated_at");
    checkQuota(row.get("project_id").asText());
    create(row, caller);
    octavia.begin(this, row);
    table().put(row);
    made(row);
    return row;
  }

  private static void setOwner(ObjectNode row, Token caller) {
    String owner = Json.text(row, "project_id");
    owner = owner == null ? Json.text(row, "tenant_id") : owner;
    if (owner != null && !owner.equals(caller.projectId()) && !caller.admin()) {
      throw Fault.forbidden("Policy does not allow this request to be performed.");
    }
    row.remove("tenant_id");
    row.put("project_id", owner == null ? caller.projectId() : owner);
  }

  private void checkQuota(String projectId) {
    int limit = octavia.quotas().limit(projectId, quota);
    long used =
        table().stream().filter(row -> row.get("project_id").asText().equals(projectId)).count();
    if (limit >= 0 && used >= limit) {
      throw Fault.of(403, "", "Quota has been met for resources: " + word);
    }
  }

  /** Changes attributes of one. */
  final ObjectNode change(ObjectNode row, ObjectNode request, Token caller) {
    refuseUnknown(request);
    ObjectNode changes = Json.obj();
    request
        .fields()
        .forEachRemaining(
            entry -> {
              Field field = fields.get(entry.getKey());
              if (!field.put()) {
                throw unknown(List.of(field.name()));
              }
              JsonNode value = entry.getValue();
              changes.set(field.name(), field.check(value));
            });
    update(row, changes, caller);
    octavia.begin(this, row);
    row.setAll(changes);
    row.put("provisioning_status", Status.PENDING_UPDATE);
    return row;
  }

  /** Begins to delete one. */
  final void drop(ObjectNode row) {
    octavia.begin(this, row);
    row.put("provisioning_status", Status.PENDING_DELETE);
  }

  private void refuseUnknown(ObjectNode request) {
    List<String> unknown = new ArrayList<>();
    request
        .fieldNames()
        .forEachRemaining(
            field -> {
              if (!fields.containsKey(field)) {
                unknown.add(field);
              }
            });
    if (!unknown.isEmpty()) {
      throw unknown(unknown);
    }
  }

  private static Fault unknown(List<String> fields) {
    return Fault.badRequest(
        "Unknown attribute" + (fields.size() > 1 ? "s: " : ": ") + String.join(", ", fields));
  }
}
