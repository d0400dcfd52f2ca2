package io.isthmus.sandbox.cinder;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.cloud.Quotas;
import io.isthmus.sandbox.cloud.SyntheticTail;
import io.isthmus.sandbox.cloud.Table;
import io.isthmus.sandbox.glance.Glance;
import io.isthmus.sandbox.http.Call;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Handler;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.http.Microversion;
import io.isthmus.sandbox.http.Pages;
import io.isthmus.sandbox.http.Routes;
import io.isthmus.sandbox.http.Tail;
import io.javalin.http.HandlerType;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Cinder v3 over HTTP. */
public final class CinderApi {
  private static final Microversion LEAST = new Microversion(3, 0);
  private static final Microversion MOST = new Microversion(3, 70);
  private static final Set<String> CREATE_FIELDS =
      Set.of(
          "name",
          "display_name",
          "description",
          "display_description",
          "size",
          "volume_type",
          "availability_zone",
          "metadata",
          "snapshot_id",
          "source_volid",
          "imageRef",
          "image_id",
          "consistencygroup_id",
          "group_id",
          "multiattach",
          "backup_id",
          "scheduler_hints");

  /** What may be asked for without the volumes by rule being looked through one by one. */
  private static final Set<String> PLAIN = Set.of("limit", "marker", "with_count");

  /** What a comparison with the wanted time must have given. */
  private static final Map<String, IntPredicate> TIME_OPERATORS =
      Map.of(
          "gt", order -> order > 0,
          "gte", order -> order >= 0,
          "eq", order -> order == 0,
          "neq", order -> order != 0,
          "lt", order -> order < 0,
          "lte", order -> order <= 0);

  private final Cinder cinder;
  private final Glance glance;

  public CinderApi(Cinder cinder, Glance glance) {
    this.cinder = cinder;
    this.glance = glance;
  }

  public void routes(Routes r) {
    r.before(ctx -> Microversion.negotiate(ctx, "volume", null, LEAST, MOST));
    r.open(HandlerType.GET, "/", call -> versions(call, 300))
        .open(HandlerType.GET, "/v3", call -> versions(call, 200));
    get(r, "/volumes", call -> list(call, cinder.volumes(), "volumes", false));
    get(r, "/volumes/detail", call -> list(call, cinder.volumes(), "volumes", true));
    get(r, "/volumes/summary", this::summary);
    get(
        r,
        "/volumes/{id}",
        call -> call.answer(200, Json.obj().set("volume", view(call, shown(call), "volumes"))));
    r.post("/v3/{project}/volumes", own(this::create))
        .put("/v3/{project}/volumes/{id}", own(this::update))
        .delete("/v3/{project}/volumes/{id}", own(this::delete))
        .post("/v3/{project}/volumes/{id}/action", own(this::action))
        .get("/v3/{project}/volumes/{id}/metadata", own(this::metadata))
        .post("/v3/{project}/volumes/{id}/metadata", own(call -> setMetadata(call, false)))
        .put("/v3/{project}/volumes/{id}/metadata", own(call -> setMetadata(call, true)))
        .delete("/v3/{project}/volumes/{id}/metadata/{key}", own(this::deleteMetadata));
    get(r, "/snapshots", call -> list(call, cinder.snapshots(), "snapshots", false));
    get(r, "/snapshots/detail", call -> list(call, cinder.snapshots(), "snapshots", true));
    get(
        r,
        "/snapshots/{id}",
        call -> call.answer(200, Json.obj().set("snapshot", snapshotView(snapshot(call)))));
    r.post("/v3/{project}/snapshots", own(this::createSnapshot))
        .delete("/v3/{project}/snapshots/{id}", own(this::deleteSnapshot));
    get(r, "/types", this::types);
    get(r, "/types/{id}", this::type);
    get(r, "/limits", this::limits);
    get(r, "/os-availability-zone", this::zones);
    get(r, "/extensions", call -> call.answer(200, Json.obj().set("extensions", Json.arr())));
    get(r, "/backups/detail", call -> call.answer(200, Json.obj().set("backups", Json.arr())));
    get(r, "/os-quota-sets/{target}", this::quota);
    get(r, "/os-quota-sets/{target}/defaults", this::defaultQuota);
    r.put("/v3/{project}/os-quota-sets/{target}", own(this::setQuota));
    r.unknown(Routes::unknownAsHtml);
  }

  private void get(Routes r, String path, Handler handler) {
    r.get("/v3/{project}" + path, own(handler));
  }

  private static Handler own(Handler handler) {
    return call -> {
      if (!call.param("project").equals(call.projectId())) {
        throw Fault.badRequest("Malformed request url");
      }
      handler.handle(call);
    };
  }

  private void versions(Call call, int status) {
    ObjectNode version = Json.obj().put("id", "v3.0").put("status", "CURRENT");
    version.put("version", MOST.toString()).put("min_version", LEAST.toString());
    version.put("updated", "2022-08-31T00:00:00Z");
    ArrayNode links = version.putArray("links");
    links
        .addObject()
        .put("rel", "describedby")
        .put("type", "text/html")
        .put("href", "https://docs.openstack.org/");
    links.addObject().put("rel", "self").put("href", call.baseUrl() + "/v3/");
    version
        .putArray("media-types")
        .addObject()
        .put("base", "application/json")
        .put("type", "application/vnd.openstack.volume+json;version=3");
    call.answer(status, Json.obj().set("versions", Json.arr().add(version)));
  }

  private ObjectNode volume(Call call) {
    String id = call.param("id");
    return cinder
        .volume(id, call.projectId(), call.admin())
        .orElseThrow(() -> Fault.notFound("Volume " + id + " could not be found."));
  }

  /** The volume as somebody looks at it who does not change it. */
  private ObjectNode shown(Call call) {
    return cinder
        .synthetic()
        .find(call.param("id"))
        .filter(v -> call.admin() || Cinder.owned(v, call.projectId()))
        .orElseGet(() -> volume(call));
  }

  private ObjectNode snapshot(Call call) {
    String id = call.param("id");
    return cinder
        .snapshots()
        .find(id)
        .filter(s -> call.admin() || Cinder.owned(s, call.projectId()))
        .orElseThrow(() -> Fault.notFound("Snapshot " + id + " could not be found."));
  }

  private static String self(Call call, String collection, String id) {
    return call.baseUrl() + "/v3/" + call.param("project") + "/" + collection + "/" + id;
  }

  private static ArrayNode links(Call call, String collection, String id) {
    ArrayNode links = Json.link("self", self(call, collection, id));
    links
        .addObject()
        .put("rel", "bookmark")
        .put("href", call.baseUrl() + "/" + call.param("project") + "/" + collection + "/" + id);
    return links;
  }

  private static ObjectNode view(Call call, ObjectNode row, String collection) {
    ObjectNode view = Json.visible(row);
    view.set("links", links(call, collection, row.get("id").asText()));
    view.put("os-vol-tenant-attr:tenant_id", row.get("_project").asText());
    Microversion version = Microversion.of(call);
    if (version.atLeast(13)) {
      view.putNull("group_id");
    }
    if (version.atLeast(48)) {
      view.putNull("service_uuid").put("shared_targets", false);
    }
    if (!version.atLeast(63)) {
      view.remove("volume_type_id");
    }
    if (version.atLeast(65)) {
      view.put("consumes_quota", true);
    }
    return view;
  }

  private static ObjectNode snapshotView(ObjectNode row) {
    ObjectNode view = Json.visible(row);
    view.put(
        "os-extended-snapshot-attributes:progress",
        row.get("status").asText().equals("available") ? "100%" : "0%");
    return view.put("os-extended-snapshot-attributes:project_id", row.get("_project").asText());
  }

  /**
   * The caller's rows that the query's filters let through, in the order in which they were made.
   */
  private static List<ObjectNode> matching(Call call, Stream<ObjectNode> source) {
    boolean all = call.admin() && "1".equals(call.query("all_tenants"));
    List<Predicate<ObjectNode>> times = timeFilters(call);
    return new java.util.ArrayList<>(
        source
            .filter(v -> all || Cinder.owned(v, call.projectId()))
            .filter(v -> matches(call, v))
            .filter(v -> times.stream().allMatch(time -> time.test(v)))
            .toList());
  }

  /**
   * {@code updated_at=gte:2026-01-01T00:00:00Z,lt:…}; as in SQL, no time is neither before nor
   * after any.
   */
  private static List<Predicate<ObjectNode>> timeFilters(Call call) {
    List<Predicate<ObjectNode>> filters = new java.util.ArrayList<>();
    if (!Microversion.of(call).atLeast(60)) {
      return filters;
    }
    for (String field : List.of("created_at", "updated_at")) {
      String value = call.query(field);
      if (value == null) {
        continue;
      }
      for (String one : value.split(",")) {
        int colon = one.indexOf(':');
        String operator = colon < 0 ? one : one.substring(0, colon);
        if (!TIME_OPERATORS.containsKey(operator)) {
          throw Fault.badRequest("Invalid " + operator + " operator");
        }
        String text = one.substring(colon + 1);
        Instant wanted =
            Json.moment(text).orElseThrow(() -> Fault.badRequest("Invalid " + text + " value"));
        IntPredicate holds = TIME_OPERATORS.get(operator);
        filters.add(
            row ->
                Json.text(row, field) != null
                    && holds.test(
                        Json.moment(Json.text(row, field)).orElseThrow().compareTo(wanted)));
      }
    }
    return filters;
  }

  private void summary(Call call) {
    if (!Microversion.of(call).atLeast(12)) {
      throw Fault.notFound("The resource could not be found.");
    }
    boolean plain = call.queries().isEmpty();
    List<ObjectNode> rows = matching(call, plain ? cinder.volumes().stream() : volumes());
    ObjectNode summary = Json.obj();
    long size = rows.stream().mapToLong(v -> v.get("size").asLong()).sum();
    // Those by rule have no metadata.
    String project = call.projectId();
    summary.put("total_size", size + (plain ? cinder.synthetic().gigabytes(project) : 0));
    summary.put("total_count", rows.size() + (plain ? cinder.synthetic().count(project) : 0));
    if (Microversion.of(call).atLeast(36)) {
      ObjectNode metadata = summary.putObject("metadata");
      rows.forEach(
          row ->
              row.get("metadata")
                  .fields()
                  .forEachRemaining(
                      entry -> {
                        ArrayNode values = metadata.withArray(entry.getKey());
                        if (!Json.textsOf(metadata, entry.getKey())
                            .contains(entry.getValue().asText())) {
                          values.add(entry.getValue().asText());
                        }
                      }));
    }
    call.answer(200, Json.obj().set("volume-summary", summary));
  }

  private void list(Call call, Table table, String collection, boolean detail) {
    Optional<Tail> tail = table == cinder.volumes() ? tail(call) : Optional.of(Tail.NONE);
    List<ObjectNode> rows =
        matching(call, table == cinder.volumes() && tail.isEmpty() ? volumes() : table.stream());
    Collections.reverse(rows);
    String sort = call.query("sort");
    String key = sort == null ? call.query("sort_key") : sort.split(":")[0];
    if (key != null) {
      boolean ascending =
          sort == null ? "asc".equals(call.query("sort_dir")) : sort.endsWith(":asc");
      rows.sort(Pages.by(key, !ascending));
    }
    Pages.Page page = Pages.cut(call, rows, 1000, tail.orElse(Tail.NONE));
    ObjectNode body = Json.obj();
    ArrayNode list = body.putArray(collection);
    page.rows().forEach(row -> list.add(one(call, row, collection, detail)));
    if (page.more()) {
      String last = page.rows().get(page.rows().size() - 1).get("id").asText();
      String url =
          call.baseUrl() + call.http().path().substring(call.http().path().indexOf("/v3/"));
      body.set(collection + "_links", Json.link("next", Pages.next(call, url, last)));
    }
    if (Microversion.of(call).atLeast(45) && "true".equalsIgnoreCase(call.query("with_count"))) {
      int byRule =
          table == cinder.volumes() && tail.isPresent()
              ? cinder.synthetic().count(call.projectId())
              : 0;
      body.put("count", rows.size() + byRule);
    }
    call.answer(200, body);
  }

  /** All, with those by rule, in the order in which they were made. */
  private Stream<ObjectNode> volumes() {
    return Stream.concat(cinder.synthetic().rows(), cinder.volumes().stream());
  }

  /** The volumes by rule of whoever asks for all, or for what changed or was made since a time. */
  private Optional<Tail> tail(Call call) {
    Set<String> asked = new HashSet<>(call.queries().keySet());
    asked.removeAll(PLAIN);
    String time = asked.size() == 1 ? asked.iterator().next() : "";
    boolean since =
        Set.of("created_at", "updated_at").contains(time)
            && Microversion.of(call).atLeast(60)
            && call.query(time).startsWith("gte:")
            && !call.query(time).contains(",")
            && !call.queries().containsKey("with_count");
    if (!asked.isEmpty() && !since) {
      return Optional.empty();
    }
    Instant from =
        since ? Json.moment(call.query(time).substring("gte:".length())).orElse(null) : null;
    SyntheticVolumes synthetic = cinder.synthetic();
    return Optional.of(
        synthetic
            .of(call.projectId())
            .<Tail>map(
                project ->
                    new SyntheticTail(
                        project.volumes(),
                        true,
                        from,
                        thing ->
                            !thing.gone()
                                && (!time.equals("created_at")
                                    || from == null
                                    || !thing.created().isBefore(from)),
                        thing -> synthetic.row(project, thing)))
            .orElse(Tail.NONE));
  }

  private static ObjectNode one(Call call, ObjectNode row, String collection, boolean detail) {
    if (collection.equals("snapshots")) {
      return snapshotView(row);
    }
    if (detail) {
      return view(call, row, collection);
    }
    ObjectNode brief = Json.obj().put("id", row.get("id").asText());
    brief.set("name", row.get("name"));
    brief.set("links", links(call, collection, row.get("id").asText()));
    return brief;
  }

  private static boolean matches(Call call, ObjectNode row) {
    for (String filter : List.of("name", "status", "availability_zone", "bootable", "volume_id")) {
      String wanted = call.query(filter);
      if (wanted != null && !wanted.equals(row.path(filter).asText())) {
        return false;
      }
    }
    String metadata = call.query("metadata");
    return metadata == null || holdsMetadata(row, metadata);
  }

  /** Written as Python or JSON would: {@code {'key': 'value'}}. */
  private static boolean holdsMetadata(ObjectNode row, String filter) {
    try {
      var wanted = Json.MAPPER.readTree(filter.replaceAll("\\bu?'", "\"").replace('\'', '"'));
      for (var it = wanted.fields(); it.hasNext(); ) {
        var entry = it.next();
        if (!entry.getValue().asText().equals(Json.text(row.get("metadata"), entry.getKey()))) {
          return false;
        }
      }
      return true;
    } catch (com.fasterxml.jackson.core.JsonProcessingException malformed) {
      throw Fault.badRequest("Could not evaluate value " + filter + ", assuming string");
    }
  }

  private void create(Call call) {
    ObjectNode request;
    if (call.json().get("volume") instanceof ObjectNode object) {
      request = object;
    } else {
      throw Fault.badRequest(
          "Invalid input for field/attribute volume. Value: None. 'volume' is a required property");
    }
    for (var it = request.fieldNames(); it.hasNext(); ) {
      String field = it.next();
      if (!CREATE_FIELDS.contains(field)) {
        throw Fault.badRequest(
            "Invalid input for field/attribute volume. Value: "
                + Json.python(request)
                + ". Additional properties are not allowed ('"
                + field
                + "' was unexpected)");
      }
    }
    String imageId = Json.text(request, "imageRef");
    ObjectNode image =
        imageId == null
            ? null
            : glance
                .image(imageId, call.projectId(), call.admin())
                .orElseThrow(
                    () ->
                        Fault.badRequest(
                            "Invalid image identifier or unable to access requested image."));
    ObjectNode row = cinder.create(request, call.projectId(), call.token().userId(), image);
    call.answer(202, Json.obj().set("volume", view(call, row, "volumes")));
  }

  private void update(Call call) {
    ObjectNode row = volume(call);
    ObjectNode request = call.json("volume");
    for (String field : List.of("name", "description")) {
      if (request.has(field)) {
        row.set(field, request.get(field));
      }
    }
    if (request.path("metadata").isObject()) {
      row.set("metadata", request.get("metadata"));
    }
    row.put("updated_at", Json.micros(cinder.cloud().now()));
    call.answer(200, Json.obj().set("volume", view(call, row, "volumes")));
  }

  private void delete(Call call) {
    cinder.delete(volume(call));
    call.answer(202);
  }

  private void action(Call call) {
    ObjectNode row = volume(call);
    ObjectNode request = call.json();
    if (request.has("os-extend")) {
      boolean inUse = Microversion.of(call).atLeast(42);
      cinder.extend(row, request.path("os-extend").path("new_size").asInt(), inUse);
      call.answer(202);
    } else if (request.has("os-retype")) {
      cinder.retype(row, request.path("os-retype"));
      call.answer(202);
    } else if (request.has("os-set_bootable")) {
      row.put(
          "bootable",
          request.path("os-set_bootable").path("bootable").asBoolean() ? "true" : "false");
      row.put("updated_at", Json.micros(cinder.cloud().now()));
      call.answer(200);
    } else if (request.has("os-reset_status") && call.admin()) {
      cinder.status(row, request.path("os-reset_status").path("status").asText());
      call.answer(202);
    } else {
      throw Fault.badRequest(
          "There is no such action: " + String.join(", ", (Iterable<String>) request::fieldNames));
    }
  }

  private void metadata(Call call) {
    call.answer(200, Json.obj().set("metadata", volume(call).get("metadata")));
  }

  private void setMetadata(Call call, boolean replace) {
    ObjectNode row = volume(call);
    ObjectNode metadata = call.json("metadata");
    if (replace) {
      row.set("metadata", metadata);
    } else {
      ((ObjectNode) row.get("metadata")).setAll(metadata);
    }
    metadata(call);
  }

  private void deleteMetadata(Call call) {
    ObjectNode metadata = (ObjectNode) volume(call).get("metadata");
    if (metadata.remove(call.param("key")) == null) {
      throw Fault.notFound("Metadata item was not found");
    }
    call.answer(200);
  }

  private void createSnapshot(Call call) {
    ObjectNode request = call.json("snapshot");
    String id = Json.text(request, "volume_id");
    ObjectNode volume =
        cinder
            .volume(String.valueOf(id), call.projectId(), call.admin())
            .orElseThrow(() -> Fault.notFound("Volume " + id + " could not be found."));
    call.answer(
        202,
        Json.obj()
            .set(
                "snapshot",
                snapshotView(cinder.createSnapshot(request, volume, call.projectId()))));
  }

  private void deleteSnapshot(Call call) {
    cinder.deleteSnapshot(snapshot(call));
    call.answer(202);
  }

  private void types(Call call) {
    ArrayNode list = Json.arr();
    cinder.types().stream().forEach(list::add);
    call.answer(200, Json.obj().set("volume_types", list));
  }

  private void type(Call call) {
    String id = call.param("id");
    ObjectNode type =
        (id.equals("default") ? cinder.types().stream().findFirst() : cinder.types().find(id))
            .orElseThrow(() -> Fault.notFound("Volume type " + id + " could not be found."));
    call.answer(200, Json.obj().set("volume_type", type));
  }

  private void limits(Call call) {
    String project = call.projectId();
    ObjectNode limits = Json.obj();
    limits.putArray("rate");
    ObjectNode absolute = limits.putObject("absolute");
    absolute.put("maxTotalVolumes", cinder.quotas().limit(project, "volumes"));
    absolute.put("maxTotalSnapshots", cinder.quotas().limit(project, "snapshots"));
    absolute.put("maxTotalVolumeGigabytes", cinder.quotas().limit(project, "gigabytes"));
    absolute.put("maxTotalBackups", cinder.quotas().limit(project, "backups"));
    absolute.put("maxTotalBackupGigabytes", cinder.quotas().limit(project, "backup_gigabytes"));
    absolute.put("totalVolumesUsed", cinder.count(project));
    absolute.put("totalGigabytesUsed", cinder.gigabytes(project));
    absolute.put("totalSnapshotsUsed", count(cinder.snapshots(), project));
    absolute.put("totalBackupsUsed", 0).put("totalBackupGigabytesUsed", 0);
    call.answer(200, Json.obj().set("limits", limits));
  }

  private static int count(Table table, String project) {
    return (int) table.stream().filter(row -> Cinder.owned(row, project)).count();
  }

  private void zones(Call call) {
    ArrayNode list = Json.arr();
    cinder
        .zones()
        .forEach(
            zone ->
                list.addObject()
                    .put("zoneName", zone)
                    .putObject("zoneState")
                    .put("available", true));
    call.answer(200, Json.obj().set("availabilityZoneInfo", list));
  }

  private void allowed(Call call, boolean change) {
    if (!call.admin() && (change || !call.param("target").equals(call.projectId()))) {
      throw Fault.forbidden(
          "Policy doesn't allow volume_extension:quotas:"
              + (change ? "update" : "show")
              + " to be performed.");
    }
  }

  private void quota(Call call) {
    allowed(call, false);
    String project = call.param("target");
    boolean usage = "true".equalsIgnoreCase(call.query("usage"));
    ObjectNode set = Json.obj().put("id", project);
    for (String name : Quotas.VOLUME.keySet()) {
      int limit = cinder.quotas().limit(project, name);
      if (usage) {
        int used =
            switch (name) {
              case "volumes" -> cinder.count(project);
              case "snapshots" -> count(cinder.snapshots(), project);
              case "gigabytes" -> cinder.gigabytes(project);
              default -> 0;
            };
        set.putObject(name).put("limit", limit).put("in_use", used).put("reserved", 0);
      } else {
        set.put(name, limit);
      }
    }
    call.answer(200, Json.obj().set("quota_set", set));
  }

  private void defaultQuota(Call call) {
    ObjectNode set = Json.obj().put("id", call.param("target"));
    Quotas.VOLUME.keySet().forEach(name -> set.put(name, cinder.quotas().standard(name)));
    call.answer(200, Json.obj().set("quota_set", set));
  }

  private void setQuota(Call call) {
    allowed(call, true);
    call.json("quota_set")
        .fields()
        .forEachRemaining(
            entry -> {
              if (Quotas.VOLUME.containsKey(entry.getKey())) {
                cinder
                    .quotas()
                    .change(call.param("target"), entry.getKey(), entry.getValue().asInt());
              }
            });
    quota(call);
  }
}
