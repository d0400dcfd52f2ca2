package io.isthmus.domain.template.type;

import static io.isthmus.domain.template.type.Property.bool;
import static io.isthmus.domain.template.type.Property.listOf;
import static io.isthmus.domain.template.type.Property.listOfMaps;
import static io.isthmus.domain.template.type.Property.listOfTexts;
import static io.isthmus.domain.template.type.Property.text;

import io.isthmus.domain.template.CatalogKind;
import io.isthmus.domain.template.Footing;
import java.util.Set;

/**
 * A port. Heat asks Neutron for another hardware address in place, which Neutron lets only
 * administrators do; here it makes another port.
 *
 * @see "openstack/heat heat/engine/resources/openstack/neutron/port.py; neutron
 *     conf/policies/port.py, update_port:mac_address"
 */
final class PortType extends SchemaType {

  PortType() {
    super("OS::Neutron::Port", Footing.PLACED, "network");
    properties(
        text("network", "The network that the port is on.")
            .required()
            .custom("neutron.network")
            .refersTo("OS::Neutron::Net")
            .in(CatalogKind.NETWORK),
        text("name", "Name of the port.").updatable(),
        listOfMaps(
                "fixed_ips",
                "Addresses that the port shall have.",
                text("subnet", "Subnet to take the address from.")
                    .custom("neutron.subnet")
                    .refersTo("OS::Neutron::Subnet"),
                text("ip_address", "The address.").custom("ip_addr"))
            .updatable(),
        listOf(
                "security_groups",
                "Security groups of the port.",
                text("*", "").refersTo("OS::Neutron::SecurityGroup"))
            .updatable(),
        text("dns_name", "Name of the port in DNS.").updatable().custom("dns_name"),
        bool("admin_state_up", "Whether the port is in service.").updatable(),
        text("mac_address", "Hardware address.").custom("mac_addr"),
        listOfMaps(
                "allowed_address_pairs",
                "Further addresses that may pass.",
                text("mac_address", "Hardware address.").custom("mac_addr"),
                text("ip_address", "Address or CIDR.").required().custom("ip_or_cidr"))
            .updatable(),
        bool("port_security_enabled", "Whether the port filters traffic.").updatable(),
        listOfTexts("tags", "Tags of the port.").updatable());
    attribute("admin_state_up", "Whether the port is in service.");
    attribute("device_id", "What the port is connected to.");
    attribute("device_owner", "Kind of what the port is connected to.");
    attribute("fixed_ips", "Addresses with their subnets.");
    attribute("mac_address", "Hardware address.");
    attribute("name", "Name of the port.");
    attribute("network_id", "The network that the port is on.");
    attribute("security_groups", "Security groups of the port.");
    attribute("status", "The status of the port.");
    attribute("tenant_id", "The project that owns the port.");
    attribute("allowed_address_pairs", "Further addresses that may pass.");
    attribute("port_security_enabled", "Whether the port filters traffic.");
    attribute("dns_assignment", "Names of the port in DNS.");
  }

  @Override
  public Set<String> unsupportedProperties() {
    return Set.of(
        "network_id",
        "fixed_ips.*.subnet_id",
        "device_id",
        "device_owner",
        "replacement_policy",
        "value_specs",
        "binding:vnic_type",
        "qos_policy",
        "propagate_uplink_status",
        "no_fixed_ips");
  }

  @Override
  public Set<String> unsupportedAttributes() {
    return Set.of("show", "subnets", "qos_policy_id", "network", "propagate_uplink_status");
  }
}
