package io.isthmus.domain.template.type;

import static io.isthmus.domain.template.type.Property.bool;
import static io.isthmus.domain.template.type.Property.integer;
import static io.isthmus.domain.template.type.Property.listOfTexts;
import static io.isthmus.domain.template.type.Property.text;

import io.isthmus.domain.template.Footing;

/**
 * One server of a pool. It lies where the server lies whose address it has, and joins the pool
 * there.
 *
 * @see "openstack/heat heat/engine/resources/openstack/octavia/pool_member.py"
 */
final class PoolMemberType extends SchemaType {

  PoolMemberType() {
    super("OS::Octavia::PoolMember", Footing.PLACED, "load-balancer");
    properties(
        text("pool", "Name or ID of the pool.")
            .required()
            .custom("octavia.pool")
            .refersTo(PoolType.NAME),
        text("address", "The server's address.").required().custom("ip_addr").near(),
        integer("protocol_port", "Port on which the server answers.").required().between(1, 65535),
        text("subnet", "Name or ID of the address's subnet.")
            .custom("neutron.subnet")
            .refersTo("OS::Neutron::Subnet"),
        integer("weight", "Its share of the requests beside the others'.")
            .updatable()
            .between(0, 256),
        text("monitor_address", "Address that is asked whether it is well.")
            .custom("ip_addr")
            .near(),
        integer("monitor_port", "Port that is asked whether it is well.").between(1, 65535),
        bool("admin_state_up", "Whether it is in service.").updatable(),
        listOfTexts("tags", "Tags of the member.").updatable());
    attribute("address", "The server's address.");
    attribute("pool_id", "The pool.");
  }
}
