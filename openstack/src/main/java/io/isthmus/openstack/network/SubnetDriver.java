package io.isthmus.openstack.network;

import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/** Drives {@code OS::Neutron::Subnet}. */
@ApplicationScoped
public class SubnetDriver extends NeutronDriver {
  private static final List<String> ATTRIBUTES =
      List.of(
          "name",
          "network_id",
          "tenant_id",
          "allocation_pools",
          "gateway_ip",
          "host_routes",
          "ip_version",
          "cidr",
          "dns_nameservers",
          "enable_dhcp");

  private SubnetNetworks networks;

  /** For the container. */
  public SubnetDriver() {}

  public SubnetDriver(Clouds clouds, SubnetNetworks networks) {
    super(clouds);
    tell(networks);
  }

  @Inject
  void tell(SubnetNetworks told) {
    networks = told;
  }

  @Override
  protected String type() {
    return "OS::Neutron::Subnet";
  }

  @Override
  protected String singular() {
    return "subnet";
  }

  @Override
  protected Optional<Narrowing> narrowing() {
    return Optional.of(new Narrowing("network_id", "network"));
  }

  @Override
  protected List<String> attributeNames() {
    return ATTRIBUTES;
  }

  @Override
  protected JsonObject make(Work work, DesiredPart part) {
    JsonObject subnet = super.make(work, part);
    networks.learn(work, subnet);
    return subnet;
  }

  @Override
  protected JsonObjectBuilder body(Work work, DesiredPart part) {
    JsonObject properties = part.properties();
    JsonObjectBuilder body =
        Bodies.copy(
            properties,
            "cidr",
            "ip_version",
            "dns_nameservers",
            "enable_dhcp",
            "allocation_pools",
            "host_routes",
            "ipv6_ra_mode",
            "ipv6_address_mode");
    if (!properties.containsKey("ip_version")) {
      body.add("ip_version", Bodies.text(properties, "cidr").orElse("").contains(":") ? 6 : 4);
    }
    String network = Bodies.text(properties, "network").orElse("");
    body.add("network_id", NeutronNames.id(work, "networks", network));
    JsonValue gateway = properties.get("gateway_ip");
    if (gateway instanceof JsonString text && text.getString().isEmpty()) {
      // Heat's way to say that there shall be no gateway.
      body.addNull("gateway_ip");
    } else {
      Bodies.copyAs(properties, "gateway_ip", body, "gateway_ip");
    }
    return body;
  }
}
