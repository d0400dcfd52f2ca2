package io.isthmus.domain.template.type;

import static io.isthmus.domain.template.type.Property.bool;
import static io.isthmus.domain.template.type.Property.text;

import io.isthmus.domain.template.Footing;
import java.util.Set;

/**
 * What shares requests among servers. Each region in which members are has one of its own, since an
 * address means something in its own network only.
 *
 * @see "openstack/heat heat/engine/resources/openstack/octavia/loadbalancer.py"
 */
final class LoadBalancerType extends SchemaType {

  static final String NAME = "OS::Octavia::LoadBalancer";

  LoadBalancerType() {
    super(NAME, Footing.STRETCHED, "load-balancer");
    properties(
        text("vip_subnet", "Name or ID of the subnet that the address is taken from.")
            .required()
            .custom("neutron.subnet")
            .refersTo("OS::Neutron::Subnet"),
        text("vip_address", "The address; any of the subnet when not given.").custom("ip_addr"),
        text("name", "Name of the load balancer.").updatable(),
        text("description", "Description of the load balancer.").updatable(),
        bool("admin_state_up", "Whether the load balancer is in service.").updatable(),
        text("provider", "What makes load balancers there, such as amphora or ovn."),
        text("availability_zone", "Octavia's own availability zone in which it shall be."));
    attribute("vip_address", "The load balancer's address.");
    attribute("vip_port_id", "The port that has the address.");
    attribute("vip_subnet_id", "The subnet of the address.");
    attribute("pools", "The pools of the load balancer.");
    attribute("flavor_id", "The flavor of the load balancer.");
  }

  @Override
  public Set<String> unsupportedProperties() {
    return Set.of("tenant_id", "flavor");
  }
}
