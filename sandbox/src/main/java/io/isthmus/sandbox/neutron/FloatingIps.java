package io.isthmus.sandbox.neutron;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import java.util.List;
import java.util.Optional;

/** Neutron's floating IPs. */
final class FloatingIps extends Kind {
  FloatingIps(Neutron neutron) {
    super(
        neutron,
        "floatingip",
        "floatingips",
        "Floating IP",
        List.of(
            Attribute.uuid("floating_network_id"),
            Attribute.of("subnet_id", Attribute.Type.UUID_OR_NULL, null).fixed(),
            Attribute.of("floating_ip_address", Attribute.Type.ADDRESS_OR_NULL, null).fixed(),
            Attribute.of("port_id", Attribute.Type.UUID_OR_NULL, NullNode.instance),
            Attribute.of("fixed_ip_address", Attribute.Type.ADDRESS_OR_NULL, NullNode.instance),
            Attribute.any("qos_policy_id", NullNode.instance),
            Attribute.text("dns_name", ""),
            Attribute.text("dns_domain", "")));
  }

  @Override
  String notFoundType() {
    return "FloatingIPNotFound";
  }

  @Override
  String notFoundMessage(String id) {
    return "Floating IP " + id + " could not be found";
  }

  @Override
  void create(ObjectNode row, Caller caller) {
    String networkId = row.get("floating_network_id").asText();
    ObjectNode network = neutron.networks().find(networkId, caller);
    if (!network.path("router:external").asBoolean()) {
      throw bad("Network " + networkId + " is not a valid external network");
    }
    row.putNull("router_id").put("status", "DOWN");
    associate(row, row, caller);
    ObjectNode request = Json.obj().put("network_id", networkId);
    request.put("device_id", row.get("id").asText()).put("device_owner", "network:floatingip");
    ObjectNode wish = Json.obj();
    Optional.ofNullable(Json.text(row, "subnet_id")).ifPresent(id -> wish.put("subnet_id", id));
    Optional.ofNullable(Json.text(row, "floating_ip_address"))
        .ifPresent(address -> wish.put("ip_address", address));
    if (!wish.isEmpty()) {
      request.putArray("fixed_ips").add(wish);
    }
    ObjectNode port = neutron.ports().make(request, Caller.service(""));
    row.remove("subnet_id");
    row.put("floating_ip_address", addressOf(port));
    row.put("_port", port.get("id").asText());
  }

  private static String addressOf(ObjectNode port) {
    for (JsonNode ip : port.get("fixed_ips")) {
      if (Cidr.version(ip.get("ip_address").asText()) == 4) {
        return ip.get("ip_address").asText();
      }
    }
    throw Fault.of(
        400,
        "ExternalIpAddressExhausted",
        "Unable to find any IP address on external network "
            + port.get("network_id").asText()
            + ".");
  }

  private static Fault bad(String reason) {
    return Fault.of(400, "BadRequest", "Bad floatingip request: " + reason + ".");
  }

  @Override
  void update(ObjectNode row, ObjectNode changes, Caller caller) {
    if (changes.has("port_id")) {
      ObjectNode next = row.deepCopy();
      if (!changes.has("fixed_ip_address")) {
        next.putNull("fixed_ip_address");
      }
      next.setAll(changes);
      associate(row, next, caller);
      for (String field : List.of("fixed_ip_address", "router_id", "status")) {
        changes.set(field, next.get(field));
      }
    }
  }

  /** Finds the port's address and the router on the way to it. */
  private void associate(ObjectNode old, ObjectNode row, Caller caller) {
    String portId = Json.text(row, "port_id");
    if (portId == null) {
      row.putNull("router_id").putNull("fixed_ip_address").put("status", "DOWN");
      return;
    }
    ObjectNode port = neutron.ports().find(portId, caller);
    JsonNode address = chosenAddress(port, Json.text(row, "fixed_ip_address"));
    String fixed = address.get("ip_address").asText();
    refuseTaken(old, portId, fixed, row.path("floating_ip_address").asText());
    String networkId = row.get("floating_network_id").asText();
    String subnetId = address.get("subnet_id").asText();
    ObjectNode router =
        neutron.table("ports").stream()
            .filter(p -> p.get("device_owner").asText().equals(Routers.INTERFACE))
            .filter(p -> Ports.hasAddressIn(p, subnetId))
            .flatMap(p -> neutron.table("routers").find(p.get("device_id").asText()).stream())
            .filter(
                r -> r.path("external_gateway_info").path("network_id").asText().equals(networkId))
            .findFirst()
            .orElseThrow(
                () ->
                    Fault.of(
                        404,
                        "ExternalGatewayForFloatingIPNotFound",
                        "External network "
                            + networkId
                            + " is not reachable from subnet "
                            + subnetId
                            + ".  Therefore, cannot associate Port "
                            + portId
                            + " with a Floating IP."));
    row.put("fixed_ip_address", fixed).put("router_id", router.get("id").asText());
    row.put("status", "DOWN");
    neutron.routeSoon(row.get("id").asText());
  }

  private static JsonNode chosenAddress(ObjectNode port, String wanted) {
    for (JsonNode ip : port.get("fixed_ips")) {
      String address = ip.get("ip_address").asText();
      if (wanted == null ? Cidr.version(address) == 4 : wanted.equals(address)) {
        return ip;
      }
    }
    throw bad(
        wanted == null
            ? "Cannot add floating IP to port "
                + port.get("id").asText()
                + " that has no fixed IPv4 addresses"
            : "Port " + port.get("id").asText() + " does not have fixed ip " + wanted);
  }

  private void refuseTaken(ObjectNode self, String portId, String fixed, String floating) {
    table().stream()
        .filter(f -> !f.get("id").asText().equals(self.get("id").asText()))
        .filter(
            f ->
                portId.equals(Json.text(f, "port_id"))
                    && fixed.equals(Json.text(f, "fixed_ip_address")))
        .findAny()
        .ifPresent(
            f -> {
              throw Fault.of(
                  409,
                  "FloatingIPPortAlreadyAssociated",
                  "Cannot associate floating IP "
                      + floating
                      + " ("
                      + self.get("id").asText()
                      + ") with port "
                      + portId
                      + " using fixed IP "
                      + fixed
                      + ", as that fixed IP already has a floating IP on external network "
                      + f.get("floating_network_id").asText()
                      + ".");
            });
  }

  /** Lets go of a port that is deleted. */
  void portIsGone(String portId) {
    table().stream()
        .filter(row -> portId.equals(Json.text(row, "port_id")))
        .forEach(
            row -> {
              row.putNull("port_id").putNull("fixed_ip_address").putNull("router_id");
              row.put("status", "DOWN");
              touch(row);
            });
  }

  @Override
  void delete(ObjectNode row) {
    neutron.table("ports").remove(row.get("_port").asText());
  }

  @Override
  ObjectNode view(ObjectNode row, Caller caller) {
    ObjectNode view = super.view(row, caller);
    view.set("port_details", NullNode.instance);
    neutron
        .table("ports")
        .find(row.path("port_id").asText())
        .ifPresent(
            port -> {
              ObjectNode details = view.putObject("port_details");
              for (String field :
                  List.of(
                      "name",
                      "network_id",
                      "mac_address",
                      "admin_state_up",
                      "status",
                      "device_id",
                      "device_owner")) {
                details.set(field, port.get(field));
              }
            });
    return view;
  }
}
