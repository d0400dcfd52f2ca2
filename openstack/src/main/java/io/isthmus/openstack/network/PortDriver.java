package io.isthmus.openstack.network;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
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
}
