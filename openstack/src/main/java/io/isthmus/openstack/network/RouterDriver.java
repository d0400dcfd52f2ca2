package io.isthmus.openstack.network;

import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/** Drives {@code OS::Neutron::Router}. */
@ApplicationScoped
public class RouterDriver extends NeutronDriver {
  private static final List<String> ATTRIBUTES =
      List.of("name", "status", "external_gateway_info", "admin_state_up", "tenant_id");

  /** For the container. */
  public RouterDriver() {}

  public RouterDriver(Clouds clouds) {
    super(clouds);
  }

  @Override
  protected String type() {
    return "OS::Neutron::Router";
  }

  @Override
  protected String singular() {
    return "router";
  }

  @Override
  protected List<String> attributeNames() {
    return ATTRIBUTES;
  }

  @Override
  protected JsonObjectBuilder body(Work work, DesiredPart part) {
    JsonObject properties = part.properties();
    JsonObjectBuilder body = Bodies.copy(properties, "admin_state_up");
    if (properties.get("external_gateway_info") instanceof JsonObject wanted && !wanted.isEmpty()) {
      body.add("external_gateway_info", gateway(work, wanted));
    }
    return body;
  }

  private static JsonObjectBuilder gateway(Work work, JsonObject wanted) {
    JsonObjectBuilder gateway = Bodies.copy(wanted, "enable_snat");
    gateway.add(
        "network_id", NeutronNames.id(work, "networks", Bodies.text(wanted, "network").orElse("")));
    return gateway;
  }
}
