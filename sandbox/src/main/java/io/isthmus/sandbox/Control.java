package io.isthmus.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.cloud.Cloud;
import io.isthmus.sandbox.cloud.Quotas;
import io.isthmus.sandbox.cloud.SyntheticProject;
import io.isthmus.sandbox.cloud.Tables;
import io.isthmus.sandbox.guest.Guests;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.weather.Forecast;
import io.isthmus.sandbox.weather.Rule;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The control port: weather, capacity, quotas, counts of calls and what is left in each cloud.
 * Everything is JSON; {@code docs/sandbox.md} describes it.
 */
final class Control {
  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  /** A mistake in a control request, told with status 400 or 404. */
  private static final class Refused extends RuntimeException {
    final int status;

    Refused(int status, String message) {
      super(message);
      this.status = status;
    }
  }

  private static final int MOST_CHANGES = 100_000;
  private static final String TEXT = "text/plain; charset=UTF-8";

  private final Map<String, CloudServer> clouds;
  private final Supplier<Guests> guests;
  private final Javalin app;

  /**
   * @param guests what the clouds' servers are heard by, once it is there
   */
  Control(Map<String, CloudServer> clouds, Supplier<Guests> guests) {
    this.clouds = clouds;
    this.guests = guests;
    this.app = Javalin.create(config -> config.showJavalinBanner = false);
    app.get("/_sandbox", this::overview)
        .get("/_sandbox/weather", this::allWeather)
        .delete("/_sandbox/weather", this::clearAllWeather)
        .get("/_sandbox/calls", this::calls)
        .delete("/_sandbox/calls", this::resetCalls)
        .get("/_sandbox/requests", this::requests)
        .get(
            "/_sandbox/clouds/{cloud}/calls",
            ctx -> answer(ctx, cloud(ctx).cloud().calls().toJson()))
        .delete("/_sandbox/clouds/{cloud}/calls", this::resetCallsOfOne)
        .get("/_sandbox/clouds/{cloud}/inventory", this::inventory)
        .get("/_sandbox/clouds/{cloud}/weather", ctx -> answer(ctx, weatherOf(cloud(ctx))))
        .put("/_sandbox/clouds/{cloud}/weather", this::setWeather)
        .delete("/_sandbox/clouds/{cloud}/weather", this::clearWeather)
        .post("/_sandbox/clouds/{cloud}/weather/rules", this::addWeather)
        .get("/_sandbox/clouds/{cloud}/rows/{kind}", this::rows)
        .get("/_sandbox/clouds/{cloud}/guests", this::guests)
        .put("/_sandbox/clouds/{cloud}/guests/{server}", this::silence)
        .get("/_sandbox/clouds/{cloud}/regions/{region}/zones", this::zones)
        .patch("/_sandbox/clouds/{cloud}/regions/{region}/zones/{zone}", this::setCapacity)
        .patch("/_sandbox/clouds/{cloud}/regions/{region}/quotas/{project}", this::setQuota)
        .get("/_sandbox/clouds/{cloud}/regions/{region}/synthetic/{project}", this::synthetic)
        .post(
            "/_sandbox/clouds/{cloud}/regions/{region}/synthetic/{project}", this::changeSynthetic);
    app.exception(
        Refused.class,
        (refused, ctx) -> {
          ctx.status(refused.status);
          if (wantsText(ctx)) {
            ctx.contentType(TEXT).result(refused.getMessage());
          } else {
            answer(ctx, Json.obj().put("error", refused.getMessage()));
          }
        });
  }

  void start(String bind, int port) {
    app.start(bind, port);
  }

  void stop() {
    app.stop();
  }

  private static void answer(Context ctx, JsonNode json) {
    ctx.contentType("application/json").result(json.toString());
  }

  /** People at a terminal read text, programs JSON. */
  private static boolean wantsText(Context ctx) {
    return String.valueOf(ctx.header("Accept")).startsWith("text/plain");
  }

  private CloudServer cloud(Context ctx) {
    CloudServer cloud = clouds.get(ctx.pathParam("cloud"));
    if (cloud == null) {
      throw new Refused(
          404, "no cloud '" + ctx.pathParam("cloud") + "'; there are " + clouds.keySet());
    }
    return cloud;
  }

  private void overview(Context ctx) {
    ArrayNode list = Json.arr();
    for (CloudServer server : clouds.values()) {
      ObjectNode one = list.addObject().put("name", server.cloud().spec().name());
      one.put("url", server.cloud().url());
      one.put("auth_url", server.cloud().url() + "/identity/v3");
      one.put("tls", server.speaksTls());
      one.put("latency_ms", server.cloud().spec().latency().toMillis());
      one.put("server_build_ms", server.cloud().spec().timing().serverBuild().toMillis());
      one.set(
          "regions",
          Json.texts(server.cloud().spec().regions().stream().map(r -> r.name()).toList()));
    }
    answer(ctx, Json.obj().set("clouds", list));
  }

  private void calls(Context ctx) {
    ObjectNode all = Json.obj();
    long total = 0;
    ObjectNode each = all.putObject("clouds");
    for (CloudServer server : clouds.values()) {
      ObjectNode one = server.cloud().calls().toJson();
      total += one.get("total").asLong();
      each.set(server.cloud().spec().name(), one);
    }
    answer(ctx, all.put("total", total));
  }

  /** What each request caused in all clouds together, by the id that came along with the calls. */
  private void requests(Context ctx) {
    Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
    for (CloudServer server : clouds.values()) {
      server
          .cloud()
          .calls()
          .byRequest()
          .forEach(
              (id, count) ->
                  counts
                      .computeIfAbsent(id, none -> new TreeMap<>())
                      .merge(server.cloud().spec().name(), count, Long::sum));
    }
    ArrayNode list = Json.arr();
    counts.forEach(
        (id, perCloud) -> {
          ObjectNode one = list.addObject().put("request", id);
          one.put("total", perCloud.values().stream().mapToLong(Long::longValue).sum());
          ObjectNode each = one.putObject("clouds");
          perCloud.forEach(each::put);
        });
    answer(ctx, Json.obj().set("requests", list));
  }

  private void resetCalls(Context ctx) {
    clouds.values().forEach(server -> server.cloud().calls().reset());
    ctx.status(204);
  }

  private void resetCallsOfOne(Context ctx) {
    cloud(ctx).cloud().calls().reset();
    ctx.status(204);
  }

  private void inventory(Context ctx) {
    CloudServer server = cloud(ctx);
    ObjectNode inventory = Json.obj();
    for (String region : server.novas().keySet()) {
      ObjectNode counts = inventory.putObject(region);
      server.cloud().look(() -> server.cloud().region(region).sizes()).forEach(counts::put);
    }
    answer(ctx, inventory);
  }

  /** All of one kind in each region, whatever the weather. */
  private void rows(Context ctx) {
    Cloud cloud = cloud(ctx).cloud();
    String kind = ctx.pathParam("kind");
    ObjectNode regions = Json.obj();
    for (String region : cloud(ctx).novas().keySet()) {
      ArrayNode rows = regions.putArray(region);
      cloud.look(() -> copies(cloud.region(region), kind)).forEach(rows::add);
    }
    answer(ctx, regions);
  }

  private static List<ObjectNode> copies(Tables tables, String kind) {
    return tables.sizes().containsKey(kind)
        ? tables.table(kind).stream().map(ObjectNode::deepCopy).toList()
        : List.of();
  }

  /** At which addresses and ports the servers are heard. */
  private void guests(Context ctx) {
    // Counted first, so that the list is at least as new.
    ObjectNode heard = Json.obj().put("looks", guests.get().looks());
    heard.set("guests", guests.get().heard(cloud(ctx).cloud().spec().name()));
    answer(ctx, heard);
  }

  /** Lets one server alone stay silent, as if what runs in it had died, or speak again. */
  private void silence(Context ctx) {
    CloudServer cloud = cloud(ctx);
    String id = ctx.pathParam("server");
    boolean known =
        cloud.cloud().spec().regions().stream()
            .anyMatch(
                region ->
                    cloud
                        .cloud()
                        .look(() -> cloud.cloud().region(region.name()).table("servers").find(id))
                        .isPresent());
    if (!known) {
      throw new Refused(
          404, "no server '" + id + "' in cloud '" + cloud.cloud().spec().name() + "'");
    }
    JsonNode silent = body(ctx).path("silent");
    if (!silent.isBoolean()) {
      throw new Refused(400, "write {\"silent\": true}, or false to let it speak again");
    }
    guests.get().silence(id, silent.asBoolean());
    ctx.status(204);
  }

  private static JsonNode weatherOf(CloudServer server) {
    ObjectNode json = Json.obj();
    json.set("rules", STRICT.valueToTree(server.cloud().weather().rules()));
    return json;
  }

  /** The weather over all clouds; a line for each rule where text is asked for. */
  private void allWeather(Context ctx) {
    if (wantsText(ctx)) {
      StringBuilder lines = new StringBuilder();
      clouds.values().forEach(server -> lines.append(forecast(server)));
      ctx.contentType(TEXT).result(lines.toString());
      return;
    }
    ObjectNode all = Json.obj();
    ObjectNode each = all.putObject("clouds");
    clouds.forEach((name, server) -> each.set(name, weatherOf(server)));
    answer(ctx, all);
  }

  private static String forecast(CloudServer server) {
    List<String> told = server.cloud().weather().rules().stream().map(Forecast::of).toList();
    StringBuilder lines = new StringBuilder();
    for (String line : told.isEmpty() ? List.of("fine") : told) {
      lines.append(String.format("%-10s %s%n", server.cloud().spec().name(), line));
    }
    return lines.toString();
  }

  private void setWeather(Context ctx) throws Exception {
    CloudServer server = cloud(ctx);
    JsonNode body = body(ctx);
    if (!body.path("rules").isArray()) {
      throw new Refused(400, "write {\"rules\": [...]}: rules are missing");
    }
    List<Rule> rules = new ArrayList<>();
    for (JsonNode rule : body.path("rules")) {
      rules.add(rule(server, rule, "rules[" + rules.size() + "]: "));
    }
    server.cloud().weather().set(rules, body.path("seed").asLong(0));
    show(ctx, server);
  }

  /** Adds one rule to those that are there. */
  private void addWeather(Context ctx) throws Exception {
    CloudServer server = cloud(ctx);
    server.cloud().weather().add(rule(server, body(ctx), ""));
    show(ctx, server);
  }

  private static void show(Context ctx, CloudServer server) throws Exception {
    server.followWeather();
    if (wantsText(ctx)) {
      ctx.contentType(TEXT).result(forecast(server));
    } else {
      answer(ctx, weatherOf(server));
    }
  }

  private static Rule rule(CloudServer server, JsonNode json, String at) {
    Rule rule;
    try {
      rule = STRICT.treeToValue(json, Rule.class);
    } catch (JsonProcessingException wrong) {
      throw new Refused(400, at + wrong.getOriginalMessage());
    }
    if (rule == null) {
      throw new Refused(400, at + "write an object, such as {\"latency_ms\": 500}");
    }
    List<String> mistakes = rule.mistakes();
    if (!mistakes.isEmpty()) {
      throw new Refused(400, at + String.join("; ", mistakes));
    }
    String name = server.cloud().spec().name();
    if (rule.certificate() != null && !server.speaksTls()) {
      throw new Refused(
          400,
          at
              + "cloud "
              + name
              + " speaks plain HTTP and shows no certificate; \"tls: true\" in the federation file"
              + " lets a cloud speak HTTPS, as it does sto of samples/federations/five-countries.yaml:"
              + " start the simulated clouds with such a file");
    }
    List<String> regions = List.copyOf(server.novas().keySet());
    if (rule.region() != null && !regions.contains(rule.region())) {
      throw new Refused(
          400,
          at + "no region '" + rule.region() + "' in cloud " + name + "; there are " + regions);
    }
    return rule;
  }

  private void clearWeather(Context ctx) throws Exception {
    clear(cloud(ctx));
    ctx.status(204);
  }

  private void clearAllWeather(Context ctx) throws Exception {
    for (CloudServer server : clouds.values()) {
      clear(server);
    }
    ctx.status(204);
  }

  private static void clear(CloudServer server) throws Exception {
    server.cloud().weather().set(List.of(), 0);
    server.followWeather();
  }

  private static JsonNode body(Context ctx) {
    try {
      return Json.MAPPER.readTree(ctx.body());
    } catch (JsonProcessingException wrong) {
      throw new Refused(400, "the body is no JSON: " + wrong.getOriginalMessage());
    }
  }

  private String region(Context ctx) {
    String region = ctx.pathParam("region");
    if (!cloud(ctx).novas().containsKey(region)) {
      throw new Refused(
          404, "no region '" + region + "'; there are " + cloud(ctx).novas().keySet());
    }
    return region;
  }

  private void zones(Context ctx) {
    CloudServer server = cloud(ctx);
    String region = region(ctx);
    answer(
        ctx,
        server
            .cloud()
            .look(
                () ->
                    Json.obj()
                        .set(
                            "zones",
                            STRICT.valueToTree(server.novas().get(region).zones().all()))));
  }

  private void setCapacity(Context ctx) {
    CloudServer server = cloud(ctx);
    String region = region(ctx);
    String zone = ctx.pathParam("zone");
    var zones = server.novas().get(region).zones();
    if (server.cloud().look(zones::all).stream().noneMatch(z -> z.name().equals(zone))) {
      throw new Refused(404, "no zone '" + zone + "' in region " + region);
    }
    JsonNode body = body(ctx);
    body.fields()
        .forEachRemaining(
            entry -> {
              if (!List.of("vcpus", "ram_mb", "disk_gb").contains(entry.getKey())
                  || !entry.getValue().isInt()
                  || entry.getValue().asInt() < 0) {
                throw new Refused(
                    400, entry.getKey() + ": write vcpus, ram_mb or disk_gb as a number from 0");
              }
            });
    server
        .cloud()
        .change(
            () ->
                body.fields()
                    .forEachRemaining(e -> zones.change(zone, e.getKey(), e.getValue().asInt())));
    zones(ctx);
  }

  private void setQuota(Context ctx) {
    CloudServer server = cloud(ctx);
    String region = region(ctx);
    String name = ctx.pathParam("project");
    if (server.cloud().spec().projects().stream().noneMatch(p -> p.name().equals(name))) {
      throw new Refused(404, "no project '" + name + "' in cloud " + ctx.pathParam("cloud"));
    }
    JsonNode body = body(ctx);
    body.fields()
        .forEachRemaining(
            entry -> {
              if (!Quotas.ALL_NAMES.contains(entry.getKey()) || !entry.getValue().isInt()) {
                throw new Refused(
                    400,
                    entry.getKey() + " is no quota with a number; known are " + Quotas.ALL_NAMES);
              }
            });
    String projectId = server.cloud().seededHexId("project/" + name);
    server
        .cloud()
        .change(
            () ->
                body.fields()
                    .forEachRemaining(
                        e ->
                            server
                                .quotas()
                                .get(region)
                                .change(projectId, e.getKey(), e.getValue().asInt())));
    ctx.status(204);
  }

  private SyntheticProject syntheticProject(Context ctx) {
    CloudServer server = cloud(ctx);
    String name = ctx.pathParam("project");
    return server.cloud().synthetic(region(ctx)).values().stream()
        .filter(project -> project.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new Refused(
                    404,
                    "no project '"
                        + name
                        + "' with \"synthetic\" in the federation file's cloud "
                        + ctx.pathParam("cloud")));
  }

  private void synthetic(Context ctx) {
    SyntheticProject project = syntheticProject(ctx);
    answer(ctx, cloud(ctx).cloud().look(project::counts));
  }

  /** Makes, changes and deletes things by rule, all at once. */
  private void changeSynthetic(Context ctx) {
    SyntheticProject project = syntheticProject(ctx);
    JsonNode body = body(ctx);
    String label = body.path("label").asText("");
    if (!label.matches("[A-Za-z0-9_.-]{0,40}")) {
      throw new Refused(400, "label: write up to 40 letters, digits, dots, dashes and underscores");
    }
    body.fields()
        .forEachRemaining(
            entry -> {
              if (!entry.getKey().equals("label")) {
                checkChange(entry.getKey(), entry.getValue());
              }
            });
    Cloud cloud = cloud(ctx).cloud();
    cloud.change(
        () ->
            body.fields()
                .forEachRemaining(
                    entry -> {
                      if (!entry.getKey().equals("label")) {
                        JsonNode change = entry.getValue();
                        project.change(
                            entry.getKey(),
                            change.path("create").asInt(),
                            change.path("update").asInt(),
                            change.path("delete").asInt(),
                            cloud.now(),
                            label);
                      }
                    }));
    synthetic(ctx);
  }

  private static void checkChange(String kind, JsonNode change) {
    List<String> kinds =
        List.of(SyntheticProject.SERVERS, SyntheticProject.PORTS, SyntheticProject.VOLUMES);
    if (!kinds.contains(kind) || !change.isObject()) {
      throw new Refused(400, kind + ": write servers, ports or volumes, each as an object");
    }
    change
        .fields()
        .forEachRemaining(
            number -> {
              if (!List.of("create", "update", "delete").contains(number.getKey())
                  || !number.getValue().isInt()
                  || number.getValue().asInt() < 0
                  || number.getValue().asInt() > MOST_CHANGES) {
                throw new Refused(
                    400,
                    kind
                        + "."
                        + number.getKey()
                        + ": write create, update or delete as a number from 0 to "
                        + MOST_CHANGES);
              }
            });
  }
}
