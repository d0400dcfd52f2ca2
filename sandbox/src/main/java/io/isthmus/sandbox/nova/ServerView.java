package io.isthmus.sandbox.nova;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.http.Call;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.http.Microversion;
import io.isthmus.sandbox.neutron.Neutron;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A server as each microversion shows it. */
final class ServerView {
  private final Nova nova;

  ServerView(Nova nova) {
    this.nova = nova;
  }

  static ArrayNode links(Call call, String collection, String id) {
    ArrayNode links = Json.link("self", call.baseUrl() + "/v2.1/" + collection + "/" + id);
    links
        .addObject()
        .put("rel", "bookmark")
        .put("href", call.baseUrl() + "/" + collection + "/" + id);
    return links;
  }

  ObjectNode brief(Call call, ObjectNode server) {
    ObjectNode view = Json.obj().put("id", server.get("id").asText());
    view.put("name", server.get("name").asText());
    view.set("links", links(call, "servers", server.get("id").asText()));
    return view;
  }

  /** As a list shows it, which leaves out the server groups. */
  ObjectNode listed(Call call, ObjectNode server) {
    ObjectNode view = full(call, server);
    view.remove("server_groups");
    return view;
  }

  ObjectNode full(Call call, ObjectNode server) {
    Microversion version = Microversion.of(call);
    ObjectNode view = Json.obj();
    String id = server.get("id").asText();
    String status = server.get("status").asText();
    view.put("id", id).put("name", server.get("name").asText()).put("status", status);
    view.put("tenant_id", server.get("_project").asText());
    view.set("user_id", server.get("user_id"));
    view.set("metadata", server.get("metadata"));
    view.put("hostId", hostId(server));
    view.set("image", image(call, server));
    view.set("flavor", flavor(call, server, version));
    view.set("created", server.get("created"));
    view.set("updated", server.get("updated"));
    view.set("addresses", addresses(server));
    view.put("accessIPv4", "").put("accessIPv6", "");
    view.set("links", links(call, "servers", id));
    view.put("OS-DCF:diskConfig", server.path("_disk_config").asText("MANUAL"));
    if (Set.of("ACTIVE", "BUILD", "REBUILD", "RESIZE", "VERIFY_RESIZE").contains(status)) {
      view.put("progress", 0);
    }
    view.put("OS-EXT-AZ:availability_zone", server.path("_zone").asText(""));
    view.put("config_drive", server.path("_config_drive").asBoolean() ? "True" : "");
    view.set("key_name", server.path("key_name"));
    view.set(
        "OS-SRV-USG:launched_at",
        server.path("launched_at").isTextual() ? server.get("launched_at") : view.nullNode());
    view.set(
        "OS-SRV-USG:terminated_at",
        server.path("terminated_at").isTextual() ? server.get("terminated_at") : view.nullNode());
    view.put("OS-EXT-STS:task_state", Json.text(server, "_task"));
    view.put("OS-EXT-STS:vm_state", server.get("_vm").asText());
    view.put("OS-EXT-STS:power_state", server.get("_power").asInt());
    view.set("os-extended-volumes:volumes_attached", volumes(server, version));
    ArrayNode groups = groups(server);
    if (!groups.isEmpty()) {
      view.set("security_groups", groups);
    }
    if (server.has("fault") && (status.equals("ERROR") || status.equals("DELETED"))) {
      view.set("fault", server.get("fault"));
    }
    addNewer(view, server, version);
    if (call.admin()) {
      addForAdmins(view, server);
    }
    return view;
  }

  private void addNewer(ObjectNode view, ObjectNode server, Microversion version) {
    if (version.atLeast(9)) {
      view.put("locked", server.path("_locked").asBoolean());
    }
    if (version.atLeast(19)) {
      view.put("description", Json.text(server, "_description"));
    }
    if (version.atLeast(26)) {
      view.set("tags", server.get("tags"));
    }
    if (version.atLeast(63)) {
      view.putNull("trusted_image_certificates");
    }
    if (version.atLeast(71)) {
      String group = Json.text(server, "_group");
      view.set("server_groups", Json.texts(group == null ? List.of() : List.of(group)));
    }
    if (version.atLeast(73)) {
      view.putNull("locked_reason");
    }
    if (version.atLeast(90)) {
      view.put("OS-EXT-SRV-ATTR:hostname", hostname(server));
    }
  }

  private static void addForAdmins(ObjectNode view, ObjectNode server) {
    view.put("OS-EXT-SRV-ATTR:host", Json.text(server, "_host"));
    view.put("OS-EXT-SRV-ATTR:hypervisor_hostname", Json.text(server, "_host"));
    view.put(
        "OS-EXT-SRV-ATTR:instance_name", "instance-" + server.get("id").asText().substring(0, 8));
  }

  private static String hostname(ObjectNode server) {
    return server
        .path("_hostname")
        .asText(
            server
                .get("name")
                .asText()
                .toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[^a-z0-9-]+", "-"));
  }

  /** As Nova does: who shares a host can tell, but not which host it is. */
  private static String hostId(ObjectNode server) {
    String host = Json.text(server, "_host");
    if (host == null) {
      return "";
    }
    try {
      byte[] bytes = (server.get("_project").asText() + host).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-224").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static JsonNode image(Call call, ObjectNode server) {
    String image = Json.text(server, "_image");
    if (image == null) {
      return server.textNode("");
    }
    ObjectNode reference = Json.obj().put("id", image);
    reference.set("links", Json.link("bookmark", call.baseUrl() + "/images/" + image));
    return reference;
  }

  private static JsonNode flavor(Call call, ObjectNode server, Microversion version) {
    JsonNode flavor = server.get("_flavor");
    ObjectNode view = Json.obj();
    if (!version.atLeast(47)) {
      String id = flavor.get("id").asText();
      view.put("id", id);
      view.set("links", Json.link("bookmark", call.baseUrl() + "/flavors/" + id));
      return view;
    }
    view.set("vcpus", flavor.get("vcpus"));
    view.set("ram", flavor.get("ram"));
    view.set("disk", flavor.get("disk"));
    view.put("ephemeral", 0).put("swap", 0);
    view.put("original_name", flavor.get("name").asText());
    view.set("extra_specs", flavor.get("extra_specs"));
    return view;
  }

  ObjectNode addresses(ObjectNode server) {
    if (server.get("_addresses") instanceof ObjectNode byRule) {
      return byRule;
    }
    String serverId = server.get("id").asText();
    ObjectNode addresses = Json.obj();
    Neutron neutron = nova.neutron();
    for (ObjectNode port : neutron.portsOfServer(serverId)) {
      String name = neutron.networkName(port.get("network_id").asText());
      String mac = port.get("mac_address").asText();
      ArrayNode list = addresses.withArray(name);
      for (JsonNode ip : port.get("fixed_ips")) {
        String address = ip.get("ip_address").asText();
        add(list, Neutron.version(ip), address, "fixed", mac);
        neutron
            .floatingAddress(port.get("id").asText(), address)
            .ifPresent(floating -> add(list, 4, floating, "floating", mac));
      }
    }
    return addresses;
  }

  private static void add(ArrayNode list, int version, String address, String type, String mac) {
    list.addObject()
        .put("version", version)
        .put("addr", address)
        .put("OS-EXT-IPS:type", type)
        .put("OS-EXT-IPS-MAC:mac_addr", mac);
  }

  private static ArrayNode volumes(ObjectNode server, Microversion version) {
    ArrayNode list = Json.arr();
    for (JsonNode disk : server.get("_volumes")) {
      ObjectNode one = list.addObject().put("id", disk.get("id").asText());
      if (version.atLeast(3)) {
        one.put("delete_on_termination", disk.path("delete").asBoolean());
      }
    }
    return list;
  }

  private ArrayNode groups(ObjectNode server) {
    Set<String> ids = new LinkedHashSet<>();
    for (ObjectNode port : nova.neutron().portsOfServer(server.get("id").asText())) {
      ids.addAll(Json.textsOf(port, "security_groups"));
    }
    ArrayNode groups = Json.arr();
    ids.forEach(id -> groups.addObject().put("name", nova.neutron().groupName(id)));
    return groups;
  }
}
