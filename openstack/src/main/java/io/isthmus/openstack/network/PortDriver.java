package io.isthmus.openstack.network;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Change;
import io.isthmus.openstack.resource.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/** Drives {@code OS::Neutron::Port}. */
@ApplicationScoped
public class PortDriver extends NeutronDriver {
  private static final List<String> ATTRIBUTES =
      List.of(
          "name",
          "admin_state_up",
          "device_id",
          "device_owner",
          "fixed_ips",
          "mac_address",
          "network_id",
          "security_groups",
          "status",
          "tenant_id",
          "allowed_address_pairs",
          "port_security_enabled",
          "qos_policy_id",
          "dns_assignment",
          "propagate_uplink_status");

  private static final List<Change.Field> UPDATES =
      List.of(
          Change.Field.of("admin_state_up", JsonValue.TRUE),
          Change.Field.of("port_security_enabled", JsonValue.TRUE),
          Change.Field.of("allowed_address_pairs", JsonValue.EMPTY_JSON_ARRAY),
          Change.Field.of("dns_name", Json.createValue("")),
          // What it has serves as well as what Neutron would choose.
          Change.Field.staying("fixed_ips"),
          Change.Field.staying("security_groups"));

  /** For the container. */
  public PortDriver() {}

  public PortDriver(Clouds clouds) {
    super(clouds);
  }

  @Override
  protected String type() {
    return "OS::Neutron::Port";
  }

  @Override
  protected String singular() {
    return "port";
  }

  @Override
  protected Optional<Narrowing> narrowing() {
    return Optional.of(new Narrowing("network_id", "network"));
  }

  @Override
  protected Optional<String> userOf(JsonObject port) {
    return Bodies.text(port, "device_id");
  }

  @Override
  protected List<String> attributeNames() {
    return ATTRIBUTES;
  }

  @Override
  protected JsonObjectBuilder body(Work work, DesiredPart part) {
    return PortBodies.port(work, part.properties());
  }

  @Override
  protected JsonObject attributes(JsonObject port) {
    JsonArrayBuilder subnets = Json.createArrayBuilder();
    Bodies.objects(port, "fixed_ips").stream()
        .map(address -> address.getString("subnet_id", ""))
        .distinct()
        .forEach(subnet -> subnets.add(Json.createObjectBuilder().add("id", subnet)));
    JsonObjectBuilder attributes = Json.createObjectBuilder(super.attributes(port));
    attributes.add("subnets", subnets);
    Bodies.copyAs(port, "network_id", attributes, "network");
    return attributes.build();
  }

  @Override
  protected List<Change.Field> updates() {
    return UPDATES;
  }

  @Override
  protected JsonObjectBuilder changes(Work work, Change change) {
    JsonObjectBuilder changes = super.changes(work, change);
    PortBodies.standardGroups(work, change).ifPresent(ids -> changes.add("security_groups", ids));
    PortBodies.addressesBefore(change).ifPresent(had -> changes.add("fixed_ips", had));
    return changes;
  }
}
