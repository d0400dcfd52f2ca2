package io.isthmus.domain.template.type;

import static io.isthmus.domain.template.type.Property.bool;
import static io.isthmus.domain.template.type.Property.integer;
import static io.isthmus.domain.template.type.Property.listOf;
import static io.isthmus.domain.template.type.Property.listOfMaps;
import static io.isthmus.domain.template.type.Property.listOfTexts;
import static io.isthmus.domain.template.type.Property.text;

import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.Footing;
import io.isthmus.domain.template.ResourceNode;
import java.util.List;
import java.util.Set;

/**
 * A subnet. In several regions each has a segment of it with addresses of its own.
 *
 * @see "openstack/heat heat/engine/resources/openstack/neutron/subnet.py"
 */
final class SubnetType extends SchemaType {

  SubnetType() {
    super("OS::Neutron::Subnet", Footing.STRETCHED, "network");
    properties(
        text("network", "The network that the subnet is part of.")
            .required()
            .custom("neutron.network")
            .refersTo("OS::Neutron::Net"),
        text("cidr", "Addresses, such as 10.0.0.0/24.").custom("net_cidr"),
        text("name", "Name of the subnet.").updatable(),
        integer("ip_version", "4 or 6.").oneOf("4", "6"),
        listOf("dns_nameservers", "Name servers told to the servers.", text("*", "")).updatable(),
        text("gateway_ip", "The gateway's address; empty for none.").updatable(),
        bool("enable_dhcp", "Whether servers get their addresses by DHCP.").updatable(),
        listOfMaps(
                "allocation_pools",
                "Ranges from which addresses are taken.",
                text("start", "First address.").required().custom("ip_addr"),
                text("end", "Last address.").required().custom("ip_addr"))
            .updatable(),
        listOfMaps(
                "host_routes",
                "Routes told to the servers.",
                text("destination", "Where the route leads.").required().custom("net_cidr"),
                text("nexthop", "The next hop's address.").required().custom("ip_addr"))
            .updatable(),
        text("ipv6_ra_mode", "How routers advertise themselves.")
            .oneOf("dhcpv6-stateful", "dhcpv6-stateless", "slaac"),
        text("ipv6_address_mode", "How servers get IPv6 addresses.")
            .oneOf("dhcpv6-stateful", "dhcpv6-stateless", "slaac"),
        listOfTexts("tags", "Tags of the subnet.").updatable());
    attribute("name", "Name of the subnet.");
    attribute("network_id", "The network that the subnet is part of.");
    attribute("tenant_id", "The project that owns the subnet.");
    attribute("allocation_pools", "Ranges from which addresses are taken.");
    attribute("gateway_ip", "The gateway's address.");
    attribute("host_routes", "Routes told to the servers.");
    attribute("ip_version", "4 or 6.");
    attribute("cidr", "The addresses of the subnet.");
    attribute("dns_nameservers", "Name servers told to the servers.");
    attribute("enable_dhcp", "Whether servers get their addresses by DHCP.");
  }

  @Override
  public Set<String> unsupportedProperties() {
    return Set.of("network_id", "subnetpool", "prefixlen", "value_specs", "tenant_id", "segment");
  }

  @Override
  public List<Violation> validate(ResourceNode node) {
    Requirements requirements = new Requirements(node);
    if (!node.gives("cidr")) {
      requirements.add("cidr", Phrase.of("template.required", "cidr"));
    }
    boolean version6 = "6".equals(known(node, "ip_version"));
    String cidr = known(node, "cidr");
    if (!cidr.isEmpty() && (cidr.indexOf(':') >= 0) != version6) {
      requirements.add("cidr", Phrase.of("template.cidr-version", cidr, version6 ? "6" : "4"));
    }
    if (!version6) {
      for (String property : List.of("ipv6_ra_mode", "ipv6_address_mode")) {
        if (node.gives(property)) {
          requirements.add(property, Phrase.of("template.only-ipv6", property));
        }
      }
    }
    return requirements.violations();
  }

  private static String known(ResourceNode node, String property) {
    return node.knownProperties().containsKey(property)
        ? io.isthmus.domain.template.Values.python(node.knownProperties().get(property))
        : "";
  }
}
