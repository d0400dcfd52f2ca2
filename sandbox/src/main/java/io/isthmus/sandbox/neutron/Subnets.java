package io.isthmus.sandbox.neutron;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import java.math.BigInteger;
import java.util.List;

/** Neutron's subnets. */
final class Subnets extends Kind {
  Subnets(Neutron neutron) {
    super(
        neutron,
        "subnet",
        "subnets",
        "Subnet",
        List.of(
            Attribute.number("ip_version", 4).mustBeNamed().fixed(),
            Attribute.uuid("network_id"),
            Attribute.text("name", ""),
            Attribute.of("cidr", Attribute.Type.TEXT, null).fixed(),
            Attribute.of("prefixlen", Attribute.Type.NUMBER, null).fixed(),
            Attribute.uuidOrNull("subnetpool_id"),
            Attribute.of("gateway_ip", Attribute.Type.ADDRESS_OR_NULL, null),
            Attribute.bool("enable_dhcp", true),
            Attribute.of("allocation_pools", Attribute.Type.LIST, null),
            Attribute.list("dns_nameservers"),
            Attribute.list("host_routes"),
            Attribute.list("service_types"),
            mode("ipv6_ra_mode"),
            mode("ipv6_address_mode")));
  }

  private static Attribute mode(String name) {
    return Attribute.of(name, Attribute.Type.TEXT, NullNode.instance)
        .fixed()
        .onlyOneOf("dhcpv6-stateful", "dhcpv6-stateless", "slaac");
  }

  @Override
  void create(ObjectNode row, Caller caller) {
    ObjectNode network = neutron.networks().find(row.get("network_id").asText(), caller);
    neutron.requireOwner(network, caller, "create_subnet");
    Cidr cidr = range(row);
    row.put("cidr", cidr.toString());
    row.remove("prefixlen");
    if (cidr.ipVersion() != row.get("ip_version").asInt()) {
      throw invalid(
          "cidr '" + cidr + "' does not match the ip_version '" + row.get("ip_version") + "'");
    }
    refuseOverlap(network, cidr);
    if (!row.has("gateway_ip")) {
      row.put("gateway_ip", Cidr.address(cidr.first().add(BigInteger.ONE), cidr.bits()));
    }
    checkAddresses(row.get("dns_nameservers"), "dns_nameservers");
    if (row.path("allocation_pools").isArray()) {
      checkPools(row.get("allocation_pools"), cidr, row.get("gateway_ip"));
    } else {
      row.set("allocation_pools", pools(cidr, row.get("gateway_ip")));
    }
  }

  private Cidr range(ObjectNode row) {
    String text = Json.text(row, "cidr");
    if (text == null) {
      throw Fault.badRequest(
          "Bad subnets request: a subnetpool must be specified in the absence of a cidr.");
    }
    try {
      if (text.indexOf('/') < 0) {
        throw new IllegalArgumentException(text);
      }
      return Cidr.parse(text);
    } catch (IllegalArgumentException wrong) {
      throw invalid(text + " is not in a CIDR format");
    }
  }

  private void refuseOverlap(ObjectNode network, Cidr cidr) {
    String networkId = network.get("id").asText();
    neutron
        .subnetsOf(networkId)
        .filter(other -> Cidr.parse(other.get("cidr").asText()).overlaps(cidr))
        .findAny()
        .ifPresent(
            other -> {
              throw invalid(
                  "Requested subnet with cidr: "
                      + cidr
                      + " for network: "
                      + networkId
                      + " overlaps with another subnet");
            });
  }

  private static Fault invalid(String reason) {
    return Fault.of(400, "InvalidInput", "Invalid input for operation: " + reason + ".");
  }

  private static void checkAddresses(JsonNode list, String field) {
    for (JsonNode address : list) {
      try {
        Cidr.version(address.asText());
      } catch (IllegalArgumentException wrong) {
        throw Fault.badRequest(
            "Invalid input for "
                + field
                + ". Reason: '"
                + address.asText()
                + "' is not a valid nameserver. '"
                + address.asText()
                + "' is not a valid IP address.");
      }
    }
  }

  private static void checkPools(JsonNode pools, Cidr cidr, JsonNode gateway) {
    for (JsonNode pool : pools) {
      BigInteger start;
      BigInteger end;
      try {
        start = Cidr.number(pool.path("start").asText());
        end = Cidr.number(pool.path("end").asText());
      } catch (IllegalArgumentException wrong) {
        throw Fault.of(
            400,
            "InvalidAllocationPool",
            "The allocation pool "
                + pool.path("start").asText()
                + "-"
                + pool.path("end").asText()
                + " is not valid.");
      }
      if (!cidr.contains(start) || !cidr.contains(end)) {
        throw Fault.of(
            400,
            "OutOfBoundsAllocationPool",
            "The allocation pool "
                + pool.get("start").asText()
                + "-"
                + pool.get("end").asText()
                + " spans beyond the subnet cidr "
                + cidr
                + ".");
      }
      if (start.compareTo(end) > 0) {
        throw Fault.of(
            400,
            "InvalidAllocationPool",
            "The allocation pool "
                + pool.get("start").asText()
                + "-"
                + pool.get("end").asText()
                + " is not valid.");
      }
      if (gateway.isTextual()) {
        BigInteger at = Cidr.number(gateway.asText());
        if (at.compareTo(start) >= 0 && at.compareTo(end) <= 0) {
          throw Fault.of(
              409,
              "GatewayConflictWithAllocationPools",
              "Gateway ip "
                  + gateway.asText()
                  + " conflicts with allocation pool "
                  + pool.get("start").asText()
                  + "-"
                  + pool.get("end").asText()
                  + ".");
        }
      }
    }
  }

  /** All addresses but the network's, the broadcast and the gateway. */
  private static ArrayNode pools(Cidr cidr, JsonNode gateway) {
    BigInteger first = cidr.first();
    BigInteger last = cidr.last();
    if (cidr.bits() == 32 && cidr.prefix() < 31) {
      first = first.add(BigInteger.ONE);
      last = last.subtract(BigInteger.ONE);
    } else if (cidr.bits() == 128 && cidr.prefix() < 127) {
      first = first.add(BigInteger.ONE);
    }
    ArrayNode pools = Json.arr();
    if (gateway.isTextual() && cidr.contains(Cidr.number(gateway.asText()))) {
      BigInteger at = Cidr.number(gateway.asText());
      addPool(pools, first, at.subtract(BigInteger.ONE).min(last), cidr.bits());
      addPool(pools, at.add(BigInteger.ONE).max(first), last, cidr.bits());
    } else {
      addPool(pools, first, last, cidr.bits());
    }
    return pools;
  }

  private static void addPool(ArrayNode pools, BigInteger start, BigInteger end, int bits) {
    if (start.compareTo(end) <= 0) {
      pools.addObject().put("start", Cidr.address(start, bits)).put("end", Cidr.address(end, bits));
    }
  }

  @Override
  void update(ObjectNode row, ObjectNode changes, Caller caller) {
    neutron.requireOwner(row, caller, "update_subnet");
    Cidr cidr = Cidr.parse(row.get("cidr").asText());
    JsonNode gateway =
        changes.has("gateway_ip") ? changes.get("gateway_ip") : row.get("gateway_ip");
    if (!gateway.equals(row.get("gateway_ip"))) {
      refuseUsed(row);
    }
    checkPools(
        changes.has("allocation_pools")
            ? changes.get("allocation_pools")
            : row.get("allocation_pools"),
        cidr,
        gateway);
    if (changes.has("dns_nameservers")) {
      checkAddresses(changes.get("dns_nameservers"), "dns_nameservers");
    }
  }

  /** A gateway that a router has must stay. */
  private void refuseUsed(ObjectNode row) {
    String old = row.path("gateway_ip").asText("");
    neutron
        .portsOf(row.get("network_id").asText())
        .filter(port -> port.get("device_owner").asText().equals(Routers.INTERFACE))
        .filter(port -> port.get("fixed_ips").findValuesAsText("ip_address").contains(old))
        .findAny()
        .ifPresent(
            port -> {
              throw Fault.of(
                  409,
                  "GatewayIpInUse",
                  "Current gateway ip "
                      + old
                      + " already in use by port "
                      + port.get("id").asText()
                      + ". Unable to update.");
            });
  }

  @Override
  void delete(ObjectNode row) {
    String id = row.get("id").asText();
    boolean used =
        neutron
            .portsOf(row.get("network_id").asText())
            .anyMatch(port -> Ports.hasAddressIn(port, id));
    if (used) {
      throw Fault.of(
          409,
          "SubnetInUse",
          "Unable to complete operation on subnet "
              + id
              + ": One or more ports have an IP allocation from this subnet.");
    }
  }

  @Override
  boolean sharedWithAll(ObjectNode row) {
    return neutron
        .table("networks")
        .find(row.get("network_id").asText())
        .map(network -> network.path("shared").asBoolean())
        .orElse(false);
  }
}
