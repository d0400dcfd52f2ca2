package io.isthmus.domain.template.type;

import static io.isthmus.domain.template.type.Property.bool;
import static io.isthmus.domain.template.type.Property.listOfTexts;
import static io.isthmus.domain.template.type.Property.map;
import static io.isthmus.domain.template.type.Property.text;

import io.isthmus.domain.template.CatalogKind;
import io.isthmus.domain.template.Footing;
import java.util.Set;

/**
 * A router.
 *
 * @see "openstack/heat heat/engine/resources/openstack/neutron/router.py"
 */
final class RouterType extends SchemaType {

  RouterType() {
    super("OS::Neutron::Router", Footing.STRETCHED, "network");
    properties(
        text("name", "Name of the router.").updatable(),
        map(
                "external_gateway_info",
                "How the router leads outside.",
                text("network", "ID or name of the external network.")
                    .required()
                    .updatable()
                    .refersTo("OS::Neutron::Net")
                    .in(CatalogKind.NETWORK),
                bool("enable_snat", "Whether servers without an address of their own get out.")
                    .updatable())
            .updatable(),
        bool("admin_state_up", "Whether the router is in service.").updatable(),
        listOfTexts("tags", "Tags of the router.").updatable());
    attribute("status", "The status of the router.");
    attribute("external_gateway_info", "How the router leads outside.");
    attribute("name", "Name of the router.");
    attribute("admin_state_up", "Whether the router is in service.");
    attribute("tenant_id", "The project that owns the router.");
  }

  @Override
  public Set<String> unsupportedProperties() {
    return Set.of(
        "external_gateway_info.external_fixed_ips",
        "value_specs",
        "l3_agent_id",
        "l3_agent_ids",
        "distributed",
        "ha",
        "availability_zone_hints");
  }
}
