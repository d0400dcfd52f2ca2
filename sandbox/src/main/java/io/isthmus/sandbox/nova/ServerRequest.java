package io.isthmus.sandbox.nova;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.federation.Federation.FlavorSpec;
import io.isthmus.sandbox.http.Call;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.http.Microversion;
import io.isthmus.sandbox.neutron.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Checks a request for servers as Nova's API does, and makes the rows for them. */
final class ServerRequest {
  private static final Set<String> FIELDS =
      Set.of(
          "name",
          "imageRef",
          "flavorRef",
          "adminPass",
          "metadata",
          "networks",
          "OS-DCF:diskConfig",
          "accessIPv4",
          "accessIPv6",
          "personality",
          "availability_zone",
          "block_device_mapping",
          "block_device_mapping_v2",
          "config_drive",
          "key_name",
          "min_count",
          "max_count",
          "return_reservation_id",
          "security_groups",
          "user_data",
          "description",
          "tags",
          "trusted_image_certificates",
          "host",
          "hypervisor_hostname",
          "hostname");

  private final Nova nova;
  private final Call call;
  private final ObjectNode request;
  private final Microversion version;
  private final Caller caller;

  ServerRequest(Nova nova, Call call) {
    this.nova = nova;
    this.call = call;
    this.request = call.json("server");
    this.version = Microversion.of(call);
    this.caller = new Caller(call.projectId(), call.admin());
  }

  /** The rows, one for each server asked for, ready to be built. */
  List<ObjectNode> rows() {
    checkForm();
    FlavorSpec flavor = flavor();
    ObjectNode image = image(flavor);
    String zone = zone();
    ArrayNode groups = groups();
    ArrayNode networks = networks();
    checkKey();
    checkUserData();
    int count = count(networks);
    checkQuota(flavor, count);
    List<ObjectNode> rows = new java.util.ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = request.get("name").asText().strip() + (count > 1 ? "-" + (i + 1) : "");
      ObjectNode row = row(name, flavor, image, zone);
      row.set("_groups", groups.deepCopy());
      row.set("_networks", networks.deepCopy());
      row.set("_volumes", volumes(row));
      rows.add(row);
    }
    return rows;
  }

  private void checkForm() {
    for (String field : List.of("name", "flavorRef")) {
      if (!request.has(field)) {
        throw invalid("server", request, "'" + field + "' is a required property");
      }
    }
    for (var it = request.fieldNames(); it.hasNext(); ) {
      String field = it.next();
      if (!FIELDS.contains(field)) {
        throw invalid(
            "server",
            request,
            "Additional properties are not allowed ('" + field + "' was unexpected)");
      }
    }
    String name = Json.text(request, "name");
    if (name == null || name.isBlank() || name.length() > 255) {
      throw invalid(
          "name",
          request.get("name"),
          name == null
              ? Json.python(request.get("name")) + " is not of type 'string'"
              : name.isBlank() ? "'" + name + "' is too short" : "'" + name + "' is too long");
    }
    if (version.atLeast(37) && !request.has("networks")) {
      throw invalid("server", request, "'networks' is a required property");
    }
    if (request.has("tags") && !version.atLeast(52)) {
      throw invalid(
          "server", request, "Additional properties are not allowed ('tags' was unexpected)");
    }
    if (request.has("description") && !version.atLeast(19)) {
      throw invalid(
          "server",
          request,
          "Additional properties are not allowed ('description' was unexpected)");
    }
    JsonNode metadata = request.path("metadata");
    if (!metadata.isMissingNode()) {
      checkMetadata(metadata);
    }
  }

  private void checkMetadata(JsonNode metadata) {
    int limit = nova.quotas().limit(call.projectId(), "metadata_items");
    if (limit >= 0 && metadata.size() > limit) {
      throw Fault.forbidden("Quota exceeded, too many metadata items in request");
    }
    for (var it = metadata.fields(); it.hasNext(); ) {
      Map.Entry<String, JsonNode> entry = it.next();
      if (!entry.getValue().isTextual()) {
        throw invalid(
            entry.getKey(), entry.getValue(), entry.getValue() + " is not of type 'string'");
      }
      if (entry.getValue().asText().length() > 255) {
        throw invalid(
            entry.getKey(), entry.getValue(), "'" + entry.getValue().asText() + "' is too long");
      }
    }
  }

  static Fault invalid(String field, JsonNode value, String reason) {
    String shown = value == null ? "None" : value.isTextual() ? value.asText() : Json.python(value);
    return Fault.badRequest(
        "Invalid input for field/attribute " + field + ". Value: " + shown + ". " + reason);
  }

  private FlavorSpec flavor() {
    String id = request.get("flavorRef").asText();
    String last = id.substring(id.lastIndexOf('/') + 1);
    return nova.flavors()
        .find(last)
        .orElseThrow(() -> Fault.badRequest("Flavor " + last + " could not be found."));
  }

  private ObjectNode image(FlavorSpec flavor) {
    String id = Json.text(request, "imageRef");
    if (id == null || id.isEmpty()) {
      if (!request.path("block_device_mapping_v2").isArray()) {
        throw Fault.badRequest(
            "Invalid image href or no block device mapping: Block Device Mapping is Invalid: Boot"
                + " sequence for the instance and image/block device mapping combination is not"
                + " valid.");
      }
      return null;
    }
    if (!id.matches("[0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}")) {
      throw invalid(
          "imageRef",
          request.get("imageRef"),
          "'" + id + "' is not valid under any of the given schemas");
    }
    ObjectNode image =
        nova.glance()
            .image(id, call.projectId(), call.admin())
            .orElseThrow(() -> Fault.badRequest("Can not find requested image"));
    if (!image.get("status").asText().equals("active")) {
      throw Fault.badRequest("Image " + id + " is not active.");
    }
    if (image.path("min_ram").asInt() > flavor.ram()) {
      throw Fault.badRequest("Flavor's memory is too small for requested image.");
    }
    if (flavor.disk() > 0 && image.path("min_disk").asInt() > flavor.disk()) {
      throw Fault.badRequest("The created instance's disk would be too small.");
    }
    return image;
  }

  private String zone() {
    String zone = Json.text(request, "availability_zone");
    if (zone == null) {
      return null;
    }
    String name = zone.contains(":") ? zone.substring(0, zone.indexOf(':')) : zone;
    if (nova.zones().all().stream().noneMatch(z -> z.name().equals(name))) {
      throw Fault.badRequest("The requested availability zone is not available");
    }
    return name;
  }

  private ArrayNode groups() {
    ArrayNode groups = Json.arr();
    for (JsonNode group : request.path("security_groups")) {
      String name = group.path("name").asText();
      groups.add(
          nova.neutron()
              .group(name, caller)
              .orElseThrow(
                  () ->
                      Fault.badRequest(
                          "Unable to find security_group with name or id '" + name + "'"))
              .get("id")
              .asText());
    }
    return groups;
  }

  private ArrayNode networks() {
    JsonNode wanted = request.path("networks");
    if (wanted.isTextual()) {
      if (!version.atLeast(37) || !Set.of("auto", "none").contains(wanted.asText())) {
        throw invalid("networks", wanted, "'" + wanted.asText() + "' is not of type 'array'");
      }
      return wanted.asText().equals("none") ? Json.arr() : automatic();
    }
    if (!wanted.isArray() || wanted.isEmpty() && !version.atLeast(37)) {
      return automatic();
    }
    ArrayNode checked = Json.arr();
    Set<String> ports = new java.util.HashSet<>();
    for (JsonNode one : wanted) {
      checked.add(Json.text(one, "port") != null ? port(one, ports) : network(one));
    }
    return checked;
  }

  private ArrayNode automatic() {
    List<ObjectNode> own = nova.neutron().ownNetworks(caller);
    if (own.size() > 1) {
      throw Fault.conflict(
          "Multiple possible networks found, use a Network ID to be more specific.");
    }
    ArrayNode networks = Json.arr();
    own.forEach(n -> networks.addObject().put("uuid", n.get("id").asText()));
    return networks;
  }

  private ObjectNode port(JsonNode one, Set<String> seen) {
    String id = one.get("port").asText();
    ObjectNode port =
        nova.neutron()
            .port(id, caller)
            .orElseThrow(() -> Fault.badRequest("Port id " + id + " could not be found."));
    if (!port.get("device_id").asText().isEmpty() || !seen.add(id)) {
      throw Fault.conflict("Port " + id + " is still in use.");
    }
    if (port.get("fixed_ips").isEmpty()) {
      throw Fault.badRequest("Port " + id + " requires a FixedIP in order to be used.");
    }
    return Json.obj().put("port", id);
  }

  private ObjectNode network(JsonNode one) {
    String id = Json.text(one, "uuid");
    if (id == null) {
      throw invalid("networks", one, "'uuid' or 'port' is required");
    }
    ObjectNode network =
        nova.neutron()
            .network(id, caller)
            .orElseThrow(() -> Fault.badRequest("Network " + id + " could not be found."));
    if (network.path("router:external").asBoolean()
        && !network.path("shared").asBoolean()
        && !call.admin()) {
      throw Fault.forbidden("It is not allowed to create an interface on external network " + id);
    }
    if (nova.neutron().networkHasNoSubnet(id)) {
      throw Fault.badRequest("Network " + id + " requires a subnet in order to boot instances on.");
    }
    ObjectNode checked = Json.obj().put("uuid", id);
    String fixed = Json.text(one, "fixed_ip");
    if (fixed != null) {
      if (nova.neutron().addressInUse(id, fixed)) {
        throw Fault.badRequest("Fixed IP address " + fixed + " is already in use.");
      }
      checked.put("fixed_ip", fixed);
    }
    return checked;
  }

  private void checkKey() {
    String key = Json.text(request, "key_name");
    if (key != null && nova.keypairs().find(call.token().userId() + "/" + key).isEmpty()) {
      throw Fault.badRequest("Invalid key_name provided.");
    }
  }

  private void checkUserData() {
    String data = Json.text(request, "user_data");
    if (data == null) {
      return;
    }
    if (data.length() > 65535) {
      throw invalid("user_data", request.get("user_data"), "'user_data' is too long");
    }
  }

  private int count(ArrayNode networks) {
    int least = Math.max(1, request.path("min_count").asInt(1));
    int most = Math.max(least, request.path("max_count").asInt(least));
    boolean ports = false;
    for (JsonNode network : networks) {
      ports |= network.has("port");
    }
    if (most > 1 && ports) {
      throw Fault.badRequest(
          "Failed to launch instances: Unable to launch multiple instances with a single configured port ID. Please launch your"
              + " instance one by one with different ports.");
    }
    return most;
  }

  private void checkQuota(FlavorSpec flavor, int count) {
    Map<String, Integer> wanted =
        new java.util.TreeMap<>(
            Map.of(
                "cores", flavor.vcpus() * count, "instances", count, "ram", flavor.ram() * count));
    List<String> over = new java.util.ArrayList<>();
    List<String> asked = new java.util.ArrayList<>();
    List<String> used = new java.util.ArrayList<>();
    List<String> limits = new java.util.ArrayList<>();
    BiConsumer<String, Integer> check =
        (name, more) -> {
          int limit = nova.quotas().limit(call.projectId(), name);
          int now = nova.used(call.projectId(), name.equals("cores") ? "vcpus" : name);
          if (limit >= 0 && now + more > limit) {
            over.add(name);
            asked.add(more.toString());
            used.add(String.valueOf(now));
            limits.add(String.valueOf(limit));
          }
        };
    wanted.forEach(check);
    if (!over.isEmpty()) {
      String names = String.join(", ", over);
      throw Fault.forbidden(
          "Quota exceeded for "
              + names
              + ": Requested "
              + String.join(", ", asked)
              + ", but already used "
              + String.join(", ", used)
              + " of "
              + String.join(", ", limits)
              + " "
              + names);
    }
  }

  private ObjectNode row(String name, FlavorSpec flavor, ObjectNode image, String zone) {
    Instant now = nova.cloud().now();
    ObjectNode row = Json.obj().put("id", UUID.randomUUID().toString()).put("name", name);
    row.put("status", "BUILD").put("_vm", "building").put("_task", "scheduling").put("_power", 0);
    row.put("_project", call.projectId()).put("user_id", call.token().userId());
    row.set(
        "metadata",
        request.path("metadata").isObject() ? request.get("metadata").deepCopy() : Json.obj());
    row.set("_flavor", Flavors.kept(flavor));
    row.put("_image", image == null ? null : image.get("id").asText());
    row.put("created", Json.seconds(now)).put("updated", Json.seconds(now));
    row.put("_created", Json.micros(now));
    row.put("_zone_wanted", zone).put("key_name", Json.text(request, "key_name"));
    row.put("_description", Json.text(request, "description"));
    row.put("_config_drive", request.path("config_drive").asBoolean());
    row.put("_disk_config", request.path("OS-DCF:diskConfig").asText("MANUAL"));
    row.set("tags", request.path("tags").isArray() ? request.get("tags") : Json.arr());
    Optional.ofNullable(Json.text(request, "hostname")).ifPresent(h -> row.put("_hostname", h));
    JsonNode hints = call.json().path("os:scheduler_hints");
    if (hints.isMissingNode()) {
      hints = call.json().path("OS-SCH-HNT:scheduler_hints");
    }
    row.set("_hints", hints.isObject() ? hints : Json.obj());
    String group = Json.text(row.get("_hints"), "group");
    if (group != null) {
      join(row, group);
    }
    return row;
  }

  private void join(ObjectNode row, String groupId) {
    ObjectNode group =
        nova.groups()
            .find(groupId)
            .filter(g -> g.get("project_id").asText().equals(call.projectId()))
            .orElseThrow(
                () -> Fault.badRequest("Instance group " + groupId + " could not be found."));
    int limit = nova.quotas().limit(call.projectId(), "server_group_members");
    if (limit >= 0 && group.get("members").size() >= limit) {
      throw Fault.forbidden("Quota exceeded, too many servers in group");
    }
    row.put("_group", groupId);
    ((ArrayNode) group.get("members")).add(row.get("id").asText());
  }

  private ArrayNode volumes(ObjectNode row) {
    ArrayNode volumes = Json.arr();
    char letter = request.path("imageRef").asText("").isEmpty() ? 'a' : 'b';
    for (JsonNode device : request.path("block_device_mapping_v2")) {
      String source = device.path("source_type").asText();
      if (device.path("destination_type").asText().equals("local")) {
        if (source.equals("image")) {
          row.put("_image", Json.text(device, "uuid"));
        }
        continue;
      }
      ObjectNode volume = volume(row, device, source);
      volumes
          .addObject()
          .put("id", volume.get("id").asText())
          .put("device", "/dev/vd" + letter++)
          .put("delete", device.path("delete_on_termination").asBoolean());
    }
    return volumes;
  }

  private ObjectNode volume(ObjectNode row, JsonNode device, String source) {
    String uuid = Json.text(device, "uuid");
    if (source.equals("volume")) {
      ObjectNode volume =
          nova.cinder()
              .volume(String.valueOf(uuid), call.projectId(), false)
              .orElseThrow(
                  () ->
                      Fault.badRequest(
                          "Block Device Mapping is Invalid: failed to get volume " + uuid + "."));
      nova.cinder().reserve(volume);
      return volume;
    }
    ObjectNode image = null;
    if (source.equals("image")) {
      image =
          nova.glance()
              .image(String.valueOf(uuid), call.projectId(), call.admin())
              .orElseThrow(
                  () ->
                      Fault.badRequest(
                          "Block Device Mapping is Invalid: failed to get image " + uuid + "."));
    } else if (!source.equals("blank")) {
      throw Fault.badRequest(
          "Block Device Mapping is Invalid: unknown source_type '" + source + "'.");
    }
    ObjectNode wanted = Json.obj().put("name", "").put("size", device.path("volume_size").asInt());
    ObjectNode volume =
        nova.cinder().create(wanted, call.projectId(), row.get("user_id").asText(), image);
    nova.cinder().reserveWhenReady(volume);
    return volume;
  }
}
