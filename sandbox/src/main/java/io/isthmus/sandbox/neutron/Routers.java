package io.isthmus.sandbox.neutron;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import java.util.List;
import java.util.stream.Stream;

/** Neutron's routers with their interfaces and gateways. */
final class Routers extends Kind {
  static final String INTERFACE = "network:router_interface";
  static final String GATEWAY = "network:router_gateway";

  Routers(Neutron neutron) {
    super(
        neutron,
        "router",
        "routers",
        "Router",
        List.of(
            Attribute.text("name", ""),
            Attribute.bool("admin_state_up", true),
            Attribute.of("external_gateway_info", Attribute.Type.OBJECT_OR_NULL, NullNode.instance),
            Attribute.list("routes"),
            Attribute.list("availability_zone_hints").fixed(),
            Attribute.of("distributed", Attribute.Type.BOOL, null),
            Attribute.of("ha", Attribute.Type.BOOL, null),
            Attribute.any("flavor_id", NullNode.instance).fixed()));
  }

  @Override
  String notFoundMessage(String id) {
    return "Router " + id + " could not be found";
  }

  @Override
  void create(ObjectNode row, Caller caller) {
    row.put("status", "ACTIVE");
    row.set("availability_zones", Json.arr());
    for (String field : List.of("distributed", "ha")) {
      if (row.has(field) && !caller.admin()) {
        throw Fault.forbidden(
            "(rule:create_router and rule:create_router:" + field + ") is disallowed by policy");
      }
    }
    row.set("external_gateway_info", gateway(row, row.get("external_gateway_info"), caller));
  }

  @Override
  void update(ObjectNode row, ObjectNode changes, Caller caller) {
    if (!changes.has("external_gateway_info")) {
      return;
    }
    JsonNode wanted = changes.get("external_gateway_info");
    JsonNode old = row.get("external_gateway_info");
    boolean same =
        wanted.isObject()
            && old.isObject()
            && wanted.path("network_id").equals(old.path("network_id"));
    if (same) {
      ObjectNode kept = old.deepCopy();
      kept.put(
          "enable_snat", wanted.path("enable_snat").asBoolean(kept.get("enable_snat").asBoolean()));
      changes.set("external_gateway_info", kept);
      return;
    }
    refuseWhileFloating(row, null);
    ports(row.get("id").asText(), GATEWAY)
        .toList()
        .forEach(port -> neutron.table("ports").remove(port.get("id").asText()));
    changes.set("external_gateway_info", gateway(row, wanted, caller));
  }

  private JsonNode gateway(ObjectNode row, JsonNode wanted, Caller caller) {
    if (!wanted.isObject() || wanted.isEmpty()) {
      return NullNode.instance;
    }
    String networkId = Json.text(wanted, "network_id");
    if (networkId == null) {
      throw Fault.badRequest(
          "Invalid input for external_gateway_info. Reason: Validation of dictionary's keys failed."
              + " Expected keys: {'network_id'} Provided keys: {}.");
    }
    ObjectNode network = neutron.networks().find(networkId, caller);
    if (!network.path("router:external").asBoolean()) {
      throw bad("Network " + networkId + " is not an external network");
    }
    ObjectNode request = Json.obj().put("network_id", networkId);
    request.put("device_id", row.get("id").asText()).put("device_owner", GATEWAY);
    if (wanted.path("external_fixed_ips").isArray()) {
      request.set("fixed_ips", wanted.get("external_fixed_ips"));
    }
    ObjectNode port = neutron.ports().make(request, Caller.service(""));
    port.put("status", "ACTIVE");
    ObjectNode info = Json.obj().put("network_id", networkId);
    info.set("external_fixed_ips", port.get("fixed_ips").deepCopy());
    return info.put("enable_snat", wanted.path("enable_snat").asBoolean(true));
  }

  private static Fault bad(String reason) {
    return Fault.of(400, "BadRequest", "Bad router request: " + reason + ".");
  }

  Stream<ObjectNode> ports(String routerId, String owner) {
    return neutron.table("ports").stream()
        .filter(port -> port.get("device_id").asText().equals(routerId))
        .filter(port -> port.get("device_owner").asText().equals(owner));
  }

  /** {@code PUT /routers/{id}/add_router_interface}. */
  ObjectNode addInterface(ObjectNode router, ObjectNode request, Caller caller) {
    String subnetId = Json.text(request, "subnet_id");
    String portId = Json.text(request, "port_id");
    if (subnetId == null == (portId == null)) {
      throw bad(
          subnetId == null
              ? "Either subnet_id or port_id must be specified"
              : "Cannot specify both subnet-id and port-id");
    }
    ObjectNode port =
        portId == null ? portFor(router, subnetId, caller) : take(router, portId, caller);
    return answer(router, port);
  }

  private ObjectNode portFor(ObjectNode router, String subnetId, Caller caller) {
    ObjectNode subnet = neutron.subnets().find(subnetId, caller);
    String gateway = Json.text(subnet, "gateway_ip");
    if (gateway == null) {
      throw bad("Subnet for router interface must have a gateway IP");
    }
    refuseOverlap(router, subnet);
    ObjectNode request = Json.obj().put("network_id", subnet.get("network_id").asText());
    request.put("device_id", router.get("id").asText()).put("device_owner", INTERFACE);
    request.putArray("fixed_ips").addObject().put("subnet_id", subnetId).put("ip_address", gateway);
    ObjectNode port =
        neutron.ports().make(request, Caller.service(router.get("project_id").asText()));
    port.put("status", "ACTIVE");
    return port;
  }

  private ObjectNode take(ObjectNode router, String portId, Caller caller) {
    ObjectNode port = neutron.ports().find(portId, caller);
    if (!port.get("device_id").asText().isEmpty()) {
      throw Fault.of(
          409,
          "PortInUse",
          "Unable to complete operation on port "
              + portId
              + " for network "
              + port.get("network_id").asText()
              + ". Port already has an attached device "
              + port.get("device_id").asText()
              + ".");
    }
    for (JsonNode ip : port.get("fixed_ips")) {
      refuseOverlap(
          router, neutron.table("subnets").find(ip.get("subnet_id").asText()).orElseThrow());
    }
    port.put("device_id", router.get("id").asText()).put("device_owner", INTERFACE);
    port.put("status", "ACTIVE");
    port.set("security_groups", Json.arr());
    neutron.ports().touch(port);
    return port;
  }

  private void refuseOverlap(ObjectNode router, ObjectNode subnet) {
    String subnetId = subnet.get("id").asText();
    Cidr cidr = Cidr.parse(subnet.get("cidr").asText());
    for (ObjectNode port : ports(router.get("id").asText(), INTERFACE).toList()) {
      for (JsonNode ip : port.get("fixed_ips")) {
        String otherId = ip.get("subnet_id").asText();
        if (otherId.equals(subnetId)) {
          throw bad("Router already has a port on subnet " + subnetId);
        }
        Cidr other =
            Cidr.parse(neutron.table("subnets").find(otherId).orElseThrow().get("cidr").asText());
        if (other.overlaps(cidr)) {
          throw bad(
              "Cidr "
                  + cidr
                  + " of subnet "
                  + subnetId
                  + " overlaps with cidr "
                  + other
                  + " of subnet "
                  + otherId);
        }
      }
    }
  }

  /** {@code PUT /routers/{id}/remove_router_interface}. */
  ObjectNode removeInterface(ObjectNode router, ObjectNode request) {
    String subnetId = Json.text(request, "subnet_id");
    String portId = Json.text(request, "port_id");
    if (subnetId == null && portId == null) {
      throw bad("Either subnet_id or port_id must be specified");
    }
    String routerId = router.get("id").asText();
    ObjectNode port =
        ports(routerId, INTERFACE)
            .filter(p -> portId == null || p.get("id").asText().equals(portId))
            .filter(p -> subnetId == null || Ports.hasAddressIn(p, subnetId))
            .findFirst()
            .orElseThrow(
                () ->
                    portId != null
                        ? Fault.of(
                            404,
                            "RouterInterfaceNotFound",
                            "Router " + routerId + " does not have an interface with id " + portId)
                        : Fault.of(
                            404,
                            "RouterInterfaceNotFoundForSubnet",
                            "Router " + routerId + " has no interface on subnet " + subnetId));
    for (JsonNode ip : port.get("fixed_ips")) {
      refuseWhileFloating(router, ip.get("subnet_id").asText());
    }
    ObjectNode answer = answer(router, port);
    neutron.table("ports").remove(port.get("id").asText());
    return answer;
  }

  /** A gateway or an interface that floating IPs go through must stay. */
  private void refuseWhileFloating(ObjectNode router, String subnetId) {
    String routerId = router.get("id").asText();
    for (ObjectNode floating : neutron.table("floatingips").list()) {
      if (!routerId.equals(Json.text(floating, "router_id"))) {
        continue;
      }
      if (subnetId == null) {
        throw Fault.of(
            409,
            "RouterExternalGatewayInUseByFloatingIp",
            "Gateway cannot be updated for router "
                + routerId
                + ", since a gateway to external network "
                + floating.get("floating_network_id").asText()
                + " is required by one or more floating IPs.");
      }
      boolean through =
          neutron
              .table("ports")
              .find(floating.path("port_id").asText())
              .filter(port -> Ports.hasAddressIn(port, subnetId))
              .isPresent();
      if (through) {
        throw Fault.of(
            409,
            "RouterInterfaceInUseByFloatingIP",
            "Router interface for subnet "
                + subnetId
                + " on router "
                + routerId
                + " cannot be deleted, as it is required by one or more floating IPs.");
      }
    }
  }

  private ObjectNode answer(ObjectNode router, ObjectNode port) {
    touch(router);
    ObjectNode answer = Json.obj().put("id", router.get("id").asText());
    answer.put("tenant_id", router.get("project_id").asText());
    answer.put("port_id", port.get("id").asText());
    answer.put("network_id", port.get("network_id").asText());
    List<String> subnets = port.get("fixed_ips").findValuesAsText("subnet_id");
    answer.put("subnet_id", subnets.isEmpty() ? null : subnets.get(0));
    answer.set("subnet_ids", Json.texts(subnets));
    return answer;
  }

  @Override
  void delete(ObjectNode row) {
    String id = row.get("id").asText();
    if (ports(id, INTERFACE).findAny().isPresent()) {
      throw Fault.of(
          409,
          "RouterInUse",
          "Router "
              + id
              + " has ports still attached: "
              + String.join(", ", ports(id, INTERFACE).map(p -> p.get("id").asText()).toList()));
    }
    refuseWhileFloating(row, null);
    ports(id, GATEWAY)
        .toList()
        .forEach(port -> neutron.table("ports").remove(port.get("id").asText()));
  }
}
