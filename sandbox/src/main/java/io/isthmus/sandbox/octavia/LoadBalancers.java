package io.isthmus.sandbox.octavia;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.http.Token;
import io.isthmus.sandbox.neutron.Caller;
import java.util.List;
import java.util.stream.Stream;

/** Octavia's load balancers, with the port that holds each one's address. */
final class LoadBalancers extends Kind {
  static final String PROVIDER = "amphora";

  /** Octavia calls its first provider by two names. */
  private static final List<String> PROVIDERS = List.of(PROVIDER, "octavia");

  LoadBalancers(Octavia octavia) {
    super(
        octavia,
        "loadbalancer",
        "loadbalancers",
        "Load Balancer",
        "load_balancer",
        List.of(
            Field.text("name", ""),
            Field.text("description", ""),
            Field.bool("admin_state_up", true),
            Field.of("vip_address", Field.Form.ADDRESS).fixed(),
            Field.of("vip_port_id", Field.Form.UUID).fixed(),
            Field.of("vip_subnet_id", Field.Form.UUID).fixed(),
            Field.of("vip_network_id", Field.Form.UUID).fixed(),
            Field.of("vip_qos_policy_id", Field.Form.UUID),
            Field.of("provider", Field.Form.TEXT).fixed(),
            Field.of("flavor_id", Field.Form.UUID).fixed(),
            Field.of("availability_zone", Field.Form.TEXT).fixed(),
            Field.tags()));
  }

  @Override
  String balancerOf(ObjectNode row) {
    return row.get("id").asText();
  }

  @Override
  void create(ObjectNode row, Token caller) {
    String provider = Json.text(row, "provider");
    if (provider != null && !PROVIDERS.contains(provider)) {
      throw Fault.badRequest("Provider '" + provider + "' is not enabled.");
    }
    row.put("provider", provider == null ? PROVIDER : provider);
    for (String lacking : List.of("flavor_id", "vip_qos_policy_id")) {
      if (!row.get(lacking).isNull()) {
        throw notValid(row, lacking);
      }
    }
    String zone = Json.text(row, "availability_zone");
    if (zone != null && !octavia.zones().contains(zone)) {
      throw notValid(row, "availability_zone");
    }
    Caller project = new Caller(row.get("project_id").asText(), caller.admin());
    ObjectNode port =
        row.get("vip_port_id").isNull() ? makePort(row, project) : givenPort(row, project);
    row.put("vip_port_id", port.get("id").asText());
    row.put("vip_network_id", port.get("network_id").asText());
    JsonNode address = port.get("fixed_ips").get(0);
    row.put("vip_address", address.get("ip_address").asText());
    row.put("vip_subnet_id", address.get("subnet_id").asText());
    row.set("additional_vips", Json.arr());
  }

  private static Fault notValid(ObjectNode row, String option) {
    return Fault.badRequest(row.get(option).asText() + " is not a valid option for " + option);
  }

  private ObjectNode makePort(ObjectNode row, Caller project) {
    String subnetId = Json.text(row, "vip_subnet_id");
    String networkId = Json.text(row, "vip_network_id");
    if (subnetId == null && networkId == null) {
      throw Fault.badRequest(
          "Validation failure: VIP must contain one of: vip_port_id, vip_network_id,"
              + " vip_subnet_id.");
    }
    ObjectNode address = Json.obj();
    if (subnetId != null) {
      ObjectNode subnet =
          octavia
              .neutron()
              .subnet(subnetId, project)
              .orElseThrow(() -> Fault.badRequest("Subnet " + subnetId + " not found."));
      networkId = subnet.get("network_id").asText();
      address.put("subnet_id", subnetId);
    } else if (octavia.neutron().network(networkId, project).isEmpty()) {
      throw Fault.badRequest("Network " + networkId + " not found.");
    }
    if (!row.get("vip_address").isNull()) {
      address.set("ip_address", row.get("vip_address"));
    }
    ObjectNode request = Json.obj().put("network_id", networkId);
    request.put("name", "octavia-lb-" + row.get("id").asText());
    request.put("device_id", "lb-" + row.get("id").asText()).put("device_owner", "Octavia");
    if (!address.isEmpty()) {
      request.putArray("fixed_ips").add(address);
    }
    row.put("_ownPort", true);
    ObjectNode port = octavia.neutron().createPort(request, project);
    if (port.get("fixed_ips").isEmpty()) {
      octavia.neutron().deletePort(port);
      throw Fault.badRequest("Validation failure: Supplied network does not contain a subnet.");
    }
    return port;
  }

  private ObjectNode givenPort(ObjectNode row, Caller project) {
    String portId = row.get("vip_port_id").asText();
    ObjectNode port =
        octavia
            .neutron()
            .port(portId, project)
            .orElseThrow(() -> Fault.badRequest("Port " + portId + " not found."));
    if (!port.get("device_id").asText().isEmpty()) {
      throw Fault.conflict(
          "Validation failure: VIP port "
              + portId
              + " is already used by "
              + port.get("device_owner").asText()
              + " "
              + port.get("device_id").asText()
              + ".");
    }
    octavia.neutron().own(port, "lb-" + row.get("id").asText(), "Octavia");
    return port;
  }

  /** Whether something would go with it. */
  boolean hasParts(ObjectNode row) {
    return parts(row).findAny().isPresent();
  }

  @Override
  Stream<ObjectNode> parts(ObjectNode row) {
    String id = row.get("id").asText();
    return Stream.concat(octavia.listeners().ofBalancer(id), octavia.pools().ofBalancer(id));
  }

  @Override
  void gone(ObjectNode row) {
    octavia
        .neutron()
        .port(row.get("vip_port_id").asText(), Caller.service(""))
        .ifPresent(
            port -> {
              if (row.path("_ownPort").asBoolean()) {
                octavia.neutron().deletePort(port);
              } else {
                octavia.neutron().unbind(port);
              }
            });
  }

  @Override
  void describe(ObjectNode row, ObjectNode view) {
    String id = row.get("id").asText();
    view.set("listeners", ids(octavia.listeners().ofBalancer(id)));
    view.set("pools", ids(octavia.pools().ofBalancer(id)));
  }
}
