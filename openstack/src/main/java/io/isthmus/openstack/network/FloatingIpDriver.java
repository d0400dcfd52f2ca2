package io.isthmus.openstack.network;

import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/** Drives {@code OS::Neutron::FloatingIP}. */
@ApplicationScoped
public class FloatingIpDriver extends NeutronDriver {
  private static final List<String> ATTRIBUTES =
      List.of(
          "router_id",
          "tenant_id",
          "floating_network_id",
          "fixed_ip_address",
          "floating_ip_address",
          "port_id");

  /** For the container. */
  public FloatingIpDriver() {}

  public FloatingIpDriver(Clouds clouds) {
    super(clouds);
  }

  @Override
  protected String type() {
    return "OS::Neutron::FloatingIP";
  }

  @Override
  protected String singular() {
    return "floatingip";
  }

  @Override
  protected List<String> attributeNames() {
    return ATTRIBUTES;
  }

  @Override
  protected boolean isNamed() {
    return false;
  }

  @Override
  protected JsonObjectBuilder body(Work work, DesiredPart part) {
    JsonObject properties = part.properties();
    JsonObjectBuilder body = Bodies.copy(properties, "fixed_ip_address", "floating_ip_address");
    Bodies.text(properties, "port_id")
        .ifPresent(port -> body.add("port_id", NeutronNames.id(work, "ports", port)));
    String network = Bodies.text(properties, "floating_network").orElse("");
    body.add("floating_network_id", NeutronNames.id(work, "networks", network));
    return body;
  }
}
