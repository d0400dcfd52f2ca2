package io.isthmus.domain.template.type;

import static io.isthmus.domain.template.type.Property.text;

import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.template.CatalogKind;
import io.isthmus.domain.template.Footing;
import io.isthmus.domain.template.ResourceNode;
import java.util.List;
import java.util.Set;

/**
 * An address outside.
 *
 * @see "openstack/heat heat/engine/resources/openstack/neutron/floatingip.py"
 */
final class FloatingIpType extends SchemaType {

  FloatingIpType() {
    super("OS::Neutron::FloatingIP", Footing.PLACED, "network");
    properties(
        text("floating_network", "Name or ID of the external network.")
            .required()
            .custom("neutron.network")
            .refersTo("OS::Neutron::Net")
            .in(CatalogKind.NETWORK),
        text("port_id", "Port that the address leads to.")
            .updatable()
            .custom("neutron.port")
            .refersTo("OS::Neutron::Port"),
        text("fixed_ip_address", "Which of the port's addresses.").updatable().custom("ip_addr"),
        text("floating_ip_address", "The very address that is wanted.").custom("ip_addr"));
    attribute("router_id", "The router that translates, once associated.");
    attribute("tenant_id", "The project that owns the address.");
    attribute("floating_network_id", "The external network.");
    attribute("fixed_ip_address", "The port's address.");
    attribute("floating_ip_address", "The address.");
    attribute("port_id", "The port that the address leads to.");
  }

  @Override
  public Set<String> unsupportedProperties() {
    return Set.of(
        "floating_network_id", "floating_subnet", "value_specs", "dns_name", "dns_domain");
  }

  @Override
  public List<Violation> validate(ResourceNode node) {
    return new Requirements(node).onlyWith("fixed_ip_address", "port_id").violations();
  }
}
