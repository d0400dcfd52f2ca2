package io.isthmus.openstack.compute;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.template.type.UserData;
import io.isthmus.openstack.conversation.Microversion;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Marks;
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

/**
 * What Nova is sent and answers for servers.
 *
 * @see "Compute API v2.1, POST /servers; heat/engine/resources/openstack/nova/server.py"
 */
final class ServerBodies {
  /** The lowest that lets a server be made with its tags. */
  static final Microversion TAGS_AT_CREATION = new Microversion(2, 52);

  /** The lowest in which "no network" can be said. */
  static final Microversion NETWORKS_REQUIRED = new Microversion(2, 37);

  static final Microversion WANTED = TAGS_AT_CREATION;

  /** What a disk is made of, by the property that names it. */
  private static final Map<String, String> SOURCES =
      Map.of("volume_id", "volume", "snapshot_id", "snapshot", "image", "image");

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
    JsonObjectBuilder server = Bodies.copy(properties, "key_name", "config_drive");
    server.add("name", Bodies.text(properties, "name").orElse(part.physicalName()));
    server.add("flavorRef", flavorId);
    server.add("imageRef", imageId.orElse(""));
    part.availabilityZone()
        .or(() -> Bodies.text(properties, "availability_zone"))
        .ifPresent(zone -> server.add("availability_zone", zone));
    Bodies.copyAs(properties, "admin_pass", server, "adminPass");
    Bodies.copyAs(properties, "diskConfig", server, "OS-DCF:diskConfig");
    UserData.of(properties).ifPresent(data -> server.add("user_data", encoded(data)));
    server.add("metadata", metadata(part));
    networks(ports, offered).ifPresent(value -> server.add("networks", value));
    List<String> groups = Bodies.texts(properties, "security_groups");
    if (ports.isEmpty() && !groups.isEmpty()) {
      // Of the port that Nova makes; those made before have theirs already.
      JsonArrayBuilder named = Json.createArrayBuilder();
      groups.forEach(group -> named.add(Json.createObjectBuilder().add("name", group)));
      server.add("security_groups", named);
    }
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

  static String encoded(String userData) {
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

  private static Optional<JsonValue> networks(List<String> ports, Optional<Microversion> offered) {
    if (!ports.isEmpty()) {
      JsonArrayBuilder networks = Json.createArrayBuilder();
      ports.forEach(port -> networks.add(Json.createObjectBuilder().add("port", port)));
      return Optional.of(networks.build());
    }
    return offered
        .filter(version -> version.isAtLeast(NETWORKS_REQUIRED))
        .map(version -> Json.createValue("auto"));
  }

  private static List<JsonObject> blockDevices(JsonObject properties, Optional<String> imageId) {
    List<JsonObject> devices = new ArrayList<>();
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
    // The schema lets exactly one of them through.
    SOURCES.forEach(
        (property, source) ->
            Bodies.text(wanted, property)
                .ifPresent(id -> device.add("uuid", id).add("source_type", source)));
    device.add("destination_type", "volume");
    Bodies.copyAs(wanted, "volume_size", device, "volume_size");
    device.add("boot_index", (int) Bodies.number(wanted, "boot_index", first ? 0 : -1));
    return device.build();
  }

  /** Heat's attributes. */
  static JsonObject attributes(JsonObject server, ServerAddresses known) {
    JsonObjectBuilder attributes = Bodies.copy(server, "name", "accessIPv4", "accessIPv6", "tags");
    Bodies.copyAs(server, "OS-EXT-SRV-ATTR:instance_name", attributes, "instance_name");
    JsonObjectBuilder addresses = Json.createObjectBuilder();
    JsonObjectBuilder networks = Json.createObjectBuilder();
    String first = "";
    if (server.get("addresses") instanceof JsonObject byName) {
      for (String network : byName.keySet()) {
        List<JsonObject> all = Bodies.objects(byName, network);
        JsonArray texts = Bodies.array(all.stream().map(one -> one.getString("addr", "")).toList());
        JsonArrayBuilder described = Json.createArrayBuilder();
        all.forEach(address -> described.add(known.described(server, address)));
        JsonArray whole = described.build();
        addresses.add(network, whole);
        networks.add(network, texts);
        // As Heat does, each network stands there twice: under its name and under its id.
        all.stream()
            .flatMap(address -> known.networkId(server, address).stream())
            .findFirst()
            .ifPresent(
                id -> {
                  addresses.add(id, whole);
                  networks.add(id, texts);
                });
        first = first.isEmpty() && !texts.isEmpty() ? texts.getString(0) : first;
      }
    }
    return attributes
        .add("addresses", addresses)
        .add("networks", networks)
        .add("first_address", first)
        .add("show", server)
        .build();
  }
}
