package io.isthmus.domain.template.type;

import static io.isthmus.domain.template.type.Property.bool;
import static io.isthmus.domain.template.type.Property.listOfTexts;
import static io.isthmus.domain.template.type.Property.text;

import io.isthmus.domain.template.Footing;
import java.util.Set;

/**
 * A network.
 *
 * @see "openstack/heat heat/engine/resources/openstack/neutron/net.py"
 */
final class NetType extends SchemaType {

  NetType() {
    super("OS::Neutron::Net", Footing.STRETCHED, "network");
    properties(
        text("name", "Name of the network.").updatable(),
        bool("admin_state_up", "Whether the network is in service.").updatable(),
        bool("port_security_enabled", "Whether its ports filter traffic.").updatable(),
        text("dns_domain", "DNS domain of the network, with a dot at its end.")
            .updatable()
            .custom("dns_domain"),
        listOfTexts("tags", "Tags of the network.").updatable());
    attribute("status", "The status of the network.");
    attribute("name", "The name of the network.");
    attribute("subnets", "IDs of the subnets of this network.");
    attribute("admin_state_up", "Whether the network is in service.");
    attribute("tenant_id", "The project that owns this network.");
    attribute("mtu", "The largest packet, in bytes.");
    attribute("port_security_enabled", "Whether its ports filter traffic.");
  }

  @Override
  public Set<String> unsupportedProperties() {
    return Set.of(
        "value_specs",
        "tenant_id",
        "shared",
        "dhcp_agent_ids",
        "qos_policy",
        "availability_zone_hints");
  }

  @Override
  public Set<String> unsupportedAttributes() {
    return Set.of("show", "qos_policy_id", "l2_adjacency", "segments");
  }
}
