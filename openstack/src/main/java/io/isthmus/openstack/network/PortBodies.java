package io.isthmus.openstack.network;

import io.isthmus.domain.json.Json;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Change;
import io.isthmus.openstack.resource.Work;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

  /**
   * The groups of a port for which none are given: the project's default group, or none where the
   * port filters nothing, since Neutron refuses groups there. Empty when they are as they shall be.
   */
  static Optional<JsonArray> standardGroups(Work work, Change change) {
    if (change.gives("security_groups")) {
      return Optional.empty();
    }
    boolean filtered = Bodies.flag(change.there(), "port_security_enabled", true);
    boolean shallFilter =
        change.concerns("port_security_enabled")
            ? Bodies.flag(change.properties(), "port_security_enabled", true)
            : filtered;
    List<String> groups = Bodies.texts(change.there(), "security_groups");
    if (!shallFilter) {
      return groups.isEmpty() ? Optional.empty() : Optional.of(JsonValue.EMPTY_JSON_ARRAY);
    }
    if (filtered && !change.isGone("security_groups") && !change.hasDrifted("security_groups")) {
      return Optional.empty();
    }
    List<String> wanted = List.of(NeutronNames.id(work, "security-groups", "default"));
    return groups.equals(wanted) ? Optional.empty() : Optional.of(Bodies.array(wanted));
  }

  /**
   * The addresses that a port had before others were given to it behind our back; empty when that
   * was not, or the port has them.
   */
  static Optional<JsonArray> addressesBefore(Change change) {
    Optional<JsonObject> drift = change.drifts("fixed_ips").stream().findFirst();
    List<String> had = drift.map(one -> Bodies.texts(one, "expected")).orElse(List.of());
    Set<String> has = new HashSet<>();
    Bodies.objects(change.there(), "fixed_ips")
        .forEach(one -> Bodies.text(one, "ip_address").ifPresent(has::add));
    if (had.isEmpty() || has.equals(Set.copyOf(had))) {
      return Optional.empty();
    }
    JsonArrayBuilder addresses = Json.createArrayBuilder();
    had.forEach(one -> addresses.add(Json.createObjectBuilder().add("ip_address", one)));
    return Optional.of(addresses.build());
  }

  /** Neutron's fixed_ips of Heat's. */
  public static JsonArrayBuilder addresses(Work work, JsonObject properties) {
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
