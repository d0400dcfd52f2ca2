package io.isthmus.sandbox.octavia;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.http.Call;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.http.Pages;
import io.isthmus.sandbox.http.Routes;
import io.isthmus.sandbox.http.TagFilter;
import io.javalin.http.HandlerType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Octavia v2 over HTTP.
 *
 * @see "octavia/api/root_controller.py, octavia/api/v2/controllers"
 */
public final class OctaviaApi {
  /** The newest that Zed's Octavia offers. */
  private static final int NEWEST = 26;

  private static final List<String> ROOTS = List.of("/v2", "/v2.0");
  private static final Set<String> NOT_FILTERS = Set.of("fields", "limit", "marker", "sort");

  private final Octavia octavia;
  private final QuotaApi quotas;
  private final StatusTree statuses;

  public OctaviaApi(Octavia octavia) {
    this.octavia = octavia;
    this.quotas = new QuotaApi(octavia.quotas());
    this.statuses = new StatusTree(octavia);
  }

  public void routes(Routes r) {
    r.open(HandlerType.GET, "/", this::versions);
    for (String root : ROOTS) {
      String base = root + "/lbaas";
      crud(r, base, octavia.balancers());
      r.get(base + "/loadbalancers/{id}/status", this::statusTree)
          .get(base + "/loadbalancers/{id}/stats", call -> stats(call, octavia.balancers()))
          .get(base + "/listeners/{id}/stats", call -> stats(call, octavia.listeners()));
      crud(r, base, octavia.listeners());
      crud(r, base, octavia.pools());
      members(r, base + "/pools/{pool}/members");
      crud(r, base, octavia.monitors());
      quotas.routes(r, base + "/quotas");
      r.get(base + "/providers", OctaviaApi::providers)
          .get(base + "/flavors", call -> call.answer(200, empty("flavors")))
          .get(base + "/availabilityzones", call -> call.answer(200, empty("availability_zones")));
    }
    r.unknown(
        call -> {
          throw Fault.notFound("The resource could not be found.");
        });
  }

  private void crud(Routes r, String base, Kind kind) {
    String path = base + "/" + kind.collection();
    r.get(path, call -> list(call, kind, row -> true))
        .post(path, call -> create(call, kind, body(call, kind)))
        .get(path + "/{id}", call -> show(call, kind))
        .put(path + "/{id}", call -> update(call, kind))
        .delete(path + "/{id}", call -> delete(call, kind));
  }

  private void members(Routes r, String path) {
    Kind kind = octavia.members();
    r.get(path, call -> list(call, kind, ofPool(pool(call))))
        .post(path, call -> create(call, kind, body(call, kind).put(Kind.POOL, pool(call))))
        .get(path + "/{id}", call -> show(call, kind))
        .put(path + "/{id}", call -> update(call, kind))
        .delete(path + "/{id}", call -> delete(call, kind));
  }

  private String pool(Call call) {
    return octavia.pools().find(call.param("pool"), call.token()).get("id").asText();
  }

  private static Predicate<ObjectNode> ofPool(String poolId) {
    return row -> poolId.equals(Json.text(row, Kind.POOL));
  }

  private void versions(Call call) {
    ObjectNode body = Json.obj();
    ArrayNode versions = body.putArray("versions");
    for (int minor = 0; minor <= NEWEST; minor++) {
      ObjectNode version = versions.addObject().put("id", "v2." + minor);
      version.put("status", minor == NEWEST ? "CURRENT" : "SUPPORTED");
      version.put("updated", "2022-08-29T00:00:00Z");
      version.set("links", Json.link("self", call.baseUrl() + "/v2"));
    }
    call.answer(200, body);
  }

  private void list(Call call, Kind kind, Predicate<ObjectNode> within) {
    List<ObjectNode> rows =
        kind.table().stream()
            .filter(within)
            .filter(row -> Kind.visible(row, call.token()))
            .map(kind::view)
            .filter(row -> matches(call, row))
            .toList();
    Pages.Page page = Pages.cut(call, sorted(call, rows), Integer.MAX_VALUE);
    ObjectNode body = Json.obj();
    ArrayNode list = body.putArray(kind.collection());
    page.rows().forEach(row -> list.add(fields(call, row)));
    ArrayNode links = body.putArray(kind.collection() + "_links");
    if (page.more()) {
      String last = page.rows().get(page.rows().size() - 1).get("id").asText();
      String url = call.http().url().replaceAll("\\?.*", "");
      links.addObject().put("rel", "next").put("href", Pages.next(call, url, last));
    }
    call.answer(200, body);
  }

  /** {@code sort=name:desc,created_at}. */
  private static List<ObjectNode> sorted(Call call, List<ObjectNode> rows) {
    String wish = call.query("sort");
    if (wish == null) {
      return rows;
    }
    List<ObjectNode> sorted = rows;
    List<String> keys = List.of(wish.split(","));
    // The last key first: each sort keeps the order of equals.
    for (int i = keys.size() - 1; i >= 0; i--) {
      String[] words = keys.get(i).split(":");
      boolean descending = words.length > 1 && words[1].equals("desc");
      sorted = sorted.stream().sorted(Pages.by(words[0], descending)).toList();
    }
    return sorted;
  }

  /** Filters by what the resource has; Octavia ignores others. */
  private static boolean matches(Call call, ObjectNode row) {
    for (Map.Entry<String, List<String>> query : call.queries().entrySet()) {
      JsonNode value = row.get(query.getKey());
      if (NOT_FILTERS.contains(query.getKey()) || TagFilter.NAMES.contains(query.getKey())) {
        continue;
      }
      if (value != null && query.getValue().stream().noneMatch(want -> equal(value, want))) {
        return false;
      }
    }
    return TagFilter.matches(call, Json.textsOf(row, "tags"));
  }

  private static boolean equal(JsonNode value, String want) {
    return value.isBoolean()
        ? value.asBoolean() == want.equalsIgnoreCase("true")
        : value.asText().equals(want);
  }

  private static ObjectNode fields(Call call, ObjectNode row) {
    Set<String> wanted = new HashSet<>(call.queries("fields"));
    return wanted.isEmpty() ? row : row.retain(wanted);
  }

  private static ObjectNode body(Call call, Kind kind) {
    if (call.json().get(kind.name()) instanceof ObjectNode object) {
      return object;
    }
    throw Fault.badRequest(
        "Invalid input for field/attribute "
            + kind.name()
            + ". Value: 'None'. Mandatory field missing.");
  }

  private ObjectNode found(Call call, Kind kind) {
    ObjectNode row = kind.find(call.param("id"), call.token());
    if (kind == octavia.members() && !ofPool(pool(call)).test(row)) {
      throw kind.notFound(call.param("id"));
    }
    return row;
  }

  private static void answer(Call call, int status, Kind kind, ObjectNode row) {
    call.answer(status, Json.obj().set(kind.name(), kind.view(row)));
  }

  private void show(Call call, Kind kind) {
    ObjectNode view = kind.view(found(call, kind));
    call.answer(200, Json.obj().set(kind.name(), fields(call, view)));
  }

  private static void create(Call call, Kind kind, ObjectNode request) {
    answer(call, 201, kind, kind.make(request, call.token()));
  }

  private void update(Call call, Kind kind) {
    ObjectNode row = found(call, kind);
    answer(call, 200, kind, kind.change(row, body(call, kind), call.token()));
  }

  private void delete(Call call, Kind kind) {
    ObjectNode row = found(call, kind);
    boolean cascade = "true".equalsIgnoreCase(call.query("cascade"));
    if (kind == octavia.balancers() && !cascade && octavia.balancers().hasParts(row)) {
      throw Fault.badRequest(
          "Validation failure: Cannot delete Load Balancer "
              + row.get("id").asText()
              + " - it has children");
    }
    kind.drop(row);
    call.answer(204);
  }

  private void statusTree(Call call) {
    ObjectNode balancer = octavia.balancers().find(call.param("id"), call.token());
    call.answer(200, Json.obj().set("statuses", statuses.of(balancer)));
  }

  /** Nothing runs, so nothing was ever counted. */
  private static void stats(Call call, Kind kind) {
    kind.find(call.param("id"), call.token());
    ObjectNode stats = Json.obj();
    for (String counter :
        List.of(
            "active_connections", "bytes_in", "bytes_out", "request_errors", "total_connections")) {
      stats.put(counter, 0);
    }
    call.answer(200, Json.obj().set("stats", stats));
  }

  private static void providers(Call call) {
    ObjectNode body = empty("providers");
    ((ArrayNode) body.get("providers"))
        .addObject()
        .put("name", LoadBalancers.PROVIDER)
        .put("description", "The Octavia Amphora driver.");
    call.answer(200, body);
  }

  private static ObjectNode empty(String collection) {
    ObjectNode body = Json.obj();
    body.putArray(collection);
    body.putArray(collection + "_links");
    return body;
  }
}
