package io.isthmus.sandbox.neutron;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** The rules of Neutron's security groups. */
final class SecurityGroupRules extends Kind {
  private static final List<String> IDENTITY =
      List.of(
          "security_group_id",
          "direction",
          "ethertype",
          "protocol",
          "port_range_min",
          "port_range_max",
          "remote_ip_prefix",
          "remote_group_id");
  private static final List<String> PROTOCOLS =
      List.of(
          "ah",
          "dccp",
          "egp",
          "esp",
          "gre",
          "hopopt",
          "icmp",
          "icmpv6",
          "igmp",
          "ip",
          "ipip",
          "ipv6-encap",
          "ipv6-frag",
          "ipv6-icmp",
          "ipv6-nonxt",
          "ipv6-opts",
          "ipv6-route",
          "ospf",
          "pgm",
          "rsvp",
          "sctp",
          "tcp",
          "udp",
          "udplite",
          "vrrp");

  SecurityGroupRules(Neutron neutron) {
    super(
        neutron,
        "security_group_rule",
        "security_group_rules",
        "Security group rule",
        List.of(
            Attribute.uuid("security_group_id"),
            Attribute.text("direction", "").mustBeNamed().fixed().onlyOneOf("ingress", "egress"),
            Attribute.text("ethertype", "IPv4").fixed().onlyOneOf("IPv4", "IPv6"),
            Attribute.any("protocol", NullNode.instance).fixed(),
            Attribute.any("port_range_min", NullNode.instance).fixed(),
            Attribute.any("port_range_max", NullNode.instance).fixed(),
            Attribute.any("remote_ip_prefix", NullNode.instance).fixed(),
            Attribute.any("remote_address_group_id", NullNode.instance).fixed(),
            Attribute.any("remote_group_id", NullNode.instance).fixed()));
  }

  @Override
  String notFoundType() {
    return "SecurityGroupRuleNotFound";
  }

  @Override
  String notFoundMessage(String id) {
    return "Security group rule " + id + " does not exist";
  }

  /** Adds a rule for everything, as groups have from the start. */
  void add(ObjectNode group, String direction, String ethertype, String remoteGroup) {
    String now = Json.seconds(neutron.now());
    ObjectNode row = Json.obj().put("id", UUID.randomUUID().toString());
    row.put("tenant_id", group.get("project_id").asText());
    row.put("security_group_id", group.get("id").asText());
    row.put("ethertype", ethertype).put("direction", direction);
    for (String field :
        List.of(
            "protocol",
            "port_range_min",
            "port_range_max",
            "remote_ip_prefix",
            "remote_address_group_id",
            "normalized_cidr")) {
      row.putNull(field);
    }
    row.put("remote_group_id", remoteGroup).putNull("description");
    row.set("tags", Json.arr());
    row.put("created_at", now).put("updated_at", now).put("revision_number", 0);
    row.put("project_id", group.get("project_id").asText());
    table().put(row);
  }

  @Override
  void create(ObjectNode row, Caller caller) {
    ObjectNode group = neutron.groups().find(row.get("security_group_id").asText(), caller);
    row.put("tenant_id", group.get("project_id").asText());
    row.put("project_id", group.get("project_id").asText());
    normaliseProtocol(row);
    checkPorts(row);
    checkRemote(row, caller);
    refuseDouble(row);
    neutron.groups().touch(group);
  }

  private static void normaliseProtocol(ObjectNode row) {
    JsonNode protocol = row.get("protocol");
    if (protocol.isNull()) {
      return;
    }
    String text = protocol.asText().toLowerCase(Locale.ROOT);
    if (text.equals("any")) {
      row.putNull("protocol");
      return;
    }
    boolean number = text.matches("\\d{1,3}") && Integer.parseInt(text) <= 255;
    if (!number && !PROTOCOLS.contains(text)) {
      throw Fault.of(
          400,
          "SecurityGroupRuleInvalidProtocol",
          "Security group rule protocol "
              + protocol.asText()
              + " not supported. Only protocol values [None, '"
              + String.join("', '", PROTOCOLS)
              + "'] and integer representations [0 to 255] are supported.");
    }
    row.put("protocol", text);
  }

  private static void checkPorts(ObjectNode row) {
    Integer min = port(row, "port_range_min");
    Integer max = port(row, "port_range_max");
    if (min == null && max == null) {
      return;
    }
    String protocol = row.get("protocol").asText("null");
    if (row.get("protocol").isNull()) {
      throw Fault.of(
          400,
          "SecurityGroupProtocolRequiredWithPorts",
          "Must also specify protocol if port range is given.");
    }
    boolean icmp = protocol.contains("icmp") || protocol.equals("1") || protocol.equals("58");
    if (icmp) {
      for (String field : List.of("port_range_min", "port_range_max")) {
        Integer value = port(row, field);
        if (value != null && value > 255) {
          throw Fault.of(
              400,
              "SecurityGroupInvalidIcmpValue",
              "Invalid value for ICMP " + field + " (" + value + "). It must be 0 to 255.");
        }
      }
      if (min == null) {
        throw Fault.of(
            400,
            "SecurityGroupMissingIcmpType",
            "ICMP code (port-range-max) "
                + max
                + " is provided but ICMP type (port-range-min) is missing.");
      }
      return;
    }
    if (min == null || max == null || min > max) {
      throw Fault.of(
          400,
          "SecurityGroupInvalidPortRange",
          "For TCP/UDP protocols, port_range_min must be <= port_range_max");
    }
  }

  private static Integer port(ObjectNode row, String field) {
    JsonNode value = row.get(field);
    if (value.isNull()) {
      return null;
    }
    try {
      int port = Integer.parseInt(value.asText());
      if (port >= 0 && port <= 65535) {
        row.put(field, port);
        return port;
      }
    } catch (NumberFormatException notANumber) {
      throw Fault.of(
          400, "SecurityGroupInvalidPortValue", "Invalid value for port " + value.asText());
    }
    throw Fault.of(
        400, "SecurityGroupInvalidPortValue", "Invalid value for port " + value.asText());
  }

  private void checkRemote(ObjectNode row, Caller caller) {
    String prefix = Json.text(row, "remote_ip_prefix");
    String group = Json.text(row, "remote_group_id");
    if (prefix != null && group != null) {
      throw Fault.of(
          400,
          "SecurityGroupMultipleRemoteEntites",
          "Only one of remote_ip_prefix, remote_group_id or remote_address_group_id may be"
              + " provided.");
    }
    row.putNull("normalized_cidr");
    if (group != null) {
      neutron.groups().find(group, caller);
    }
    if (prefix == null) {
      return;
    }
    Cidr cidr;
    try {
      cidr = Cidr.parse(prefix);
    } catch (IllegalArgumentException wrong) {
      throw Fault.badRequest(
          "Invalid input for remote_ip_prefix. Reason: '" + prefix + "' is not a valid IP subnet.");
    }
    String ethertype = row.get("ethertype").asText();
    if (!ethertype.equals("IPv" + cidr.ipVersion())) {
      throw Fault.of(
          400,
          "SecurityGroupRuleParameterConflict",
          "Conflicting value ethertype " + ethertype + " for CIDR " + prefix);
    }
    row.put("normalized_cidr", cidr.toString());
  }

  private void refuseDouble(ObjectNode row) {
    neutron
        .groups()
        .rulesOf(row.get("security_group_id").asText())
        .filter(rule -> IDENTITY.stream().allMatch(f -> rule.path(f).equals(row.path(f))))
        .findAny()
        .ifPresent(
            rule -> {
              throw Fault.of(
                  409,
                  "SecurityGroupRuleExists",
                  "Security group rule already exists. Rule id is "
                      + rule.get("id").asText()
                      + ".");
            });
  }

  @Override
  void delete(ObjectNode row) {
    neutron
        .table("security_groups")
        .find(row.get("security_group_id").asText())
        .ifPresent(neutron.groups()::touch);
  }
}
