package io.isthmus.openstack.network;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Change;
import io.isthmus.openstack.resource.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;

/** Drives {@code OS::Neutron::Net}. */
@ApplicationScoped
public class NetDriver extends NeutronDriver {
  private static final List<String> ATTRIBUTES =
      List.of(
          "name",
          "status",
          "subnets",
          "admin_state_up",
          "tenant_id",
          "port_security_enabled",
          "mtu",
          "qos_policy_id",
          "l2_adjacency",
          "segments");

  private static final List<Change.Field> UPDATES =
      List.of(
          Change.Field.of("admin_state_up", JsonValue.TRUE),
          Change.Field.of("port_security_enabled", JsonValue.TRUE),
          Change.Field.of("dns_domain", Json.createValue("")));

  /** For the container. */
  public NetDriver() {}

  public NetDriver(Clouds clouds) {
    super(clouds);
  }

  @Override
  protected String type() {
    return "OS::Neutron::Net";
  }

  @Override
  protected String singular() {
    return "network";
  }

  @Override
  protected List<String> attributeNames() {
    return ATTRIBUTES;
  }

  @Override
  protected JsonObjectBuilder body(Work work, DesiredPart part) {
    JsonObject properties = part.properties();
    return Bodies.copy(properties, "admin_state_up", "port_security_enabled", "dns_domain");
  }

  @Override
  protected List<Change.Field> updates() {
    return UPDATES;
  }
}
