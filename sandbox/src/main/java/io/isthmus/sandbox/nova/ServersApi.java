package io.isthmus.sandbox.nova;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.cloud.SyntheticTail;
import io.isthmus.sandbox.http.Call;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.http.Microversion;
import io.isthmus.sandbox.http.Pages;
import io.isthmus.sandbox.http.Routes;
import io.isthmus.sandbox.http.Tail;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Nova's servers over HTTP: lists, creates, shows, changes, deletes, metadata and tags. */
final class ServersApi {
  private static final Set<String> STATUSES =
      Set.of(
          "ACTIVE",
          "BUILD",
          "DELETED",
          "ERROR",
          "HARD_REBOOT",
          "PASSWORD",
          "PAUSED",
          "REBOOT",
          "REBUILD",
          "RESIZE",
          "REVERT_RESIZE",
          "SHUTOFF",
          "SUSPENDED",
          "UNKNOWN",
          "VERIFY_RESIZE");

  /** What may be asked for without the servers by rule being looked through one by one. */
  private static final Set<String> PLAIN = Set.of("limit", "marker", "changes-since");

  private final Nova nova;
  private final ServerView view;

  ServersApi(Nova nova) {
    this.nova = nova;
    this.view = new ServerView(nova);
  }

  void routes(Routes r) {
    r.get("/v2.1/servers", call -> list(call, false))
        .get("/v2.1/servers/detail", call -> list(call, true))
        .post("/v2.1/servers", this::create)
        .get("/v2.1/servers/{id}", this::show)
        .put("/v2.1/servers/{id}", this::update)
        .delete("/v2.1/servers/{id}", this::delete)
        .get("/v2.1/servers/{id}/metadata", this::metadata)
        .post("/v2.1/servers/{id}/metadata", call -> setMetadata(call, false))
        .put("/v2.1/servers/{id}/metadata", call -> setMetadata(call, true))
        .get("/v2.1/servers/{id}/metadata/{key}", this::metadataItem)
        .put("/v2.1/servers/{id}/metadata/{key}", this::setMetadataItem)
        .delete("/v2.1/servers/{id}/metadata/{key}", this::deleteMetadataItem)
        .get("/v2.1/servers/{id}/ips", this::addresses)
        .get("/v2.1/servers/{id}/tags", this::tags)
        .put("/v2.1/servers/{id}/tags", this::replaceTags)
        .delete("/v2.1/servers/{id}/tags", this::clearTags)
        .get("/v2.1/servers/{id}/tags/{tag}", this::checkTag)
        .put("/v2.1/servers/{id}/tags/{tag}", this::addTag)
        .delete("/v2.1/servers/{id}/tags/{tag}", this::removeTag)
        .get("/v2.1/servers/{id}/os-security-groups", this::securityGroups);
  }

  /** The server, if the caller may see it; 404 otherwise. */
  static ObjectNode find(Nova nova, Call call) {
    String id = call.param("id");
    return nova.servers()
        .find(id)
        .filter(s -> call.admin() || s.get("_project").asText().equals(call.projectId()))
        .orElseThrow(() -> Fault.notFound("Instance " + id + " could not be found."));
  }

  private ObjectNode find(Call call) {
    return find(nova, call);
  }

  private void list(Call call, boolean detail) {
    boolean all =
        call.admin()
            && Set.of("1", "True", "true").contains(String.valueOf(call.query("all_tenants")));
    Instant since = time(call, "changes-since");
    Instant until = time(call, "changes-before");
    Optional<Tail> tail = tail(call, since);
    Stream<ObjectNode> source = nova.servers().stream();
    if (tail.isEmpty()) {
      // They are looked through like all others, in the order of what is made first.
      source = Stream.concat(nova.synthetic().rows(since != null), source);
    }
    if (since != null) {
      source = Stream.concat(source, nova.gone().stream());
    }
    List<ObjectNode> rows =
        new ArrayList<>(
            source
                .filter(s -> all || s.get("_project").asText().equals(call.projectId()))
                .filter(
                    s ->
                        since == null
                            || !updated(s).isBefore(since.truncatedTo(ChronoUnit.SECONDS)))
                .filter(s -> until == null || !updated(s).isAfter(until))
                .filter(filters(call))
                .toList());
    if (since != null) {
      // In the order in which they were made, whether they are there or gone: a server that is
      // deleted between two pages keeps its place.
      rows.sort(Pages.by("_created", false));
    }
    sort(call, rows);
    Pages.Page page = Pages.cut(call, rows, 1000, tail.orElse(Tail.NONE));
    ObjectNode body = Json.obj();
    ArrayNode list = body.putArray("servers");
    page.rows().forEach(s -> list.add(detail ? view.listed(call, s) : view.brief(call, s)));
    if (page.more()) {
      String last = page.rows().get(page.rows().size() - 1).get("id").asText();
      String url = call.baseUrl() + "/v2.1/servers" + (detail ? "/detail" : "");
      body.set("servers_links", Json.link("next", Pages.next(call, url, last)));
    }
    call.answer(200, body);
  }

  /**
   * The servers by rule of whoever asks for nothing but what changed, and so for the list's end.
   */
  private Optional<Tail> tail(Call call, Instant since) {
    if (!PLAIN.containsAll(call.queries().keySet())) {
      return Optional.empty();
    }
    SyntheticServers synthetic = nova.synthetic();
    return Optional.of(
        synthetic
            .of(call.projectId())
            .<Tail>map(
                project ->
                    new SyntheticTail(
                        project.servers(),
                        true,
                        since == null ? null : since.truncatedTo(ChronoUnit.SECONDS),
                        thing -> since != null || !thing.gone(),
                        thing -> synthetic.row(project, thing)))
            .orElse(Tail.NONE));
  }

  private static Instant updated(ObjectNode server) {
    return Instant.parse(server.get("updated").asText());
  }

  private static Instant time(Call call, String name) {
    String text = call.query(name);
    if (text == null) {
      return null;
    }
    return Json.moment(text)
        .orElseThrow(
            () ->
                Fault.badRequest(
                    "Invalid input for query parameters "
                        + name
                        + ". Value: "
                        + text
                        + ". '"
                        + text
                        + "' is not a 'date-time'"));
  }

  private java.util.function.Predicate<ObjectNode> filters(Call call) {
    List<java.util.function.Predicate<ObjectNode>> all = new ArrayList<>();
    String name = call.query("name");
    if (name != null) {
      Pattern pattern = pattern("name", name);
      all.add(s -> pattern.matcher(s.get("name").asText()).find());
    }
    List<String> statuses =
        call.queries("status").stream().map(s -> s.toUpperCase(java.util.Locale.ROOT)).toList();
    if (!statuses.isEmpty()) {
      all.add(
          s ->
              statuses.stream()
                  .anyMatch(w -> STATUSES.contains(w) && w.equals(s.get("status").asText())));
    }
    equal(call, all, "flavor", s -> s.get("_flavor").get("id").asText());
    equal(call, all, "image", s -> s.path("_image").asText());
    equal(call, all, "uuid", s -> s.get("id").asText());
    String ip = call.query("ip");
    if (ip != null) {
      Pattern pattern = pattern("ip", ip);
      all.add(s -> pattern.matcher(view.addresses(s).findValuesAsText("addr").toString()).find());
    }
    if (call.admin() || Microversion.of(call).atLeast(83)) {
      equal(call, all, "availability_zone", s -> s.path("_zone").asText());
      equal(call, all, "key_name", s -> s.path("key_name").asText());
      equal(call, all, "vm_state", s -> s.get("_vm").asText());
      equal(call, all, "task_state", s -> s.path("_task").asText());
      equal(call, all, "user_id", s -> s.get("user_id").asText());
    }
    if (call.admin()) {
      equal(call, all, "host", s -> s.path("_host").asText());
    }
    if (Microversion.of(call).atLeast(26)) {
      tagFilters(call, all);
    }
    return server -> all.stream().allMatch(filter -> filter.test(server));
  }

  private static void tagFilters(Call call, List<java.util.function.Predicate<ObjectNode>> all) {
    tagFilter(call, "tags", all, (tags, wanted) -> tags.containsAll(wanted));
    tagFilter(call, "tags-any", all, (tags, wanted) -> !Collections.disjoint(tags, wanted));
    tagFilter(call, "not-tags", all, (tags, wanted) -> !tags.containsAll(wanted));
    tagFilter(call, "not-tags-any", all, (tags, wanted) -> Collections.disjoint(tags, wanted));
  }

  private static void tagFilter(
      Call call,
      String name,
      List<java.util.function.Predicate<ObjectNode>> all,
      java.util.function.BiPredicate<List<String>, List<String>> test) {
    String value = call.query(name);
    if (value != null) {
      all.add(s -> test.test(Json.textsOf(s, "tags"), List.of(value.split(","))));
    }
  }

  private static void equal(
      Call call,
      List<java.util.function.Predicate<ObjectNode>> all,
      String name,
      java.util.function.Function<ObjectNode, String> value) {
    String wanted = call.query(name);
    if (wanted != null) {
      all.add(s -> value.apply(s).equals(wanted));
    }
  }

  private static Pattern pattern(String name, String text) {
    try {
      return Pattern.compile(text, Pattern.CASE_INSENSITIVE);
    } catch (PatternSyntaxException wrong) {
      throw Fault.badRequest(
          "Invalid input for query parameters "
              + name
              + ". Value: "
              + text
              + ". '"
              + text
              + "' is not a 'regex'");
    }
  }

  private static void sort(Call call, List<ObjectNode> rows) {
    Collections.reverse(rows);
    Map<String, String> names =
        Map.of(
            "created_at",
            "_created",
            "updated_at",
            "updated",
            "display_name",
            "name",
            "uuid",
            "id",
            "vm_state",
            "_vm",
            "task_state",
            "_task",
            "availability_zone",
            "_zone");
    List<String> keys = call.queries("sort_key");
    List<String> directions = call.queries("sort_dir");
    for (int i = keys.size() - 1; i >= 0; i--) {
      boolean ascending = i < directions.size() && directions.get(i).equals("asc");
      rows.sort(Pages.by(names.getOrDefault(keys.get(i), keys.get(i)), !ascending));
    }
  }

  private void create(Call call) {
    List<ObjectNode> rows = new ServerRequest(nova, call).rows();
    rows.forEach(nova::accept);
    ObjectNode first = rows.get(0);
    String id = first.get("id").asText();
    if (call.json("server").path("return_reservation_id").asBoolean()) {
      call.answer(202, Json.obj().put("reservation_id", "r-" + id.substring(0, 8)));
      return;
    }
    ObjectNode server = Json.obj().put("id", id);
    server.set("links", ServerView.links(call, "servers", id));
    server.put("OS-DCF:diskConfig", first.get("_disk_config").asText());
    ArrayNode groups = server.putArray("security_groups");
    List<String> names =
        Json.textsOf(first, "_groups").stream().map(nova.neutron()::groupName).toList();
    (names.isEmpty() ? List.of("default") : names)
        .forEach(name -> groups.addObject().put("name", name));
    server.put("adminPass", call.json("server").path("adminPass").asText(password()));
    call.header("Location", call.baseUrl() + "/v2.1/servers/" + id);
    call.answer(202, Json.obj().set("server", server));
  }

  private static String password() {
    return java.util.UUID.randomUUID().toString().replace("-", "").substring(0, 12);
  }

  private void show(Call call) {
    ObjectNode server =
        nova.synthetic()
            .find(call.param("id"))
            .filter(s -> call.admin() || s.get("_project").asText().equals(call.projectId()))
            .orElseGet(() -> find(call));
    call.answer(200, Json.obj().set("server", view.full(call, server)));
  }

  private void update(Call call) {
    ObjectNode server = find(call);
    ObjectNode request = call.json("server");
    if (request.path("name").isTextual()) {
      server.put("name", request.get("name").asText().strip());
    }
    if (request.has("description") && Microversion.of(call).atLeast(19)) {
      server.put("_description", Json.text(request, "description"));
    }
    if (request.path("hostname").isTextual() && Microversion.of(call).atLeast(90)) {
      server.put("_hostname", request.get("hostname").asText());
    }
    nova.touch(server);
    show(call);
  }

  private void delete(Call call) {
    ObjectNode server = find(call);
    if (server.path("_locked").asBoolean() && !call.admin()) {
      throw Fault.conflict("Instance " + server.get("id").asText() + " is locked");
    }
    nova.delete(server);
    call.answer(204);
  }

  private void metadata(Call call) {
    call.answer(200, Json.obj().set("metadata", find(call).get("metadata")));
  }

  private void setMetadata(Call call, boolean replace) {
    ObjectNode server = find(call);
    ActionsApi.requireSteady(server, "update metadata");
    ObjectNode wanted = call.json("metadata");
    wanted
        .fields()
        .forEachRemaining(
            e -> {
              if (!e.getValue().isTextual()) {
                throw ServerRequest.invalid(
                    e.getKey(), e.getValue(), e.getValue() + " is not of type 'string'");
              }
            });
    ObjectNode metadata = replace ? Json.obj() : (ObjectNode) server.get("metadata");
    metadata.setAll(wanted);
    server.set("metadata", metadata);
    nova.touch(server);
    metadata(call);
  }

  private String metadataValue(Call call) {
    String value = Json.text(find(call).get("metadata"), call.param("key"));
    if (value == null) {
      throw Fault.notFound("Metadata item was not found");
    }
    return value;
  }

  private void metadataItem(Call call) {
    String value = metadataValue(call);
    call.answer(200, Json.obj().set("meta", Json.obj().put(call.param("key"), value)));
  }

  private void setMetadataItem(Call call) {
    ObjectNode server = find(call);
    ActionsApi.requireSteady(server, "update metadata");
    JsonNode value = call.json("meta").get(call.param("key"));
    if (value == null || !value.isTextual()) {
      throw Fault.badRequest("Request body and URI mismatch");
    }
    ((ObjectNode) server.get("metadata")).set(call.param("key"), value);
    nova.touch(server);
    metadataItem(call);
  }

  private void deleteMetadataItem(Call call) {
    metadataValue(call);
    ObjectNode server = find(call);
    ActionsApi.requireSteady(server, "delete metadata");
    ((ObjectNode) server.get("metadata")).remove(call.param("key"));
    nova.touch(server);
    call.answer(204);
  }

  private void addresses(Call call) {
    ObjectNode addresses = view.addresses(find(call));
    addresses.forEach(
        list ->
            list.forEach(
                one ->
                    ((ObjectNode) one)
                        .remove(List.of("OS-EXT-IPS:type", "OS-EXT-IPS-MAC:mac_addr"))));
    call.answer(200, Json.obj().set("addresses", addresses));
  }

  private static void requireTags(Call call) {
    if (!Microversion.of(call).atLeast(26)) {
      throw Fault.notFound("The resource could not be found.");
    }
  }

  private void tags(Call call) {
    requireTags(call);
    call.answer(200, Json.obj().set("tags", find(call).get("tags")));
  }

  private void replaceTags(Call call) {
    requireTags(call);
    ObjectNode server = find(call);
    ActionsApi.requireSteady(server, "update tags");
    List<String> tags = Json.textsOf(call.json(), "tags").stream().distinct().toList();
    if (tags.size() > 50) {
      throw Fault.badRequest("The number of tags exceeded the per-server limit 50");
    }
    tags.forEach(ServersApi::checkTagForm);
    server.set("tags", Json.texts(tags));
    nova.touch(server);
    tags(call);
  }

  private static void checkTagForm(String tag) {
    if (tag.isEmpty() || tag.length() > 60 || tag.contains("/") || tag.contains(",")) {
      throw Fault.badRequest(
          "Invalid input for field/attribute tags. Value: "
              + tag
              + ". '"
              + tag
              + "' does not match '^[^,/]*$'");
    }
  }

  private void clearTags(Call call) {
    requireTags(call);
    ObjectNode server = find(call);
    server.set("tags", Json.arr());
    nova.touch(server);
    call.answer(204);
  }

  private void checkTag(Call call) {
    requireTags(call);
    requireTag(find(call), call.param("tag"));
    call.answer(204);
  }

  private static void requireTag(ObjectNode server, String tag) {
    if (!Json.textsOf(server, "tags").contains(tag)) {
      throw Fault.notFound("Server " + server.get("id").asText() + " has no tag '" + tag + "'");
    }
  }

  private void addTag(Call call) {
    requireTags(call);
    ObjectNode server = find(call);
    checkTagForm(call.param("tag"));
    boolean there = Json.textsOf(server, "tags").contains(call.param("tag"));
    if (!there) {
      ((ArrayNode) server.get("tags")).add(call.param("tag"));
      nova.touch(server);
    }
    call.answer(there ? 204 : 201);
  }

  private void removeTag(Call call) {
    requireTags(call);
    ObjectNode server = find(call);
    requireTag(server, call.param("tag"));
    List<String> tags = new ArrayList<>(Json.textsOf(server, "tags"));
    tags.remove(call.param("tag"));
    server.set("tags", Json.texts(tags));
    nova.touch(server);
    call.answer(204);
  }

  private void securityGroups(Call call) {
    JsonNode groups = view.full(call, find(call)).path("security_groups");
    call.answer(200, Json.obj().set("security_groups", groups.isArray() ? groups : Json.arr()));
  }
}
