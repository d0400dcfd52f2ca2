package io.isthmus.openstack.compute;

import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.openstack.conversation.Microversion;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Marks;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What Nova is sent and answers for servers.
 *
 * @see "Compute API v2.1, POST /servers; heat/engine/resources/openstack/nova/server.py"
 */
final class ServerBodies {
  /** The lowest that lets a server be made with its tags. */
  static final Microversion TAGS_AT_CREATION = new Microversion(2, 52);

  /** The lowest that lists by tag. */
  static final Microversion TAG_FILTER = new Microversion(2, 26);

  /** The lowest in which "no network" can be said. */
  static final Microversion NETWORKS_REQUIRED = new Microversion(2, 37);

  static final Microversion WANTED = TAGS_AT_CREATION;

  private ServerBodies() {}

  /**
   * The body of a creation.
   *
   * @param ports made before, in the order of the template's networks
   * @param offered what the call is made with
   */
  static JsonObject creation(
      DesiredPart part,
      String flavorId,
      Optional<String> imageId,
      List<String> ports,
      Optional<Microversion> offered) {
    JsonObject properties = part.properties();
    JsonObjectBuilder server = Bodies.copy(properties, "key_name", "config_drive", "personality");
    server.add("name", Bodies.text(properties, "name").orElse(part.physicalName()));
    server.add("flavorRef", flavorId);
    server.add("imageRef", imageId.orElse(""));
    part.availabilityZone()
        .or(() -> Bodies.text(properties, "availability_zone"))
        .ifPresent(zone -> server.add("availability_zone", zone));
    Bodies.copyAs(properties, "admin_pass", server, "adminPass");
    Bodies.copyAs(properties, "diskConfig", server, "OS-DCF:diskConfig");
    Bodies.text(properties, "user_data").ifPresent(data -> server.add("user_data", encoded(data)));
    server.add("metadata", metadata(part));
    networks(properties, ports, offered).ifPresent(value -> server.add("networks", value));
    List<JsonObject> disks = blockDevices(properties, imageId);
    if (!disks.isEmpty()) {
      JsonArrayBuilder mapping = Json.createArrayBuilder();
      disks.forEach(mapping::add);
      server.add("block_device_mapping_v2", mapping);
    }
    if (offered.filter(version -> version.isAtLeast(TAGS_AT_CREATION)).isPresent()) {
      List<String> tags = new ArrayList<>(Bodies.texts(properties, "tags"));
      tags.add(Marks.tag(part.mark().stack()));
      server.add("tags", Bodies.array(tags.stream().distinct().toList()));
    }
    JsonObjectBuilder body = Json.createObjectBuilder().add("server", server);
    if (properties.get("scheduler_hints") instanceof JsonObject hints && !hints.isEmpty()) {
      body.add("os:scheduler_hints", hints);
    }
    return body.build();
  }

  private static String encoded(String userData) {
    return Base64.getEncoder().encodeToString(userData.getBytes(StandardCharsets.UTF_8));
  }

  /** The template's metadata, whose values Nova wants as texts, and the mark. */
  private static JsonObject metadata(DesiredPart part) {
    JsonObjectBuilder metadata = Json.createObjectBuilder();
    if (part.properties().get("metadata") instanceof JsonObject given) {
      given.forEach(
          (key, value) ->
              metadata.add(
                  key, value instanceof JsonString text ? text.getString() : value.toString()));
    }
    Marks.metadata(part.mark()).forEach(metadata::add);
    return metadata.build();
  }

  private static Optional<JsonValue> networks(
      JsonObject properties, List<String> ports, Optional<Microversion> offered) {
    if (!ports.isEmpty()) {
      JsonArrayBuilder networks = Json.createArrayBuilder();
      ports.forEach(port -> networks.add(Json.createObjectBuilder().add("port", port)));
      return Optional.of(networks.build());
    }
    if (offered.filter(version -> version.isAtLeast(NETWORKS_REQUIRED)).isEmpty()) {
      return Optional.empty();
    }
    String allocation =
        Bodies.objects(properties, "networks").stream()
            .flatMap(network -> Bodies.text(network, "allocate_network").stream())
            .findFirst()
            .orElse("auto");
    return Optional.of(Json.createValue(allocation));
  }

  private static List<JsonObject> blockDevices(JsonObject properties, Optional<String> imageId) {
    List<JsonObject> devices = new ArrayList<>();
    for (JsonObject old : Bodies.objects(properties, "block_device_mapping")) {
      devices.add(blockDevice(old, devices.isEmpty() && imageId.isEmpty()));
    }
    for (JsonObject wanted : Bodies.objects(properties, "block_device_mapping_v2")) {
      devices.add(blockDevice(wanted, devices.isEmpty() && imageId.isEmpty()));
    }
    if (!devices.isEmpty() && imageId.isPresent()) {
      // With an image and other disks Nova wants the image's own disk said too.
      devices.add(
          0,
          Json.createObjectBuilder()
              .add("uuid", imageId.get())
              .add("source_type", "image")
              .add("destination_type", "local")
              .add("boot_index", 0)
              .add("delete_on_termination", true)
              .build());
    }
    return devices;
  }

  private static JsonObject blockDevice(JsonObject wanted, boolean first) {
    JsonObjectBuilder device =
        Bodies.copy(wanted, "device_name", "device_type", "disk_bus", "delete_on_termination");
    Map<String, String> sources =
        new TreeMap<>(
            Map.of(
                "volume_id",
                "volume",
                "snapshot_id",
                "snapshot",
                "image",
                "image",
                "image_id",
                "image"));
    String source = "blank";
    for (Map.Entry<String, String> each : sources.entrySet()) {
      Optional<String> id = Bodies.text(wanted, each.getKey());
      if (id.isPresent()) {
        source = each.getValue();
        device.add("uuid", id.get());
      }
    }
    device.add("source_type", source);
    if (source.equals("blank")) {
      device.add("destination_type", "local");
      Bodies.text(wanted, "swap_size").ifPresent(size -> device.add("guest_format", "swap"));
      Bodies.copyAs(wanted, "swap_size", device, "volume_size");
      Bodies.copyAs(wanted, "ephemeral_size", device, "volume_size");
      Bodies.copyAs(wanted, "ephemeral_format", device, "guest_format");
    } else {
      device.add("destination_type", "volume");
      Bodies.copyAs(wanted, "volume_size", device, "volume_size");
    }
    int otherwise = first && !source.equals("blank") ? 0 : -1;
    device.add("boot_index", (int) Bodies.number(wanted, "boot_index", otherwise));
    return device.build();
  }

  /**
   * Heat's attributes.
   *
   * @param ports the ports of the server, which tell networks' ids; as far as they were looked at
   */
  static JsonObject attributes(JsonObject server, List<JsonObject> ports) {
    JsonObjectBuilder attributes = Bodies.copy(server, "name", "accessIPv4", "accessIPv6", "tags");
    Bodies.copyAs(server, "OS-EXT-SRV-ATTR:instance_name", attributes, "instance_name");
    JsonObjectBuilder addresses = Json.createObjectBuilder();
    JsonObjectBuilder networks = Json.createObjectBuilder();
    String first = "";
    if (server.get("addresses") instanceof JsonObject byName) {
      for (Map.Entry<String, JsonValue> network : byName.entrySet()) {
        List<JsonObject> known = Bodies.objects(byName, network.getKey());
        JsonArrayBuilder whole = Json.createArrayBuilder();
        List<String> texts = new ArrayList<>();
        Optional<String> networkId = Optional.empty();
        for (JsonObject address : known) {
          String text = address.getString("addr", "");
          texts.add(text);
          first = first.isEmpty() ? text : first;
          Optional<JsonObject> port = portOf(address, ports);
          networkId = networkId.or(() -> port.map(found -> found.getString("network_id", "")));
          whole.add(described(address, port));
        }
        JsonArray all = whole.build();
        addresses.add(network.getKey(), all);
        networks.add(network.getKey(), Bodies.array(texts));
        networkId.ifPresent(
            id -> {
              addresses.add(id, all);
              networks.add(id, Bodies.array(texts));
            });
      }
    }
    return attributes
        .add("addresses", addresses)
        .add("networks", networks)
        .add("first_address", first)
        .add("show", server)
        .build();
  }

  private static Optional<JsonObject> portOf(JsonObject address, List<JsonObject> ports) {
    String mac = address.getString("OS-EXT-IPS-MAC:mac_addr", "");
    return ports.stream()
        .filter(port -> port.getString("mac_address", "").equalsIgnoreCase(mac))
        .findFirst();
  }

  private static JsonObject described(JsonObject address, Optional<JsonObject> port) {
    JsonObjectBuilder whole = Json.createObjectBuilder(address);
    port.ifPresent(found -> whole.add("port", found.getString("id")));
    return whole.build();
  }
}
