package io.isthmus.openstack.compute;

import io.isthmus.domain.json.Json;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Work;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Neutron knows of servers' addresses and Nova does not tell: port, network, subnets. Two
 * lists for any number of servers.
 *
 * @see "heat/engine/resources/openstack/nova/server.py, _add_attrs_for_address"
 */
final class ServerAddresses {
  /** For servers that are still being made. */
  static final ServerAddresses UNKNOWN = new ServerAddresses(List.of(), List.of());

  private static final String[] PORT_FIELDS = {
    "id", "device_id", "mac_address", "network_id", "fixed_ips"
  };
  private static final String[] SUBNET_FIELDS = {
    "id", "name", "cidr", "gateway_ip", "ip_version", "enable_dhcp", "dns_nameservers", "network_id"
  };

  private record Place(String server, String macAddress) {}

  private final Map<Place, JsonObject> ports = new HashMap<>();
  private final Map<String, JsonObject> subnets = new HashMap<>();

  private ServerAddresses(List<JsonObject> ports, List<JsonObject> subnets) {
    ports.forEach(
        port ->
            this.ports.put(
                new Place(port.getString("device_id", ""), port.getString("mac_address", "")),
                port));
    subnets.forEach(subnet -> this.subnets.put(subnet.getString("id"), subnet));
  }

  /**
   * Asks Neutron.
   *
   * @param servers with addresses, at least one
   */
  static ServerAddresses read(Work work, Collection<JsonObject> servers) {
    List<String> ids = servers.stream().map(server -> server.getString("id")).toList();
    var listPorts = work.get(ServiceType.NETWORK, "/ports");
    for (String field : PORT_FIELDS) {
      listPorts = listPorts.query("fields", field);
    }
    List<JsonObject> ports = work.listWhere(listPorts, "device_id", ids, "ports");
    var listSubnets = work.get(ServiceType.NETWORK, "/subnets");
    for (String field : SUBNET_FIELDS) {
      listSubnets = listSubnets.query("fields", field);
    }
    List<String> subnetIds =
        ports.stream().flatMap(port -> subnetIds(port).stream()).distinct().toList();
    return new ServerAddresses(ports, work.listWhere(listSubnets, "id", subnetIds, "subnets"));
  }

  private static List<String> subnetIds(JsonObject port) {
    return Bodies.objects(port, "fixed_ips").stream()
        .map(address -> address.getString("subnet_id", ""))
        .toList();
  }

  private Optional<JsonObject> port(JsonObject server, JsonObject address) {
    return Optional.ofNullable(
        ports.get(
            new Place(server.getString("id"), address.getString("OS-EXT-IPS-MAC:mac_addr", ""))));
  }

  /** The network that one of the server's addresses is on. */
  Optional<String> networkId(JsonObject server, JsonObject address) {
    return port(server, address).flatMap(port -> Bodies.text(port, "network_id"));
  }

  /** One of the server's addresses, as Nova tells it, with its port and subnets. */
  JsonObject described(JsonObject server, JsonObject address) {
    JsonObjectBuilder whole = Json.createObjectBuilder(address);
    port(server, address)
        .ifPresent(
            port -> {
              whole.add("port", port.getString("id"));
              JsonArrayBuilder known = Json.createArrayBuilder();
              subnetIds(port).stream()
                  .map(subnets::get)
                  .filter(java.util.Objects::nonNull)
                  .forEach(known::add);
              whole.add("subnets", known);
            });
    return whole.build();
  }
}
