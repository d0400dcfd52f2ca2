package io.isthmus.sandbox.glance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.http.Call;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.http.Pages;
import io.isthmus.sandbox.http.Routes;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Glance v2 over HTTP. */
public final class GlanceApi {
  private static final Set<String> READ_ONLY =
      Set.of(
          "created_at",
          "updated_at",
          "status",
          "checksum",
          "size",
          "virtual_size",
          "direct_url",
          "self",
          "file",
          "schema",
          "os_hash_algo",
          "os_hash_value",
          "stores");
  private static final Set<String> NOT_FILTERS =
      Set.of(
          "limit",
          "marker",
          "sort_key",
          "sort_dir",
          "sort",
          "member_status",
          "tag",
          "size_min",
          "size_max");
  private static final Set<String> DISK_FORMATS =
      Set.of("ami", "ari", "aki", "vhd", "vhdx", "vmdk", "raw", "qcow2", "vdi", "ploop", "iso");
  private static final Set<String> CONTAINER_FORMATS =
      Set.of("ami", "ari", "aki", "bare", "ovf", "ova", "docker", "compressed");
  private static final Set<String> VISIBILITIES =
      Set.of("public", "private", "shared", "community");

  private final Glance glance;

  public GlanceApi(Glance glance) {
    this.glance = glance;
  }

  public void routes(Routes r) {
    new ContentApi(glance).routes(r);
    r.open(HandlerType.GET, "/", call -> versions(call, 300))
        .open(HandlerType.GET, "/versions", call -> versions(call, 200))
        .get("/v2/images", this::list)
        .post("/v2/images", this::create)
        .get("/v2/images/{id}", this::show)
        .patch("/v2/images/{id}", this::update)
        .delete("/v2/images/{id}", this::delete)
        .put("/v2/images/{id}/tags/{tag}", this::addTag)
        .delete("/v2/images/{id}/tags/{tag}", this::removeTag)
        .get("/v2/images/{id}/members", this::members)
        .get("/v2/schemas/image", this::schema)
        .unknown(Routes::unknownAsHtml);
  }

  private void versions(Call call, int status) {
    ArrayNode versions = Json.arr();
    for (String id :
        List.of(
            "v2.15", "v2.13", "v2.12", "v2.11", "v2.10", "v2.9", "v2.8", "v2.7", "v2.6", "v2.5",
            "v2.4", "v2.3", "v2.2", "v2.1", "v2.0")) {
      ObjectNode version = versions.addObject().put("id", id);
      version.put("status", id.equals("v2.15") ? "CURRENT" : "SUPPORTED");
      version.set("links", Json.link("self", call.baseUrl() + "/v2/"));
    }
    call.answer(status, Json.obj().set("versions", versions));
  }

  private ObjectNode find(Call call) {
    String id = call.param("id");
    return glance
        .image(id, call.projectId(), call.admin())
        .orElseThrow(() -> Fault.notFound("No image found with ID " + id));
  }

  private ObjectNode findOwn(Call call) {
    ObjectNode row = find(call);
    if (!call.admin() && !row.get("owner").asText().equals(call.projectId())) {
      throw Fault.forbidden("You are not authorized to complete this action.");
    }
    return row;
  }

  private static ObjectNode view(ObjectNode row) {
    ObjectNode view = Json.visible(row);
    String self = "/v2/images/" + row.get("id").asText();
    return view.put("self", self).put("file", self + "/file").put("schema", "/v2/schemas/image");
  }

  private void list(Call call) {
    boolean hidden = "true".equalsIgnoreCase(call.query("os_hidden"));
    List<ObjectNode> rows =
        glance.images().stream()
            .filter(row -> glance.visible(row, call.projectId(), call.admin()))
            .filter(row -> listed(call, row))
            .filter(row -> row.get("os_hidden").asBoolean() == hidden)
            .filter(row -> matches(call, row))
            .sorted(order(call))
            .toList();
    Pages.Page page = Pages.cut(call, rows, 1000);
    ObjectNode body = Json.obj();
    ArrayNode images = body.putArray("images");
    page.rows().forEach(row -> images.add(view(row)));
    String query = call.http().queryString();
    body.put("first", "/v2/images" + (query == null ? "" : "?" + withoutMarker(query)));
    body.put("schema", "/v2/schemas/images");
    if (page.more()) {
      String last = page.rows().get(page.rows().size() - 1).get("id").asText();
      body.put("next", Pages.next(call, "/v2/images", last));
    }
    call.answer(200, body);
  }

  private static String withoutMarker(String query) {
    return query.replaceAll("(^|&)marker=[^&]*", "");
  }

  /** Community images of others are there, but not in everybody's list. */
  private static boolean listed(Call call, ObjectNode row) {
    return !row.get("visibility").asText().equals("community")
        || row.get("owner").asText().equals(call.projectId())
        || "community".equals(call.query("visibility"));
  }

  private static boolean matches(Call call, ObjectNode row) {
    for (Map.Entry<String, List<String>> query : call.queries().entrySet()) {
      String name = query.getKey();
      String value = query.getValue().get(0);
      if (name.equals("tag") && !Json.textsOf(row, "tags").containsAll(query.getValue())) {
        return false;
      }
      if (NOT_FILTERS.contains(name) || name.equals("os_hidden")) {
        continue;
      }
      if (name.equals("visibility") && value.equals("all")) {
        continue;
      }
      if (!holds(row.path(name), value)) {
        return false;
      }
    }
    return true;
  }

  /** A value, or one of several as {@code in:a,b}. */
  private static boolean holds(JsonNode field, String wanted) {
    if (wanted.startsWith("in:")) {
      return List.of(wanted.substring(3).split(",")).contains(field.asText());
    }
    return field.asText("").equalsIgnoreCase(wanted) && !field.isNull();
  }

  private static Comparator<ObjectNode> order(Call call) {
    String sort = call.query("sort");
    if (sort != null) {
      Comparator<ObjectNode> order = null;
      for (String part : sort.split(",")) {
        String[] pieces = part.split(":");
        Comparator<ObjectNode> by =
            Pages.by(pieces[0], pieces.length > 1 && pieces[1].equals("desc"));
        order = order == null ? by : order.thenComparing(by);
      }
      return order;
    }
    String key = call.query("sort_key");
    return Pages.by(key == null ? "created_at" : key, !"asc".equals(call.query("sort_dir")));
  }

  private void show(Call call) {
    call.answer(200, view(find(call)));
  }

  private void create(Call call) {
    ObjectNode request = call.json();
    String id = Json.text(request, "id");
    if (id != null && glance.images().find(id).isPresent()) {
      throw Fault.conflict("Image ID " + id + " already exists!");
    }
    ObjectNode row = glance.blank(id == null ? UUID.randomUUID().toString() : id, call.projectId());
    for (Iterator<Map.Entry<String, JsonNode>> it = request.fields(); it.hasNext(); ) {
      Map.Entry<String, JsonNode> entry = it.next();
      if (!entry.getKey().equals("id")) {
        set(call, row, entry.getKey(), entry.getValue());
      }
    }
    glance.requireRoomForOneMore(call.projectId());
    glance.images().put(row);
    call.header("OpenStack-image-import-methods", String.join(",", glance.importMethods()));
    call.header("Location", call.baseUrl() + "/v2/images/" + row.get("id").asText());
    call.answer(201, view(row));
  }

  private static void set(Call call, ObjectNode row, String name, JsonNode value) {
    if (READ_ONLY.contains(name)) {
      throw Fault.forbidden("Attribute '" + name + "' is read-only.");
    }
    if (name.startsWith("os_glance_")) {
      throw Fault.forbidden("Attribute '" + name + "' is reserved.");
    }
    switch (name) {
      case "disk_format" -> oneOf(name, value, DISK_FORMATS);
      case "container_format" -> oneOf(name, value, CONTAINER_FORMATS);
      case "visibility" -> {
        oneOf(name, value, VISIBILITIES);
        if (value.asText().equals("public") && !call.admin()) {
          throw Fault.forbidden("You are not authorized to complete publicize_image action.");
        }
      }
      case "owner" -> {
        if (!value.asText().equals(call.projectId()) && !call.admin()) {
          throw Fault.forbidden(
              "You are not permitted to create images owned by '" + value.asText() + "'.");
        }
      }
      case "min_disk", "min_ram" -> typed(name, value, value.isInt(), "integer");
      case "protected", "os_hidden" -> typed(name, value, value.isBoolean(), "boolean");
      case "tags" -> typed(name, value, value.isArray(), "array");
      case "name" -> typed(name, value, value.isTextual() || value.isNull(), "null', 'string");
      default -> typed(name, value, value.isTextual(), "string");
    }
    row.set(name, value);
  }

  private static void oneOf(String name, JsonNode value, Set<String> allowed) {
    if (!value.isNull() && !allowed.contains(value.asText())) {
      throw Fault.badRequest(
          "Invalid value '"
              + value.asText()
              + "' for parameter '"
              + name
              + "': must be one of "
              + String.join(", ", allowed.stream().sorted().toList()));
    }
  }

  private static void typed(String name, JsonNode value, boolean right, String type) {
    if (!right) {
      throw Fault.badRequest(
          "Provided object does not match schema 'image': "
              + value
              + " is not of type '"
              + type
              + "'\n\nFailed validating 'type' in schema['properties']['"
              + name
              + "']");
    }
  }

  /** JSON patch in Glance's own two media types, of which only add, replace and remove exist. */
  private void update(Call call) {
    String media = call.header("Content-Type");
    if (media == null || !media.startsWith("application/openstack-images-v2")) {
      throw Fault.of(
          415, "", "Unsupported Content-Type; use application/openstack-images-v2.1-json-patch");
    }
    ObjectNode row = findOwn(call);
    JsonNode patch;
    try {
      patch = Json.MAPPER.readTree(call.http().bodyAsBytes());
    } catch (IOException malformed) {
      throw Fault.badRequest("Malformed JSON in request body.");
    }
    for (JsonNode step : patch) {
      String path = step.path("path").asText();
      String name = path.replaceFirst("^/", "").replace("~1", "/").replace("~0", "~");
      switch (step.path("op").asText()) {
        case "add" -> set(call, row, name, step.path("value"));
        case "replace" -> {
          requirePresent(row, name);
          set(call, row, name, step.path("value"));
        }
        case "remove" -> {
          requirePresent(row, name);
          if (READ_ONLY.contains(name) || glance.blank("", "").has(name)) {
            throw Fault.forbidden("Property " + name + " may not be removed.");
          }
          row.remove(name);
        }
        default -> throw Fault.badRequest("Operations must be one of add, replace, remove.");
      }
    }
    row.put("updated_at", Json.seconds(glance.cloud().now()));
    call.answer(200, view(row));
  }

  private static void requirePresent(ObjectNode row, String name) {
    if (!row.has(name)) {
      throw Fault.conflict("Property " + name + " does not exist.");
    }
  }

  private void delete(Call call) {
    ObjectNode row = findOwn(call);
    String id = row.get("id").asText();
    if (row.get("protected").asBoolean()) {
      throw Fault.forbidden("Image " + id + " is protected and cannot be deleted.");
    }
    glance.images().remove(id);
    glance.contents().forget(id);
    call.answer(204);
  }

  private void addTag(Call call) {
    ObjectNode row = findOwn(call);
    if (!Json.textsOf(row, "tags").contains(call.param("tag"))) {
      ((ArrayNode) row.get("tags")).add(call.param("tag"));
    }
    call.answer(204);
  }

  private void removeTag(Call call) {
    ObjectNode row = findOwn(call);
    List<String> tags = new java.util.ArrayList<>(Json.textsOf(row, "tags"));
    if (!tags.remove(call.param("tag"))) {
      throw Fault.notFound("");
    }
    row.set("tags", Json.texts(tags));
    call.answer(204);
  }

  private void members(Call call) {
    find(call);
    ObjectNode body = Json.obj();
    body.putArray("members");
    call.answer(200, body.put("schema", "/v2/schemas/members"));
  }

  private void schema(Call call) {
    ObjectNode schema = Json.obj().put("name", "image");
    ObjectNode properties = schema.putObject("properties");
    glance
        .blank("", "")
        .fieldNames()
        .forEachRemaining(name -> properties.putObject(name).put("description", name));
    schema.putObject("additionalProperties").put("type", "string");
    call.answer(200, schema);
  }
}
