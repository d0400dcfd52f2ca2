package io.isthmus.domain.template.type;

import static io.isthmus.domain.template.type.Property.text;

import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.template.Footing;
import io.isthmus.domain.template.ResourceNode;
import java.util.List;
import java.util.Set;

/**
 * A router's connection to a subnet.
 *
 * @see "openstack/heat heat/engine/resources/openstack/neutron/router.py, RouterInterface"
 */
final class RouterInterfaceType extends SchemaType {

  RouterInterfaceType() {
    super("OS::Neutron::RouterInterface", Footing.STRETCHED, "network");
    properties(
        text("router", "The router.")
            .required()
            .custom("neutron.router")
            .refersTo("OS::Neutron::Router"),
        text("subnet", "The subnet; its gateway's address becomes the router's.")
            .custom("neutron.subnet")
            .refersTo("OS::Neutron::Subnet"),
        text("port", "A port to use instead of the gateway's address.")
            .custom("neutron.port")
            .refersTo("OS::Neutron::Port"));
  }

  @Override
  public Set<String> unsupportedProperties() {
    return Set.of("router_id", "subnet_id", "port_id");
  }

  @Override
  public List<Violation> validate(ResourceNode node) {
    return new Requirements(node)
        .anyOf("", "subnet", "port")
        .notTogether("", "subnet", "port")
        .violations();
  }
}
