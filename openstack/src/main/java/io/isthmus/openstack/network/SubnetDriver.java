package io.isthmus.openstack.network;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.network.Cidr;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Change;
import io.isthmus.openstack.resource.Same;
import io.isthmus.openstack.resource.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigInteger;
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

  private static final List<Change.Field> UPDATES =
      List.of(
          // Asked in this order.
          Change.Field.of("dns_nameservers", JsonValue.EMPTY_JSON_ARRAY).ordered(),
          Change.Field.of("enable_dhcp", JsonValue.TRUE),
          Change.Field.of("host_routes", JsonValue.EMPTY_JSON_ARRAY),
          Change.Field.staying("gateway_ip"),
          Change.Field.staying("allocation_pools"));

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

  @Override
  protected List<Change.Field> updates() {
    return UPDATES;
  }

  /**
   * What Neutron chooses when a subnet is made without a gateway or ranges is worked out here,
   * since it does not choose again. Ranges that it chose make room for another gateway.
   *
   * @see "neutron/ipam/utils.py, generate_pools; Neutron refuses a gateway within a range"
   */
  @Override
  protected JsonObjectBuilder changes(Work work, Change change) {
    JsonObject plain = super.changes(work, change).build();
    JsonObjectBuilder changes = Json.createObjectBuilder(plain);
    Optional<Cidr> cidr = Bodies.text(change.there(), "cidr").flatMap(Cidr::parse);
    if (cidr.isEmpty()) {
      return changes;
    }
    JsonValue old = change.there().getOrDefault("gateway_ip", JsonValue.NULL);
    JsonValue gateway = plain.getOrDefault("gateway_ip", old);
    if (change.isGone("gateway_ip")) {
      gateway = Json.createValue(cidr.get().address(BigInteger.ONE));
      if (!Same.fits(gateway, old, false)) {
        changes.add("gateway_ip", gateway);
      }
    }
    JsonValue ranges = change.there().get("allocation_pools");
    JsonArray chosen = SubnetPools.all(cidr.get(), Change.text(gateway));
    boolean neutrons =
        Same.fits(SubnetPools.all(cidr.get(), Change.text(old)), ranges, false)
            && !change.gives("allocation_pools");
    if ((change.isGone("allocation_pools") || neutrons && !Same.fits(gateway, old, false))
        && !Same.fits(chosen, ranges, false)) {
      changes.add("allocation_pools", chosen);
    }
    return changes;
  }
}
