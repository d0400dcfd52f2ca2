package io.isthmus.sandbox.nova;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.cinder.Cinder;
import io.isthmus.sandbox.http.Call;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.http.Microversion;
import io.isthmus.sandbox.http.Routes;
import io.isthmus.sandbox.neutron.Caller;
import io.isthmus.sandbox.neutron.Neutron;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is done to a server that runs: actions, interfaces and volumes. */
final class ActionsApi {
  private static final Set<String> STEADY = Set.of("active", "paused", "suspended", "stopped");

  private final Nova nova;
  private final Resizes resizes;

  ActionsApi(Nova nova) {
    this.nova = nova;
    this.resizes = new Resizes(nova);
  }

  void routes(Routes r) {
    r.post("/v2.1/servers/{id}/action", this::act)
        .get(
            "/v2.1/servers/{id}/os-instance-actions",
            call -> resizes.actions(call, ServersApi.find(nova, call)))
        .get(
            "/v2.1/servers/{id}/os-instance-actions/{request}",
            call -> resizes.showAction(call, ServersApi.find(nova, call)))
        .get("/v2.1/servers/{id}/os-interface", this::interfaces)
        .post("/v2.1/servers/{id}/os-interface", this::attachInterface)
        .get("/v2.1/servers/{id}/os-interface/{port}", this::showInterface)
        .delete("/v2.1/servers/{id}/os-interface/{port}", this::detachInterface)
        .get("/v2.1/servers/{id}/os-volume_attachments", this::volumes)
        .post("/v2.1/servers/{id}/os-volume_attachments", this::attachVolume)
        .get("/v2.1/servers/{id}/os-volume_attachments/{volume}", this::showVolume)
        .delete("/v2.1/servers/{id}/os-volume_attachments/{volume}", this::detachVolume);
  }

  private void act(Call call) {
    ObjectNode server = ServersApi.find(nova, call);
    ObjectNode request = call.json();
    String action = request.fieldNames().hasNext() ? request.fieldNames().next() : "";
    switch (action) {
      case "os-start" ->
          change(call, server, "start", Set.of("stopped"), "powering-on", "ACTIVE", "active", 1);
      case "os-stop" ->
          change(
              call,
              server,
              "stop",
              Set.of("active", "error"),
              "powering-off",
              "SHUTOFF",
              "stopped",
              4);
      case "reboot" -> {
        String type = request.path("reboot").path("type").asText();
        if (!Set.of("SOFT", "HARD", "soft", "hard").contains(type)) {
          throw ServerRequest.invalid(
              "type",
              request.path("reboot").get("type"),
              "'" + type + "' is not one of ['HARD', 'Hard', 'hard', 'SOFT', 'Soft', 'soft']");
        }
        change(
            call,
            server,
            "reboot",
            Set.of("active", "stopped", "paused", "suspended", "error"),
            type.equalsIgnoreCase("HARD") ? "rebooting_hard" : "rebooting",
            "ACTIVE",
            "active",
            1);
      }
      case "pause" ->
          change(call, server, "pause", Set.of("active"), "pausing", "PAUSED", "paused", 3);
      case "unpause" ->
          change(call, server, "unpause", Set.of("paused"), "unpausing", "ACTIVE", "active", 1);
      case "suspend" ->
          change(
              call, server, "suspend", Set.of("active"), "suspending", "SUSPENDED", "suspended", 4);
      case "resume" ->
          change(call, server, "resume", Set.of("suspended"), "resuming", "ACTIVE", "active", 1);
      case "lock" -> lock(call, server, true);
      case "unlock" -> lock(call, server, false);
      case "os-getConsoleOutput" -> console(call, server, request.path(action));
      case "addSecurityGroup" ->
          group(call, server, request.path(action).path("name").asText(), true);
      case "removeSecurityGroup" ->
          group(call, server, request.path(action).path("name").asText(), false);
      case "resize" -> {
        refuseLocked(call, server);
        requireState(server, action, Set.of("active", "stopped"));
        resizes.resize(call, server, request.path(action));
      }
      case "confirmResize", "revertResize" -> {
        refuseLocked(call, server);
        requireState(server, action, Set.of("resized"));
        resizes.end(call, server, action.equals("confirmResize"));
      }
      case "rebuild" -> {
        refuseLocked(call, server);
        requireState(server, action, Set.of("active", "stopped", "error"));
        resizes.rebuild(call, server, request.path(action));
      }
      case "changePassword" -> {
        refuseLocked(call, server);
        requireState(server, action, Set.of("active"));
        if (!request.path(action).path("adminPass").isTextual()) {
          throw ServerRequest.invalid(
              "changePassword", request.path(action), "'adminPass' is a required property");
        }
        call.answer(202);
      }
      case "os-resetState" -> reset(call, server, request.path(action).path("state").asText());
      default -> throw Fault.badRequest("There is no such action: " + action);
    }
  }

  private void change(
      Call call,
      ObjectNode server,
      String action,
      Set<String> from,
      String task,
      String status,
      String vm,
      int power) {
    refuseLocked(call, server);
    requireState(server, action, from);
    nova.become(server, task, status, vm, power);
    call.answer(202);
  }

  private static void refuseLocked(Call call, ObjectNode server) {
    if (server.path("_locked").asBoolean() && !call.admin()) {
      throw Fault.conflict("Instance " + server.get("id").asText() + " is locked");
    }
  }

  /** What servers must be for their metadata and tags to change. */
  static void requireSteady(ObjectNode server, String action) {
    requireState(server, action, STEADY);
  }

  private static void requireState(ObjectNode server, String action, Set<String> from) {
    String task = Json.text(server, "_task");
    String vm = server.get("_vm").asText();
    if (task != null && !task.isEmpty() || !from.contains(vm)) {
      boolean busy = from.contains(vm);
      throw Fault.conflict(
          "Cannot '"
              + action
              + "' instance "
              + server.get("id").asText()
              + " while it is in "
              + (busy ? "task_state " + task : "vm_state " + vm));
    }
  }

  private void lock(Call call, ObjectNode server, boolean locked) {
    server.put("_locked", locked);
    nova.touch(server);
    call.answer(202);
  }

  /** As many lines from the end as are asked for; all without a length or with -1. */
  private static String end(String output, JsonNode length) {
    if (length.isMissingNode() || length.isNull()) {
      return output;
    }
    if (!length.asText().matches("-1|\\d{1,9}")) {
      throw ServerRequest.invalid(
          "length", length, "'" + length.asText() + "' does not match '^-?[0-9]+$'");
    }
    int wanted = length.asInt();
    List<String> lines = output.lines().toList();
    return wanted < 0 || wanted >= lines.size()
        ? output
        : String.join("\n", lines.subList(lines.size() - wanted, lines.size()));
  }

  private void console(Call call, ObjectNode server, JsonNode request) {
    if (server.get("_vm").asText().equals("building")) {
      throw Fault.conflict("Instance " + server.get("id").asText() + " is not ready");
    }
    String name = server.get("name").asText();
    String output =
        "[    0.000000] made-up machine "
            + name
            + "\n[\u001b[0;32m  OK  \u001b[0m] Reached target Multi-User System.\n\n"
            + name
            + " login: ";
    call.answer(200, Json.obj().put("output", end(output, request.path("length"))));
  }

  private void group(Call call, ObjectNode server, String name, boolean add) {
    Neutron neutron = nova.neutron();
    String id =
        neutron
            .group(name, new Caller(call.projectId(), call.admin()))
            .orElseThrow(
                () ->
                    Fault.notFound(
                        "Security group "
                            + name
                            + " not found for project "
                            + call.projectId()
                            + "."))
            .get("id")
            .asText();
    for (ObjectNode port : neutron.portsOfServer(server.get("id").asText())) {
      List<String> groups = new ArrayList<>(Json.textsOf(port, "security_groups"));
      groups.remove(id);
      if (add) {
        groups.add(id);
      }
      port.set("security_groups", Json.texts(groups));
    }
    call.answer(202);
  }

  private void reset(Call call, ObjectNode server, String state) {
    if (!call.admin()) {
      throw Fault.forbidden(
          "Policy doesn't allow os_compute_api:os-admin-actions:reset_state to be performed.");
    }
    boolean active = state.equals("active");
    server.put("status", active ? "ACTIVE" : "ERROR").put("_vm", active ? "active" : "error");
    server.putNull("_task");
    nova.touch(server);
    call.answer(202);
  }

  private static ObjectNode attachment(Call call, ObjectNode port) {
    ObjectNode view = Json.obj().put("port_state", port.get("status").asText());
    view.set("fixed_ips", port.get("fixed_ips"));
    view.put("port_id", port.get("id").asText()).put("net_id", port.get("network_id").asText());
    if (Microversion.of(call).atLeast(70)) {
      view.putNull("tag");
    }
    return view.put("mac_addr", port.get("mac_address").asText());
  }

  private void interfaces(Call call) {
    ArrayNode list = Json.arr();
    nova.neutron()
        .portsOfServer(ServersApi.find(nova, call).get("id").asText())
        .forEach(port -> list.add(attachment(call, port)));
    call.answer(200, Json.obj().set("interfaceAttachments", list));
  }

  private ObjectNode port(Call call, ObjectNode server) {
    String id = call.param("port");
    return nova.neutron().portsOfServer(server.get("id").asText()).stream()
        .filter(p -> p.get("id").asText().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                Fault.notFound(
                    "Instance "
                        + server.get("id").asText()
                        + " does not have a port with id "
                        + id));
  }

  private void showInterface(Call call) {
    ObjectNode port = port(call, ServersApi.find(nova, call));
    call.answer(200, Json.obj().set("interfaceAttachment", attachment(call, port)));
  }

  private void attachInterface(Call call) {
    ObjectNode server = ServersApi.find(nova, call);
    requireState(server, "attach_interface", Set.of("active", "paused", "stopped"));
    ObjectNode request = call.json("interfaceAttachment");
    Caller caller = new Caller(server.get("_project").asText(), false);
    String portId = Json.text(request, "port_id");
    String netId = Json.text(request, "net_id");
    ObjectNode port;
    if (portId != null) {
      port =
          nova.neutron()
              .port(portId, caller)
              .orElseThrow(() -> Fault.notFound("Port id " + portId + " could not be found."));
      if (!port.get("device_id").asText().isEmpty()) {
        throw Fault.badRequest("Port " + portId + " is still in use.");
      }
    } else if (netId != null) {
      ObjectNode wanted = Json.obj().put("network_id", netId);
      if (request.path("fixed_ips").isArray()) {
        wanted.set("fixed_ips", request.get("fixed_ips"));
      }
      if (nova.neutron().network(netId, caller).isEmpty()) {
        throw Fault.notFound("Network " + netId + " could not be found.");
      }
      port = nova.neutron().createPort(wanted, caller);
      ((ArrayNode) server.withArray("_own_ports")).add(port.get("id").asText());
    } else {
      List<ObjectNode> networks = nova.neutron().ownNetworks(caller);
      if (networks.size() != 1) {
        throw Fault.badRequest(
            networks.isEmpty()
                ? "No Interface available to attach."
                : "Multiple possible networks found, use a Network ID to be more specific.");
      }
      port =
          nova.neutron()
              .createPort(Json.obj().put("network_id", networks.get(0).get("id").asText()), caller);
      ((ArrayNode) server.withArray("_own_ports")).add(port.get("id").asText());
    }
    nova.neutron()
        .bind(
            port,
            server.get("id").asText(),
            server.get("_zone").asText(),
            server.get("_host").asText());
    call.answer(200, Json.obj().set("interfaceAttachment", attachment(call, port)));
  }

  private void detachInterface(Call call) {
    ObjectNode server = ServersApi.find(nova, call);
    ObjectNode port = port(call, server);
    if (Json.textsOf(server, "_own_ports").contains(port.get("id").asText())) {
      nova.neutron().deletePort(port);
    } else {
      nova.neutron().unbind(port);
    }
    call.answer(202);
  }

  private static ObjectNode disk(
      Call call, ObjectNode server, com.fasterxml.jackson.databind.JsonNode disk) {
    Microversion version = Microversion.of(call);
    ObjectNode view = Json.obj();
    if (!version.atLeast(89)) {
      view.put("id", disk.get("id").asText());
    }
    view.put("serverId", server.get("id").asText()).put("volumeId", disk.get("id").asText());
    view.put("device", disk.get("device").asText());
    if (version.atLeast(70)) {
      view.putNull("tag");
    }
    if (version.atLeast(79)) {
      view.put("delete_on_termination", disk.path("delete").asBoolean());
    }
    if (version.atLeast(89)) {
      view.put("attachment_id", disk.get("id").asText()).put("bdm_uuid", disk.get("id").asText());
    }
    return view;
  }

  private void volumes(Call call) {
    ObjectNode server = ServersApi.find(nova, call);
    ArrayNode list = Json.arr();
    server.get("_volumes").forEach(d -> list.add(disk(call, server, d)));
    call.answer(200, Json.obj().set("volumeAttachments", list));
  }

  private com.fasterxml.jackson.databind.JsonNode attached(Call call, ObjectNode server) {
    String id = call.param("volume");
    for (var disk : server.get("_volumes")) {
      if (disk.get("id").asText().equals(id)) {
        return disk;
      }
    }
    throw Fault.notFound(
        "Instance " + server.get("id").asText() + " is not attached to volume " + id);
  }

  private void showVolume(Call call) {
    ObjectNode server = ServersApi.find(nova, call);
    call.answer(
        200, Json.obj().set("volumeAttachment", disk(call, server, attached(call, server))));
  }

  private void attachVolume(Call call) {
    ObjectNode server = ServersApi.find(nova, call);
    requireState(server, "attach_volume", Set.of("active", "stopped", "paused", "suspended"));
    ObjectNode request = call.json("volumeAttachment");
    String id = Json.text(request, "volumeId");
    if (id == null) {
      throw ServerRequest.invalid("volumeAttachment", request, "'volumeId' is a required property");
    }
    Cinder cinder = nova.cinder();
    ObjectNode volume =
        cinder
            .volume(id, call.projectId(), call.admin())
            .orElseThrow(() -> Fault.notFound("Volume " + id + " could not be found."));
    if (volume.get("status").asText().equals("in-use")) {
      throw Fault.badRequest(
          "Invalid volume: volume "
              + id
              + " is already attached to instances: "
              + String.join(", ", volume.get("attachments").findValuesAsText("server_id")));
    }
    cinder.reserve(volume);
    ArrayNode disks = (ArrayNode) server.get("_volumes");
    String device = Json.text(request, "device");
    if (device == null) {
      device = freeDevice(disks);
    }
    ObjectNode disk = disks.addObject().put("id", id).put("device", device);
    disk.put("delete", request.path("delete_on_termination").asBoolean());
    cinder.attach(volume, server.get("id").asText(), device);
    nova.touch(server);
    ObjectNode made = disk(call, server, disk).put("id", id);
    made.remove(List.of("attachment_id", "bdm_uuid"));
    call.answer(200, Json.obj().set("volumeAttachment", made));
  }

  private static String freeDevice(ArrayNode disks) {
    List<String> taken = disks.findValuesAsText("device");
    char letter = 'b';
    while (taken.contains("/dev/vd" + letter)) {
      letter++;
    }
    return "/dev/vd" + letter;
  }

  private void detachVolume(Call call) {
    ObjectNode server = ServersApi.find(nova, call);
    var disk = attached(call, server);
    if (disk.get("device").asText().equals("/dev/vda")) {
      throw Fault.forbidden("Cannot detach a root device volume");
    }
    requireState(server, "detach_volume", Set.of("active", "stopped", "paused", "suspended"));
    ArrayNode left = Json.arr();
    for (var other : server.get("_volumes")) {
      if (!other.get("id").equals(disk.get("id"))) {
        left.add(other);
      }
    }
    server.set("_volumes", left);
    nova.cinder().detach(disk.get("id").asText());
    nova.touch(server);
    call.answer(202);
  }
}
