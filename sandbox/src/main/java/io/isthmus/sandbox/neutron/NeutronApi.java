package io.isthmus.sandbox.neutron;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.isthmus.sandbox.cloud.Quotas;
import io.isthmus.sandbox.cloud.SyntheticTail;
import io.isthmus.sandbox.http.Call;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.http.Pages;
import io.isthmus.sandbox.http.Routes;
import io.isthmus.sandbox.http.TagFilter;
import io.isthmus.sandbox.http.Tail;
import io.javalin.http.HandlerType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Neutron v2.0 over HTTP. */
public final class NeutronApi {
  private static final String CHANGED_SINCE = "changed_since";
  private static final Set<String> NOT_FILTERS =
      Set.of("fields", "limit", "marker", "page_reverse", "sort_key", "sort_dir", CHANGED_SINCE);

  /** What may be asked for without the ports by rule being looked through one by one. */
  private static final Set<String> PLAIN =
      Set.of("fields", "limit", "marker", "project_id", CHANGED_SINCE);

  /** Fields of a port by rule for which the rest of it need not be worked out. */
  private static final Set<String> BRIEF = Set.of("id", "revision_number");

  private final Neutron neutron;
  private final Extensions extensions;

  public NeutronApi(Neutron neutron) {
    this.neutron = neutron;
    this.extensions = new Extensions(neutron.cloud().spec().withoutExtensions());
  }

  public void routes(Routes r) {
    r.open(HandlerType.GET, "/", this::versions)
        .get("/v2.0", this::resources)
        .get("/v2.0/extensions", call -> call.answer(200, extensions.all()))
        .get(
            "/v2.0/extensions/{alias}",
            call -> call.answer(200, extensions.one(call.param("alias"))));
    if (extensions.has("availability_zone")) {
      r.get("/v2.0/availability_zones", this::zones);
    }
    r.get("/v2.0/agents", this::agents);
    if (extensions.has("quotas")) {
      r.get("/v2.0/quotas/{project}", this::quota)
          .get("/v2.0/quotas/{project}/default", this::defaultQuota)
          .put("/v2.0/quotas/{project}", this::setQuota)
          .delete("/v2.0/quotas/{project}", this::resetQuota);
      if (extensions.has("quota_details")) {
        r.get("/v2.0/quotas/{project}/details.json", this::quotaDetails)
            .get("/v2.0/quotas/{project}/details", this::quotaDetails);
      }
    }
    r.put("/v2.0/routers/{id}/add_router_interface", this::addInterface)
        .put("/v2.0/routers/{id}/remove_router_interface", this::removeInterface);
    neutron.kinds().forEach(kind -> crud(r, kind));
    r.unknown(
        call -> {
          throw Fault.notFound("The resource could not be found.");
        });
  }

  private void crud(Routes r, Kind kind) {
    String base = "/v2.0/" + kind.path();
    r.get(base, call -> list(call, kind))
        .post(base, call -> create(call, kind))
        .get(base + "/{id}", call -> show(call, kind))
        .put(base + "/{id}", call -> update(call, kind))
        .delete(base + "/{id}", call -> delete(call, kind));
    if (extensions.has("standard-attr-tag")) {
      r.get(base + "/{id}/tags", call -> tags(call, kind))
          .put(base + "/{id}/tags", call -> replaceTags(call, kind))
          .delete(base + "/{id}/tags", call -> clearTags(call, kind))
          .get(base + "/{id}/tags/{tag}", call -> checkTag(call, kind))
          .put(base + "/{id}/tags/{tag}", call -> addTag(call, kind))
          .delete(base + "/{id}/tags/{tag}", call -> removeTag(call, kind));
    }
  }

  private static Caller caller(Call call) {
    return new Caller(call.projectId() == null ? "" : call.projectId(), call.admin());
  }

  private void versions(Call call) {
    ObjectNode body = Json.obj();
    ObjectNode version = body.putArray("versions").addObject();
    version.put("id", "v2.0").put("status", "CURRENT");
    version.set("links", Json.link("self", call.baseUrl() + "/v2.0/"));
    call.answer(200, body);
  }

  private void resources(Call call) {
    ArrayNode list = Json.arr();
    for (Kind kind : neutron.kinds()) {
      ObjectNode one = list.addObject().put("name", kind.name()).put("collection", kind.path());
      one.set("links", Json.link("self", call.baseUrl() + "/v2.0/" + kind.path()));
    }
    call.answer(200, Json.obj().set("resources", list));
  }

  private void list(Call call, Kind kind) {
    Caller caller = caller(call);
    if (kind == neutron.groups() || kind == neutron.rules()) {
      neutron.groups().standard(caller.projectId());
    }
    Instant since = changedSince(call);
    Optional<Tail> tail =
        kind == neutron.ports() ? tail(call, caller, since) : Optional.of(Tail.NONE);
    Stream<ObjectNode> source = kind.table().stream();
    if (tail.isEmpty()) {
      source = Stream.concat(source, byRule(call));
    }
    List<ObjectNode> rows =
        source
            .filter(row -> kind.visible(row, caller))
            .filter(row -> since == null || !Kind.updated(row).isBefore(since))
            .map(row -> kind.view(row, caller))
            .filter(row -> matches(call, row))
            .toList();
    rows = reversedIfAsked(call, sorted(call, rows));
    Pages.Page page = Pages.cut(call, rows, Integer.MAX_VALUE, tail.orElse(Tail.NONE));
    ObjectNode body = Json.obj();
    ArrayNode list = body.putArray(kind.collection());
    page.rows().forEach(row -> list.add(fields(call, row)));
    if (call.query("limit") != null && !page.rows().isEmpty()) {
      body.set(kind.collection() + "_links", links(call, kind, page));
    }
    call.answer(200, body);
  }

  /** All ports by rule, or those whose ids are asked for. */
  private Stream<ObjectNode> byRule(Call call) {
    return call.queries().containsKey("id")
        ? call.queries("id").stream()
            .distinct()
            .flatMap(id -> neutron.synthetic().find(id).stream())
        : neutron.synthetic().rows();
  }

  /** The ports by rule of whoever asks for all that a project has, or what of it changed. */
  private Optional<Tail> tail(Call call, Caller caller, Instant since) {
    String project =
        call.queries().containsKey("project_id") ? call.query("project_id") : caller.projectId();
    if (!PLAIN.containsAll(call.queries().keySet())
        || caller.admin() && !call.queries().containsKey("project_id")) {
      return Optional.empty();
    }
    SyntheticPorts synthetic = neutron.synthetic();
    boolean brief = fields(call).isPresent() && BRIEF.containsAll(fields(call).get());
    return Optional.of(
        synthetic
            .of(project)
            .filter(any -> caller.admin() || project.equals(caller.projectId()))
            .<Tail>map(
                owner ->
                    new SyntheticTail(
                        owner.ports(),
                        false,
                        since,
                        thing -> !thing.gone(),
                        thing ->
                            brief
                                ? SyntheticPorts.brief(thing)
                                : neutron.ports().view(synthetic.row(owner, thing), caller)))
            .orElse(Tail.NONE));
  }

  /** Null when it is not asked for, or this Neutron keeps no times and does not know it. */
  private Instant changedSince(Call call) {
    String text = call.query(CHANGED_SINCE);
    if (text == null || !extensions.has(Kind.TIMES)) {
      return null;
    }
    if (extensions.has(Extensions.FILTER_VALIDATION)) {
      // The times' extension never declared it.
      throw Fault.of(
          400, "HTTPBadRequest", "['" + CHANGED_SINCE + "'] is invalid attribute for filtering");
    }
    return Json.moment(text)
        .orElseThrow(
            () ->
                Fault.of(
                    400,
                    "InvalidInput",
                    "Invalid input for operation: The input changed_since must be in the following"
                        + " format: YYYY-MM-DDTHH:MM:SSZ."));
  }

  private static List<ObjectNode> reversedIfAsked(Call call, List<ObjectNode> rows) {
    if (!"true".equalsIgnoreCase(call.query("page_reverse"))) {
      return rows;
    }
    List<ObjectNode> reversed = new ArrayList<>(rows);
    java.util.Collections.reverse(reversed);
    return reversed;
  }

  private static ArrayNode links(Call call, Kind kind, Pages.Page page) {
    String url = call.baseUrl() + "/v2.0/" + kind.path();
    ArrayNode links = Json.arr();
    List<ObjectNode> rows = page.rows();
    if (page.more()) {
      String last = rows.get(rows.size() - 1).get("id").asText();
      links.addObject().put("rel", "next").put("href", Pages.next(call, url, last));
    }
    links
        .addObject()
        .put("rel", "previous")
        .put(
            "href",
            Pages.next(call, url, rows.get(0).get("id").asText())
                + (call.query("page_reverse") == null ? "&page_reverse=True" : ""));
    return links;
  }

  private static List<ObjectNode> sorted(Call call, List<ObjectNode> rows) {
    Comparator<ObjectNode> order = order(call);
    return order == null ? rows : rows.stream().sorted(order).toList();
  }

  /** The order asked for; null when none is. */
  private static Comparator<ObjectNode> order(Call call) {
    List<String> keys = call.queries("sort_key");
    List<String> directions = call.queries("sort_dir");
    Comparator<ObjectNode> order = null;
    for (int i = 0; i < keys.size(); i++) {
      boolean descending = i < directions.size() && directions.get(i).equals("desc");
      Comparator<ObjectNode> by = Pages.by(keys.get(i), descending);
      order = order == null ? by : order.thenComparing(by);
    }
    return order;
  }

  private static boolean matches(Call call, ObjectNode row) {
    for (Map.Entry<String, List<String>> query : call.queries().entrySet()) {
      String name = query.getKey();
      if (NOT_FILTERS.contains(name) || TagFilter.NAMES.contains(name)) {
        continue;
      }
      if (name.equals("fixed_ips")) {
        if (query.getValue().stream().anyMatch(want -> !holdsAddress(row, want))) {
          return false;
        }
      } else if (!row.has(name)) {
        return false;
      } else if (query.getValue().stream().noneMatch(want -> equal(row.get(name), want))) {
        return false;
      }
    }
    return TagFilter.matches(call, Json.textsOf(row, "tags"));
  }

  /** {@code fixed_ips=subnet_id=X}, {@code fixed_ips=ip_address=Y}. */
  private static boolean holdsAddress(ObjectNode row, String want) {
    int equals = want.indexOf('=');
    String field = equals < 0 ? "ip_address" : want.substring(0, equals);
    String value = want.substring(equals + 1);
    for (JsonNode ip : row.path("fixed_ips")) {
      if (value.equals(Json.text(ip, field))) {
        return true;
      }
    }
    return false;
  }

  private static boolean equal(JsonNode value, String want) {
    if (value.isBoolean()) {
      return value.asBoolean() == (want.equalsIgnoreCase("true") || want.equals("1"));
    }
    if (value.isArray()) {
      for (JsonNode one : value) {
        if (one.asText().equals(want)) {
          return true;
        }
      }
      return false;
    }
    return value.isNull() ? want.isEmpty() || want.equals("None") : value.asText().equals(want);
  }

  private static ObjectNode fields(Call call, ObjectNode row) {
    return fields(call).map(row::retain).orElse(row);
  }

  /** The fields that are asked for; empty for all. */
  private static Optional<Set<String>> fields(Call call) {
    Set<String> wanted = new HashSet<>();
    call.queries("fields").forEach(f -> wanted.addAll(List.of(f.split(","))));
    return Optional.of(wanted).filter(some -> !some.isEmpty());
  }

  private void show(Call call, Kind kind) {
    ObjectNode row =
        Optional.of(kind)
            .filter(any -> kind == neutron.ports())
            .flatMap(any -> neutron.synthetic().find(call.param("id")))
            .filter(port -> kind.visible(port, caller(call)))
            .orElseGet(() -> kind.find(call.param("id"), caller(call)));
    call.answer(200, Json.obj().set(kind.name(), fields(call, kind.view(row, caller(call)))));
  }

  private static ObjectNode body(Call call, String wrapper) {
    ObjectNode json;
    try {
      json = call.json();
    } catch (Fault malformed) {
      throw Fault.badRequest("Body contains invalid data");
    }
    if (json.get(wrapper) instanceof ObjectNode object) {
      return object;
    }
    throw Fault.badRequest("Unable to find '" + wrapper + "' in request body");
  }

  private void create(Call call, Kind kind) {
    Caller caller = caller(call);
    ObjectNode json;
    try {
      json = call.json();
    } catch (Fault malformed) {
      throw Fault.badRequest("Body contains invalid data");
    }
    if (json.get(kind.collection()) instanceof ArrayNode many) {
      call.answer(201, Json.obj().set(kind.collection(), createAll(kind, many, caller)));
      return;
    }
    ObjectNode row = kind.make(body(call, kind.name()), caller);
    call.answer(201, Json.obj().set(kind.name(), kind.view(row, caller)));
  }

  /** All or none, as Neutron does. */
  private static ArrayNode createAll(Kind kind, ArrayNode requests, Caller caller) {
    List<ObjectNode> made = new ArrayList<>();
    try {
      for (JsonNode request : requests) {
        made.add(kind.make((ObjectNode) request, caller));
      }
    } catch (Fault refused) {
      made.forEach(kind::drop);
      throw refused;
    }
    ArrayNode list = Json.arr();
    made.forEach(row -> list.add(kind.view(row, caller)));
    return list;
  }

  private void update(Call call, Kind kind) {
    Caller caller = caller(call);
    ObjectNode row = kind.find(call.param("id"), caller);
    kind.change(row, body(call, kind.name()), caller);
    call.answer(200, Json.obj().set(kind.name(), kind.view(row, caller)));
  }

  private void delete(Call call, Kind kind) {
    Caller caller = caller(call);
    ObjectNode row = kind.find(call.param("id"), caller);
    neutron.requireOwner(row, caller, "delete_" + kind.name());
    kind.drop(row);
    call.answer(204);
  }

  private void addInterface(Call call) {
    ObjectNode router = neutron.routers().find(call.param("id"), caller(call));
    call.answer(200, neutron.routers().addInterface(router, call.json(), caller(call)));
  }

  private void removeInterface(Call call) {
    ObjectNode router = neutron.routers().find(call.param("id"), caller(call));
    call.answer(200, neutron.routers().removeInterface(router, call.json()));
  }

  private ObjectNode tagged(Call call, Kind kind) {
    ObjectNode row = kind.find(call.param("id"), caller(call));
    neutron.requireOwner(row, caller(call), "update_" + kind.path() + "_tags");
    return row;
  }

  private void tags(Call call, Kind kind) {
    call.answer(200, Json.obj().set("tags", kind.find(call.param("id"), caller(call)).get("tags")));
  }

  private void replaceTags(Call call, Kind kind) {
    ObjectNode row = tagged(call, kind);
    if (!(call.json().get("tags") instanceof ArrayNode tags)) {
      throw Fault.badRequest("Invalid tags body");
    }
    ArrayNode unique = Json.arr();
    Set<String> seen = new HashSet<>();
    for (JsonNode tag : tags) {
      if (!tag.isTextual() || tag.asText().isEmpty() || tag.asText().length() > 255) {
        throw Fault.badRequest(
            "Invalid input for tags. Reason: '" + tag.asText() + "' is not a valid string.");
      }
      if (seen.add(tag.asText())) {
        unique.add(tag);
      }
    }
    row.set("tags", unique);
    kind.touch(row);
    call.answer(200, Json.obj().set("tags", unique));
  }

  private void clearTags(Call call, Kind kind) {
    ObjectNode row = tagged(call, kind);
    row.set("tags", Json.arr());
    kind.touch(row);
    call.answer(204);
  }

  private void checkTag(Call call, Kind kind) {
    requireTag(kind.find(call.param("id"), caller(call)), call.param("tag"));
    call.answer(204);
  }

  private static void requireTag(ObjectNode row, String tag) {
    if (!Json.textsOf(row, "tags").contains(tag)) {
      throw Fault.of(404, "TagNotFound", "Tag " + tag + " could not be found.");
    }
  }

  private void addTag(Call call, Kind kind) {
    ObjectNode row = tagged(call, kind);
    if (!Json.textsOf(row, "tags").contains(call.param("tag"))) {
      ((ArrayNode) row.get("tags")).add(TextNode.valueOf(call.param("tag")));
      kind.touch(row);
    }
    call.answer(201);
  }

  private void removeTag(Call call, Kind kind) {
    ObjectNode row = tagged(call, kind);
    requireTag(row, call.param("tag"));
    List<String> tags = new ArrayList<>(Json.textsOf(row, "tags"));
    tags.remove(call.param("tag"));
    row.set("tags", Json.texts(tags));
    kind.touch(row);
    call.answer(204);
  }

  private void zones(Call call) {
    ArrayNode list = Json.arr();
    neutron.cloud().spec().regions().stream()
        .filter(region -> region.name().equals(neutron.region()))
        .flatMap(region -> region.zones().stream())
        .forEach(
            zone ->
                Stream.of("network", "router")
                    .forEach(
                        kind ->
                            list.addObject()
                                .put("name", zone.name())
                                .put("resource", kind)
                                .put("state", "available")));
    call.answer(200, Json.obj().set("availability_zones", list));
  }

  private void agents(Call call) {
    call.answer(200, Json.obj().set("agents", Json.arr()));
  }

  private String quotaProject(Call call) {
    String project = call.param("project");
    if (!project.equals(call.projectId()) && !call.admin()) {
      throw Fault.of(
          403,
          "AdminRequired",
          "User does not have admin privileges: Cannot get quota of another project.");
    }
    return project;
  }

  private void quota(Call call) {
    String project = quotaProject(call);
    ObjectNode quota = Json.obj();
    Quotas.NETWORK.keySet().forEach(name -> quota.put(name, neutron.quotas().limit(project, name)));
    call.answer(200, Json.obj().set("quota", quota));
  }

  private void defaultQuota(Call call) {
    ObjectNode quota = Json.obj();
    Quotas.NETWORK.keySet().forEach(name -> quota.put(name, neutron.quotas().standard(name)));
    call.answer(200, Json.obj().set("quota", quota));
  }

  private void quotaDetails(Call call) {
    String project = quotaProject(call);
    ObjectNode quota = Json.obj();
    for (String name : Quotas.NETWORK.keySet()) {
      quota
          .putObject(name)
          .put("limit", neutron.quotas().limit(project, name))
          .put(
              "used",
              neutron.used(name.equals("rbac_policy") ? "rbac_policies" : name + "s", project))
          .put("reserved", 0);
    }
    call.answer(200, Json.obj().set("quota", quota));
  }

  private void setQuota(Call call) {
    if (!call.admin()) {
      throw Fault.of(
          403, "AdminRequired", "User does not have admin privileges: Cannot set quota.");
    }
    ObjectNode request = body(call, "quota");
    request
        .fields()
        .forEachRemaining(
            entry -> {
              if (!Quotas.NETWORK.containsKey(entry.getKey())) {
                throw Fault.badRequest("Unrecognized attribute(s) '" + entry.getKey() + "'");
              }
              neutron
                  .quotas()
                  .change(call.param("project"), entry.getKey(), entry.getValue().asInt());
            });
    quota(call);
  }

  private void resetQuota(Call call) {
    if (!call.admin()) {
      throw Fault.of(
          403, "AdminRequired", "User does not have admin privileges: Cannot set quota.");
    }
    neutron.quotas().reset(call.param("project"), Quotas.NETWORK.keySet());
    call.answer(204);
  }
}
