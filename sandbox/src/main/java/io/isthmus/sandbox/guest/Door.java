package io.isthmus.sandbox.guest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.cloud.Cloud;
import io.isthmus.sandbox.cloud.Tables;
import io.isthmus.sandbox.federation.Federation.RegionSpec;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.neutron.Cidr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An address and port at which a server is heard: it runs, the address is a floating IP of its own,
 * or its own in an external network, and a security group of its port lets TCP in there. Nobody is
 * heard outside the ranges that the federation's file gives the cloud's external network: whoever
 * may make networks there could otherwise take addresses of this machine.
 *
 * @param cloud its name
 * @param region of the cloud
 * @param server its id
 * @param name of the server
 * @param address of the loopback network, the only ones that this machine has for servers
 * @param port from 1 to 65535
 */
record Door(String cloud, String region, String server, String name, String address, int port) {

  /** A group that opens more ports than these is heard at the first of them. */
  private static final int MOST_PORTS = 16;

  private static final String LOOPBACK = "127.";

  /** Where this machine's own services listen. */
  private static final String OF_THE_MACHINE = "127.0.0.";

  /** All of a cloud; to be asked while nothing changes it. */
  static List<Door> of(Cloud cloud) {
    List<Door> doors = new ArrayList<>();
    List<Cidr> ranges =
        cloud.spec().externalNetwork() == null
            ? List.of()
            : cloud.spec().externalNetwork().cidrs().stream().map(Cidr::parse).toList();
    for (RegionSpec region : cloud.spec().regions()) {
      doors.addAll(of(cloud.spec().name(), region.name(), cloud.region(region.name()), ranges));
    }
    return doors;
  }

  private static List<Door> of(String cloud, String region, Tables tables, List<Cidr> ranges) {
    Map<String, List<ObjectNode>> floating = new HashMap<>();
    tables.table("floatingips").stream()
        .filter(row -> Json.text(row, "port_id") != null)
        .forEach(
            row ->
                floating
                    .computeIfAbsent(Json.text(row, "port_id"), none -> new ArrayList<>())
                    .add(row));
    Map<String, Set<Integer>> open = new HashMap<>();
    tables.table("security_group_rules").stream()
        .filter(Door::letsTcpIn)
        .forEach(
            rule ->
                open.computeIfAbsent(
                        Json.text(rule, "security_group_id"), none -> new LinkedHashSet<>())
                    .addAll(ports(rule)));
    List<Door> doors = new ArrayList<>();
    tables.table("ports").stream()
        .forEach(
            port -> {
              Set<String> addresses = new LinkedHashSet<>();
              floating
                  .getOrDefault(port.get("id").asText(), List.of())
                  .forEach(row -> addresses.add(row.path("floating_ip_address").asText()));
              if (isExternal(tables, port.path("network_id").asText())) {
                port.path("fixed_ips").forEach(ip -> addresses.add(ip.path("ip_address").asText()));
              }
              addresses.removeIf(address -> !isOf(ranges, address));
              if (addresses.isEmpty()) {
                return;
              }
              Set<Integer> ports = new LinkedHashSet<>();
              for (JsonNode group : port.path("security_groups")) {
                ports.addAll(open.getOrDefault(group.asText(), Set.of()));
              }
              tables
                  .table("servers")
                  .find(port.path("device_id").asText())
                  .filter(server -> server.path("_power").asInt() == 1)
                  .filter(server -> server.path("_vm").asText().equals("active"))
                  .ifPresent(
                      server ->
                          addresses.forEach(
                              address ->
                                  ports.forEach(
                                      number ->
                                          doors.add(
                                              new Door(
                                                  cloud,
                                                  region,
                                                  server.get("id").asText(),
                                                  server.get("name").asText(),
                                                  address,
                                                  number)))));
            });
    return doors;
  }

  private static boolean isExternal(Tables tables, String network) {
    return tables
        .table("networks")
        .find(network)
        .filter(row -> row.path("router:external").asBoolean())
        .isPresent();
  }

  private static boolean isOf(List<Cidr> ranges, String address) {
    return address.startsWith(LOOPBACK)
        && !address.startsWith(OF_THE_MACHINE)
        && ranges.stream().anyMatch(range -> range.contains(Cidr.number(address)));
  }

  private static boolean letsTcpIn(ObjectNode rule) {
    String protocol = rule.path("protocol").asText();
    return rule.path("direction").asText().equals("ingress")
        && (protocol.equals("tcp") || protocol.equals("6"))
        && rule.path("port_range_min").isInt();
  }

  private static List<Integer> ports(ObjectNode rule) {
    List<Integer> ports = new ArrayList<>();
    int last =
        Math.min(
            rule.path("port_range_max").asInt(),
            rule.path("port_range_min").asInt() + MOST_PORTS - 1);
    for (int port = rule.path("port_range_min").asInt(); port <= last; port++) {
      ports.add(port);
    }
    return ports;
  }
}
