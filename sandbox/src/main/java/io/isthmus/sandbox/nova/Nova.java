package io.isthmus.sandbox.nova;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.cinder.Cinder;
import io.isthmus.sandbox.cloud.Cloud;
import io.isthmus.sandbox.cloud.Quotas;
import io.isthmus.sandbox.cloud.Table;
import io.isthmus.sandbox.federation.Federation.FlavorSpec;
import io.isthmus.sandbox.glance.Glance;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.neutron.Caller;
import io.isthmus.sandbox.neutron.Neutron;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The servers of one region and their life: {@code BUILD} while a host is found, ports and volumes
 * are plugged in and the guest starts, then {@code ACTIVE} or {@code ERROR} with its fault.
 */
public final class Nova {
  private static final int DELETED_KEPT = 2000;

  private final Cloud cloud;
  private final String region;
  private final Quotas quotas;
  private final Neutron neutron;
  private final Glance glance;
  private final Cinder cinder;
  private final Flavors flavors;
  private final Zones zones;
  private final SyntheticServers synthetic;

  public Nova(
      Cloud cloud, String region, Quotas quotas, Neutron neutron, Glance glance, Cinder cinder) {
    this.cloud = cloud;
    this.region = region;
    this.quotas = quotas;
    this.neutron = neutron;
    this.glance = glance;
    this.cinder = cinder;
    this.flavors = new Flavors(cloud);
    this.zones = new Zones(cloud, region);
    this.synthetic = new SyntheticServers(cloud, region, flavors);
    cloud
        .timers()
        .on("nova.schedule@" + region, id -> servers().find(id).ifPresent(this::schedule));
    cloud.timers().on("nova.spawned@" + region, id -> servers().find(id).ifPresent(this::spawned));
    cloud.timers().on("nova.deleted@" + region, id -> servers().find(id).ifPresent(this::deleted));
    cloud.timers().on("nova.settle@" + region, id -> servers().find(id).ifPresent(this::settle));
    cloud.timers().on("nova.resized@" + region, id -> servers().find(id).ifPresent(this::resized));
    cloud.timers().on("nova.ended@" + region, id -> servers().find(id).ifPresent(this::ended));
    cloud.timers().on("nova.rebuilt@" + region, id -> servers().find(id).ifPresent(this::rebuilt));
  }

  Table servers() {
    return cloud.region(region).table("servers");
  }

  /** Servers that are gone, for {@code changes-since}. */
  Table gone() {
    return cloud.region(region).table("deleted_servers");
  }

  Table keypairs() {
    return cloud.region(region).table("keypairs");
  }

  Table groups() {
    return cloud.region(region).table("server_groups");
  }

  Stream<ObjectNode> groupsOf(String projectId) {
    return groups().stream().filter(g -> g.get("project_id").asText().equals(projectId));
  }

  Cloud cloud() {
    return cloud;
  }

  Quotas quotas() {
    return quotas;
  }

  Neutron neutron() {
    return neutron;
  }

  Glance glance() {
    return glance;
  }

  Cinder cinder() {
    return cinder;
  }

  Flavors flavors() {
    return flavors;
  }

  /** Those that are there by rule. */
  SyntheticServers synthetic() {
    return synthetic;
  }

  public Zones zones() {
    return zones;
  }

  Stream<ObjectNode> serversOf(String projectId) {
    return servers().stream().filter(s -> s.get("_project").asText().equals(projectId));
  }

  int used(String projectId, String what) {
    return serversOf(projectId)
            .mapToInt(s -> what.equals("instances") ? 1 : s.get("_flavor").get(what).asInt())
            .sum()
        + synthetic.used(projectId, what);
  }

  private void after(Duration delay, String kind, ObjectNode server) {
    cloud.timers().at(now().plus(delay), kind + "@" + region, server.get("id").asText());
  }

  /** Inside a timer this is when it was due, else the present. */
  private Instant now() {
    return cloud.timers().now().isAfter(Instant.EPOCH) ? cloud.timers().now() : cloud.now();
  }

  void touch(ObjectNode server) {
    server.put("updated", Json.seconds(now()));
  }

  private void task(ObjectNode server, String task) {
    server.put("_task", task);
    touch(server);
  }

  /** Takes a checked server in and begins to build it. */
  void accept(ObjectNode server) {
    servers().put(server);
    Duration build = buildTime(server);
    after(build.dividedBy(5), "nova.schedule", server);
  }

  private Duration buildTime(ObjectNode server) {
    Duration build = cloud.spec().timing().serverBuild();
    String more = Json.text(server.get("metadata"), "lab:spawn_delay");
    return more == null || !more.matches("\\d{1,5}")
        ? build
        : build.plusSeconds(Long.parseLong(more));
  }

  private static boolean deleting(ObjectNode server) {
    return "deleting".equals(Json.text(server, "_task"));
  }

  private void schedule(ObjectNode server) {
    if (deleting(server)) {
      return;
    }
    Optional<Zones.Place> place = place(server);
    if (place.isEmpty()) {
      fail(server, 500, "No valid host was found. There are not enough hosts available.");
      return;
    }
    server.put("_zone", place.get().zone()).put("_host", place.get().host());
    task(server, "networking");
    if (plugPorts(server)) {
      task(server, "spawning");
      Duration build = buildTime(server);
      after(build.minus(build.dividedBy(5)), "nova.spawned", server);
    }
  }

  private Optional<Zones.Place> place(ObjectNode server) {
    Set<String> avoid =
        new HashSet<>(hostsOf(Json.textsOf(server.path("_hints"), "different_host")));
    Set<String> only = new HashSet<>(hostsOf(Json.textsOf(server.path("_hints"), "same_host")));
    String zone = Json.text(server, "_zone_wanted");
    Optional<ObjectNode> group =
        Optional.ofNullable(Json.text(server, "_group")).flatMap(groups()::find);
    if (group.isEmpty()) {
      return zones.place(server, zone, avoid, only);
    }
    String policy = group.get().get("policy").asText();
    Set<String> avoidByGroup = new HashSet<>(avoid);
    Set<String> onlyByGroup = new HashSet<>(only);
    if (policy.endsWith("anti-affinity")) {
      avoidByGroup.addAll(fullHosts(group.get()));
    } else {
      onlyByGroup.addAll(hostsOf(Json.textsOf(group.get(), "members")));
    }
    Optional<Zones.Place> place = zones.place(server, zone, avoidByGroup, onlyByGroup);
    return place.isEmpty() && policy.startsWith("soft-")
        ? zones.place(server, zone, avoid, only)
        : place;
  }

  /** Hosts that have as many of a group's servers as its rules allow. */
  private Set<String> fullHosts(ObjectNode group) {
    int most = group.path("rules").path("max_server_per_host").asInt(1);
    return Json.textsOf(group, "members").stream()
        .flatMap(id -> servers().find(id).map(s -> Json.text(s, "_host")).stream())
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
        .entrySet()
        .stream()
        .filter(entry -> entry.getValue() >= most)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private Set<String> hostsOf(List<String> serverIds) {
    Set<String> hosts = new HashSet<>();
    serverIds.forEach(
        id -> servers().find(id).map(s -> Json.text(s, "_host")).ifPresent(hosts::add));
    return hosts;
  }

  /** Plugs the ports that the request named in, and makes those that it left to Nova. */
  private boolean plugPorts(ObjectNode server) {
    String id = server.get("id").asText();
    Caller owner = new Caller(server.get("_project").asText(), false);
    ArrayNode own = server.putArray("_own_ports");
    try {
      for (JsonNode wanted : server.get("_networks")) {
        String portId = Json.text(wanted, "port");
        ObjectNode port;
        if (portId == null) {
          port = neutron.createPort(portRequest(server, wanted), owner);
          own.add(port.get("id").asText());
        } else {
          port =
              neutron
                  .port(portId, owner)
                  .orElseThrow(() -> Fault.notFound("Port " + portId + " could not be found."));
          if (!port.get("device_id").asText().isEmpty()) {
            throw Fault.conflict("Port " + portId + " is still in use.");
          }
        }
        neutron.bind(port, id, server.get("_zone").asText(), server.get("_host").asText());
      }
      return true;
    } catch (Fault unavailable) {
      unplugPorts(server);
      server.remove("_host");
      fail(
          server,
          500,
          "Build of instance "
              + id
              + " aborted: Failed to allocate the network(s), not rescheduling.");
      return false;
    }
  }

  private ObjectNode portRequest(ObjectNode server, JsonNode wanted) {
    ObjectNode request = Json.obj().put("network_id", wanted.get("uuid").asText());
    request.put("device_id", server.get("id").asText());
    request.put("device_owner", "compute:" + server.get("_zone").asText());
    if (!server.get("_groups").isEmpty()) {
      request.set("security_groups", server.get("_groups").deepCopy());
    }
    if (wanted.path("fixed_ip").isTextual()) {
      request.putArray("fixed_ips").addObject().put("ip_address", wanted.get("fixed_ip").asText());
    }
    return request;
  }

  private void unplugPorts(ObjectNode server) {
    List<String> own = Json.textsOf(server, "_own_ports");
    for (ObjectNode port : neutron.portsOfServer(server.get("id").asText())) {
      if (own.contains(port.get("id").asText())) {
        neutron.deletePort(port);
      } else {
        neutron.unbind(port);
      }
    }
  }

  private void spawned(ObjectNode server) {
    if (deleting(server)) {
      return;
    }
    String id = server.get("id").asText();
    if ("fail".equals(Json.text(server.get("metadata"), "lab:spawn"))) {
      unplugPorts(server);
      server.remove("_host");
      fail(
          server,
          500,
          "Exceeded maximum number of retries. Exhausted all hosts available for retrying build"
              + " failures for instance "
              + id
              + ".");
      return;
    }
    for (JsonNode disk : server.get("_volumes")) {
      if (!cinder.ready(disk.get("id").asText())) {
        task(server, "block_device_mapping");
        after(Duration.ofMillis(200), "nova.spawned", server);
        return;
      }
    }
    for (JsonNode disk : server.get("_volumes")) {
      cinder
          .volume(disk.get("id").asText(), server.get("_project").asText(), true)
          .ifPresent(v -> cinder.attach(v, id, disk.get("device").asText()));
    }
    server.put("status", "ACTIVE").put("_vm", "active").put("_power", 1);
    server.put("launched_at", Json.micros(now()));
    task(server, null);
  }

  private void fail(ObjectNode server, int code, String message) {
    server.put("status", "ERROR").put("_vm", "error").put("_power", 0);
    ObjectNode fault = server.putObject("fault");
    fault.put("code", code).put("created", Json.seconds(now())).put("message", message);
    task(server, null);
  }

  /** Begins to delete a server; asking again changes nothing. */
  void delete(ObjectNode server) {
    if (deleting(server)) {
      return;
    }
    boolean placed = server.has("_host");
    task(server, "deleting");
    after(placed ? cloud.spec().timing().serverDelete() : Duration.ZERO, "nova.deleted", server);
  }

  private void deleted(ObjectNode server) {
    String id = server.get("id").asText();
    unplugPorts(server);
    for (JsonNode disk : server.get("_volumes")) {
      cinder.unreserve(disk.get("id").asText());
      cinder.release(disk.get("id").asText(), disk.path("delete").asBoolean());
    }
    groups().stream()
        .forEach(
            group -> {
              List<String> members = Json.textsOf(group, "members");
              members.remove(id);
              group.set("members", Json.texts(members));
            });
    servers().remove(id);
    server.put("status", "DELETED").put("_vm", "deleted").put("_power", 0);
    server.put("terminated_at", Json.micros(now()));
    task(server, null);
    gone().put(server);
    if (gone().size() > DELETED_KEPT) {
      gone().stream().findFirst().ifPresent(oldest -> gone().remove(oldest.get("id").asText()));
    }
  }

  /**
   * Begins a change of state.
   *
   * @param task the task's name while it lasts
   * @param then status, VM state and power state at its end
   */
  void become(ObjectNode server, String task, String status, String vm, int power) {
    server.put("_next_status", status).put("_next_vm", vm).put("_next_power", power);
    task(server, task);
    after(cloud.spec().timing().serverBuild().dividedBy(2), "nova.settle", server);
  }

  private void settle(ObjectNode server) {
    if (deleting(server) || !server.has("_next_status")) {
      return;
    }
    server.put("status", server.get("_next_status").asText());
    server
        .put("_vm", server.get("_next_vm").asText())
        .put("_power", server.get("_next_power").asInt());
    server.remove(List.of("_next_status", "_next_vm", "_next_power"));
    task(server, null);
  }

  private void note(ObjectNode server, String action, String requestId) {
    ObjectNode row = server.withArray("_actions").addObject().put("action", action);
    row.put("request_id", requestId).put("start_time", Json.micros(now())).putNull("message");
    row.put("updated_at", Json.micros(now()));
  }

  private void keepState(ObjectNode server) {
    for (String field : List.of("status", "_vm", "_power")) {
      server.set("_before" + field, server.get(field));
    }
  }

  private void restoreState(ObjectNode server) {
    for (String field : List.of("status", "_vm", "_power")) {
      server.set(field, server.remove("_before" + field));
    }
    task(server, null);
  }

  /** Begins to give a server another flavor. */
  void resize(ObjectNode server, FlavorSpec flavor, String requestId) {
    note(server, "resize", requestId);
    keepState(server);
    server.set("_new_flavor", Flavors.kept(flavor));
    server.put("status", "RESIZE");
    task(server, "resize_prep");
    after(buildTime(server).dividedBy(2), "nova.resized", server);
  }

  /**
   * On a host with room it waits for a word; without one it is as before, and an action says so.
   */
  private void resized(ObjectNode server) {
    if (deleting(server) || !server.has("_new_flavor")) {
      return;
    }
    ObjectNode asked = server.deepCopy();
    asked.set("_flavor", server.get("_new_flavor"));
    Optional<Zones.Place> place = place(asked);
    if (place.isEmpty()) {
      ArrayNode actions = (ArrayNode) server.get("_actions");
      ((ObjectNode) actions.get(actions.size() - 1)).put("message", "Error");
      server.remove("_new_flavor");
      restoreState(server);
      return;
    }
    server.set("_old_flavor", server.get("_flavor"));
    server.set("_old_host", server.get("_host"));
    server.set("_old_zone", server.get("_zone"));
    server.set("_flavor", server.remove("_new_flavor"));
    server.put("_zone", place.get().zone()).put("_host", place.get().host());
    server.put("status", "VERIFY_RESIZE").put("_vm", "resized");
    task(server, null);
  }

  /** Begins to confirm a resize, or to take it back. */
  void endResize(ObjectNode server, boolean confirm, String requestId) {
    note(server, confirm ? "confirmResize" : "revertResize", requestId);
    server.put("_ending", true).put("_confirm", confirm);
    if (!confirm) {
      server.put("status", "REVERT_RESIZE");
      task(server, "resize_reverting");
    }
    after(buildTime(server).dividedBy(4), "nova.ended", server);
  }

  private void ended(ObjectNode server) {
    if (deleting(server) || !server.has("_ending")) {
      return;
    }
    if (!server.get("_confirm").asBoolean()) {
      for (String what : List.of("flavor", "host", "zone")) {
        server.set("_" + what, server.get("_old_" + what));
      }
    }
    server.remove(List.of("_ending", "_confirm", "_old_flavor", "_old_host", "_old_zone"));
    restoreState(server);
  }

  /** Begins to put another image in the place of a server's disk. */
  void rebuild(ObjectNode server, String requestId) {
    note(server, "rebuild", requestId);
    keepState(server);
    if (server.get("_before_vm").asText().equals("error")) {
      server.put("_beforestatus", "ACTIVE").put("_before_vm", "active").put("_before_power", 1);
    }
    server.put("status", "REBUILD");
    task(server, "rebuilding");
    after(buildTime(server), "nova.rebuilt", server);
  }

  private void rebuilt(ObjectNode server) {
    if (deleting(server) || !server.has("_beforestatus")) {
      return;
    }
    server.remove("fault");
    server.put("launched_at", Json.micros(now()));
    restoreState(server);
  }
}
