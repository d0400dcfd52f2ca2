package io.isthmus.domain.template.type;

import static io.isthmus.domain.template.type.Property.text;

import io.isthmus.domain.template.Footing;

/**
 * What lets a floating IP lead to a port.
 *
 * @see "openstack/heat heat/engine/resources/openstack/neutron/floatingip.py,
 *     FloatingIPAssociation"
 */
final class FloatingIpAssociationType extends SchemaType {

  FloatingIpAssociationType() {
    super("OS::Neutron::FloatingIPAssociation", Footing.PLACED, "network");
    properties(
        text("floatingip_id", "The floating IP.")
            .required()
            .updatable()
            .refersTo("OS::Neutron::FloatingIP"),
        text("port_id", "The port.")
            .required()
            .updatable()
            .custom("neutron.port")
            .refersTo("OS::Neutron::Port"),
        text("fixed_ip_address", "Which of the port's addresses.").updatable().custom("ip_addr"));
  }
}
