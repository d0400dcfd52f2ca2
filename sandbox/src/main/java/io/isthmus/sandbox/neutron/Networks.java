package io.isthmus.sandbox.neutron;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import java.util.List;

/** Neutron's networks. */
final class Networks extends Kind {
  Networks(Neutron neutron) {
    super(
        neutron,
        "network",
        "networks",
        "Network",
        List.of(
            Attribute.text("name", ""),
            Attribute.bool("admin_state_up", true),
            Attribute.number("mtu", 1450),
            Attribute.bool("shared", false),
            Attribute.bool("router:external", false),
            Attribute.bool("port_security_enabled", true),
            Attribute.bool("is_default", false),
            Attribute.list("availability_zone_hints").fixed(),
            Attribute.any("qos_policy_id", Json.obj().nullNode()),
            Attribute.text("dns_domain", "")));
  }

  @Override
  void create(ObjectNode row, Caller caller) {
    row.put("status", "ACTIVE");
    row.set("availability_zones", Json.arr());
    row.putNull("ipv4_address_scope").putNull("ipv6_address_scope");
    if (!row.get("router:external").asBoolean()) {
      row.remove("is_default");
    }
    forOperatorsOnly(row, "create_network", caller);
  }

  @Override
  void update(ObjectNode row, ObjectNode changes, Caller caller) {
    neutron.requireOwner(row, caller, "update_network");
    forOperatorsOnly(changes, "update_network", caller);
  }

  private static void forOperatorsOnly(ObjectNode row, String action, Caller caller) {
    for (String field : List.of("shared", "router:external")) {
      if (row.path(field).asBoolean() && !caller.admin()) {
        throw Fault.forbidden(
            "(rule:" + action + " and rule:" + action + ":" + field + ") is disallowed by policy");
      }
    }
  }

  @Override
  void delete(ObjectNode row) {
    String id = row.get("id").asText();
    if (neutron.portsOf(id).findAny().isPresent()) {
      throw Fault.of(
          409,
          "NetworkInUse",
          "Unable to complete operation on network "
              + id
              + ". There are one or more ports still in use on the network, id for these ports is: "
              + String.join(",", neutron.portsOf(id).map(p -> p.get("id").asText()).toList())
              + ".");
    }
    neutron
        .subnetsOf(id)
        .toList()
        .forEach(subnet -> neutron.table("subnets").remove(subnet.get("id").asText()));
  }

  @Override
  ObjectNode view(ObjectNode row, Caller caller) {
    ObjectNode view = super.view(row, caller);
    view.set(
        "subnets",
        Json.texts(
            neutron.subnetsOf(row.get("id").asText()).map(s -> s.get("id").asText()).toList()));
    return view;
  }

  @Override
  boolean sharedWithAll(ObjectNode row) {
    return row.path("shared").asBoolean() || row.path("router:external").asBoolean();
  }
}
