package io.isthmus.openstack.loadbalancer;

import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Names;
import io.isthmus.openstack.resource.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/** Drives {@code OS::Octavia::LoadBalancer}. */
@ApplicationScoped
public class LoadBalancerDriver extends OctaviaDriver {
  private static final List<String> ATTRIBUTES =
      List.of("vip_address", "vip_port_id", "vip_subnet_id", "pools", "flavor_id");

  /** For the container. */
  public LoadBalancerDriver() {}

  public LoadBalancerDriver(Clouds clouds) {
    super(clouds);
  }

  @Override
  protected String type() {
    return "OS::Octavia::LoadBalancer";
  }

  @Override
  protected String singular() {
    return "loadbalancer";
  }

  @Override
  protected List<String> attributeNames() {
    return ATTRIBUTES;
  }

  @Override
  protected JsonObjectBuilder body(Work work, DesiredPart part) {
    JsonObjectBuilder body =
        Bodies.copy(
            part.properties(),
            "description",
            "admin_state_up",
            "vip_address",
            "provider",
            "availability_zone");
    Bodies.text(part.properties(), "vip_subnet")
        .ifPresent(
            subnet ->
                body.add(
                    "vip_subnet_id",
                    Names.id(work, ServiceType.NETWORK, "/subnets", "subnets", subnet)));
    return body;
  }
}
