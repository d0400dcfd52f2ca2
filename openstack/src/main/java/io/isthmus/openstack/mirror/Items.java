package io.isthmus.openstack.mirror;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.mirror.MirrorItem;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Marks;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the mirror keeps of what a cloud lists.
 *
 * @see "Compute API: servers; Block Storage API v3: volumes; Networking API v2.0: networks, ports,
 *     floatingips, security-groups"
 */
final class Items {
  private static final int MOST_ADDRESSES = 100;
  private static final int LONGEST_FAULT = 1000;

  /** Bytes; hundreds of rules, where a project's quota of them is a hundred by default. */
  private static final int LARGEST_GROUP = 96 * 1024;

  private static final String RULES = "security_group_rules";

  private Items() {}

  static MirrorItem server(JsonObject server) {
    JsonObjectBuilder details =
        Details.of(
            server,
            "OS-EXT-AZ:availability_zone",
            "OS-EXT-STS:power_state",
            "OS-EXT-STS:task_state",
            "OS-EXT-STS:vm_state",
            "OS-SRV-USG:launched_at",
            "accessIPv4",
            "accessIPv6",
            "addresses",
            "description",
            "host_status",
            "hostId",
            "key_name",
            "locked",
            "os-extended-volumes:volumes_attached",
            "security_groups",
            "tags",
            "user_id");
    if (server.get("flavor") instanceof JsonObject flavor) {
      details.add(
          "flavor", Details.of(flavor, "id", "original_name", "vcpus", "ram", "disk").build());
    }
    // Empty text when it was booted from a volume.
    if (server.get("image") instanceof JsonObject image) {
      details.add("image", Details.of(image, "id").build());
    }
    if (server.get("fault") instanceof JsonObject fault) {
      JsonObjectBuilder told = Details.of(fault, "code", "created");
      // Not its details, which are stack traces of the cloud.
      Bodies.text(fault, "message")
          .ifPresent(
              words ->
                  told.add("message", words.substring(0, Math.min(words.length(), LONGEST_FAULT))));
      details.add("fault", told);
    }
    Details.metadata(server).ifPresent(metadata -> details.add("metadata", metadata));
    Set<String> addresses = new LinkedHashSet<>();
    if (server.get("addresses") instanceof JsonObject networks) {
      for (String network : networks.keySet()) {
        Bodies.objects(networks, network)
            .forEach(one -> Bodies.text(one, "addr").ifPresent(addresses::add));
      }
    }
    return item(
        server,
        "created",
        "updated",
        addresses,
        Marks.inMetadata(server),
        Details.bounded(details.build()));
  }

  static MirrorItem volume(JsonObject volume) {
    JsonObjectBuilder details =
        Details.of(
            volume,
            "availability_zone",
            "bootable",
            "description",
            "encrypted",
            "multiattach",
            "size",
            "snapshot_id",
            "source_volid",
            "user_id",
            "volume_type");
    JsonArray attachments =
        Details.each(volume, "attachments", "attachment_id", "server_id", "device", "attached_at");
    if (!attachments.isEmpty()) {
      details.add("attachments", attachments);
    }
    if (volume.get("volume_image_metadata") instanceof JsonObject image) {
      details.add("volume_image_metadata", Details.of(image, "image_id", "image_name").build());
    }
    Details.metadata(volume).ifPresent(metadata -> details.add("metadata", metadata));
    return item(
        volume,
        "created_at",
        "updated_at",
        Set.of(),
        Marks.inMetadata(volume),
        Details.bounded(details.build()));
  }

  /** The fields of networks that are asked for. */
  static final List<String> NETWORK =
      fields(
          "admin_state_up",
          "availability_zones",
          "dns_domain",
          "mtu",
          "port_security_enabled",
          "router:external",
          "shared",
          "subnets");

  /**
   * @param own whether it is the reading project's
   */
  static MirrorItem network(JsonObject network, boolean own) {
    return neutron(
        network,
        Set.of(),
        Details.of(network, names(NETWORK)).add("project_id", project(network)).add("own", own));
  }

  /** The fields of ports that are asked for. */
  static final List<String> PORT =
      fields(
          "admin_state_up",
          "allowed_address_pairs",
          "binding:vnic_type",
          "device_id",
          "device_owner",
          "dns_name",
          "fixed_ips",
          "mac_address",
          "network_id",
          "port_security_enabled",
          "security_groups");

  static MirrorItem port(JsonObject port) {
    Set<String> addresses = new LinkedHashSet<>();
    Bodies.objects(port, "fixed_ips")
        .forEach(one -> Bodies.text(one, "ip_address").ifPresent(addresses::add));
    return neutron(port, addresses, Details.of(port, names(PORT)));
  }

  /** The fields of floating IPs that are asked for. */
  static final List<String> FLOATING_IP =
      fields(
          "dns_domain",
          "dns_name",
          "fixed_ip_address",
          "floating_ip_address",
          "floating_network_id",
          "port_id",
          "router_id");

  static MirrorItem floatingIp(JsonObject floating) {
    Set<String> addresses = new LinkedHashSet<>();
    Bodies.text(floating, "floating_ip_address").ifPresent(addresses::add);
    Bodies.text(floating, "fixed_ip_address").ifPresent(addresses::add);
    return neutron(floating, addresses, Details.of(floating, names(FLOATING_IP)));
  }

  /** The fields of security groups that are asked for. */
  static final List<String> SECURITY_GROUP = fields(RULES, "stateful");

  /** With its rules, and how many there are as {@code security_group_rule_count}. */
  static MirrorItem securityGroup(JsonObject group) {
    JsonObjectBuilder details =
        Details.of(group, "description", "revision_number", "stateful", "tags");
    details.add("security_group_rule_count", Bodies.objects(group, RULES).size());
    JsonArray rules = rules(group);
    if (!rules.isEmpty()) {
      details.add(RULES, rules);
    }
    return item(
        group,
        "created_at",
        "updated_at",
        Set.of(),
        Marks.inDescription(group),
        Details.bounded(details.build(), LARGEST_GROUP));
  }

  /** By id, since clouds tell them in any order and the same has to be the same. */
  private static JsonArray rules(JsonObject group) {
    JsonArrayBuilder rules = Json.createArrayBuilder();
    Bodies.objects(group, RULES).stream()
        .sorted(Comparator.comparing(rule -> rule.getString("id", "")))
        .forEach(
            rule ->
                rules.add(
                    Details.of(
                        rule,
                        "id",
                        "direction",
                        "ethertype",
                        "protocol",
                        "port_range_min",
                        "port_range_max",
                        "remote_ip_prefix",
                        "remote_group_id",
                        "remote_address_group_id")));
    return rules.build();
  }

  private static List<String> fields(String... special) {
    List<String> all = new ArrayList<>(List.of(special));
    all.addAll(
        List.of(
            "id",
            "name",
            "status",
            "project_id",
            "tenant_id",
            "description",
            "tags",
            "created_at",
            "updated_at",
            "revision_number"));
    return List.copyOf(all);
  }

  /** Those fields that are details, rather than an item's own. */
  private static String[] names(List<String> fields) {
    List<String> own =
        List.of("id", "name", "status", "project_id", "tenant_id", "created_at", "updated_at");
    return fields.stream().filter(field -> !own.contains(field)).toArray(String[]::new);
  }

  /** The project that a thing of Neutron belongs to; empty text when it is told of none. */
  static String project(JsonObject object) {
    return Bodies.text(object, "project_id").or(() -> Bodies.text(object, "tenant_id")).orElse("");
  }

  private static MirrorItem neutron(
      JsonObject object, Set<String> addresses, JsonObjectBuilder details) {
    return item(
        object,
        "created_at",
        "updated_at",
        addresses,
        Marks.inDescription(object),
        Details.bounded(details.build()));
  }

  private static MirrorItem item(
      JsonObject thing,
      String created,
      String updated,
      Set<String> addresses,
      Optional<String> mark,
      JsonObject details) {
    return new MirrorItem(
        Bodies.text(thing, "id").orElse(""),
        Bodies.text(thing, "name").orElse(""),
        Bodies.text(thing, "status"),
        moment(thing, created),
        moment(thing, updated),
        addresses.stream().limit(MOST_ADDRESSES).toList(),
        mark,
        details);
  }

  /** With a zone or without one, which then means UTC. */
  static Optional<Instant> moment(JsonObject thing, String name) {
    JsonValue value = thing.get(name);
    return value == null ? Optional.empty() : Bodies.text(thing, name).flatMap(Items::moment);
  }

  private static Optional<Instant> moment(String text) {
    try {
      return Optional.of(
          text.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
              ? OffsetDateTime.parse(text).toInstant()
              : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }
}
