package io.isthmus.openstack.drift;

import io.isthmus.domain.json.Json;
import io.isthmus.openstack.resource.Bodies;
import jakarta.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A rule of a security group, the same for all ways in which Neutron writes the same rule.
 *
 * @param ports {@code 22}, {@code 80-90}, or empty text for all; of ICMP type and code
 * @param remote addresses, or the id of a group
 */
record Rule(String direction, String ethertype, String protocol, String ports, String remote) {

  private static final Map<String, String> NAMES =
      Map.of(
          "1", "icmp",
          "6", "tcp",
          "17", "udp",
          "58", "ipv6-icmp",
          "132", "sctp",
          "icmpv6", "ipv6-icmp");

  private static final Set<String> WITH_PORTS = Set.of("tcp", "udp", "sctp", "dccp", "udplite");
  private static final String ALL_PORTS = "1-65535";

  /** Of Neutron's names, as it tells them and as it is sent them. */
  static Rule of(JsonObject told) {
    String ethertype = Bodies.text(told, "ethertype").orElse("IPv4");
    String protocol = protocol(told, ethertype);
    String ports = ports(told);
    return new Rule(
        Bodies.text(told, "direction").orElse("ingress"),
        ethertype,
        protocol,
        WITH_PORTS.contains(protocol) && ports.equals(ALL_PORTS) ? "" : ports,
        remote(told, ethertype));
  }

  private static String protocol(JsonObject told, String ethertype) {
    String text = Bodies.text(told, "protocol").orElse("any").toLowerCase(Locale.ROOT);
    String name = NAMES.getOrDefault(text, text);
    return name.equals("icmp") && ethertype.equals("IPv6") ? "ipv6-icmp" : name;
  }

  private static String ports(JsonObject told) {
    String from = Bodies.text(told, "port_range_min").orElse("");
    String to = Bodies.text(told, "port_range_max").orElse("");
    return to.isEmpty() || from.equals(to) ? from : from + "-" + to;
  }

  private static String remote(JsonObject told, String ethertype) {
    return Bodies.text(told, "remote_group_id")
        .or(() -> Bodies.text(told, "remote_address_group_id"))
        .or(() -> Bodies.text(told, "remote_ip_prefix").map(Rule::prefix))
        .orElse(ethertype.equals("IPv6") ? "::/0" : "0.0.0.0/0");
  }

  private static String prefix(String text) {
    String plain = Addresses.plain(text);
    if (plain.contains("/")) {
      return plain;
    }
    return plain + (plain.contains(":") ? "/128" : "/32");
  }

  boolean isEgress() {
    return direction.equals("egress");
  }

  /**
   * @param name what a group is called
   */
  JsonObject told(UnaryOperator<String> name) {
    return Json.createObjectBuilder()
        .add("direction", direction)
        .add("ethertype", ethertype)
        .add("protocol", protocol)
        .add("ports", ports.isEmpty() ? "any" : ports)
        .add("remote", name.apply(remote))
        .build();
  }

  /** As {@link #kept} wrote it. */
  static Rule read(JsonObject kept) {
    return new Rule(
        kept.getString("direction"),
        kept.getString("ethertype"),
        kept.getString("protocol"),
        kept.getString("ports"),
        kept.getString("remote"));
  }

  JsonObject kept() {
    return Json.createObjectBuilder()
        .add("direction", direction)
        .add("ethertype", ethertype)
        .add("protocol", protocol)
        .add("ports", ports)
        .add("remote", remote)
        .build();
  }
}
