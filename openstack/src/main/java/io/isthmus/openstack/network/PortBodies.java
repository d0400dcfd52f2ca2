package io.isthmus.openstack.network;

import io.isthmus.domain.json.Json;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Work;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/**
 * What Neutron is sent to make a port.
 *
 * @see "heat/engine/resources/openstack/neutron/port.py, _prepare_port_properties"
 */
public final class PortBodies {
  private PortBodies() {}

  /** A port of Heat's properties. */
  public static JsonObjectBuilder port(Work work, JsonObject properties) {
    JsonObjectBuilder body =
        Bodies.copy(
            properties,
            "admin_state_up",
            "mac_address",
            "port_security_enabled",
            "dns_name",
            "allowed_address_pairs");
    String network = Bodies.text(properties, "network").orElse("");
    body.add("network_id", NeutronNames.id(work, "networks", network));
    if (!Bodies.objects(properties, "fixed_ips").isEmpty()) {
      body.add("fixed_ips", addresses(work, properties));
    }
    // An empty list means a port without any group, its absence the default group.
    if (properties.get("security_groups") instanceof JsonArray) {
      body.add("security_groups", securityGroups(work, properties));
    }
    return body;
  }

  private static JsonArrayBuilder addresses(Work work, JsonObject properties) {
    JsonArrayBuilder addresses = Json.createArrayBuilder();
    for (JsonObject wanted : Bodies.objects(properties, "fixed_ips")) {
      JsonObjectBuilder address = Bodies.copy(wanted, "ip_address");
      Bodies.text(wanted, "subnet")
          .ifPresent(subnet -> address.add("subnet_id", NeutronNames.id(work, "subnets", subnet)));
      addresses.add(address);
    }
    return addresses;
  }

  /** Ids of the groups that are named by name or id. */
  public static JsonArrayBuilder securityGroups(Work work, JsonObject properties) {
    JsonArrayBuilder groups = Json.createArrayBuilder();
    Bodies.texts(properties, "security_groups")
        .forEach(group -> groups.add(NeutronNames.id(work, "security-groups", group)));
    return groups;
  }
}
