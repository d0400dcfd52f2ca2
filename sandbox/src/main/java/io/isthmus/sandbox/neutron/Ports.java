package io.isthmus.sandbox.neutron;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** Neutron's ports and the addresses they hold. */
final class Ports extends Kind {
  Ports(Neutron neutron) {
    super(
        neutron,
        "port",
        "ports",
        "Port",
        List.of(
            Attribute.uuid("network_id"),
            Attribute.text("name", ""),
            Attribute.bool("admin_state_up", true),
            Attribute.of("mac_address", Attribute.Type.TEXT, null),
            Attribute.of("fixed_ips", Attribute.Type.LIST, null),
            Attribute.text("device_id", ""),
            Attribute.text("device_owner", ""),
            Attribute.of("security_groups", Attribute.Type.LIST, null),
            Attribute.list("allowed_address_pairs"),
            Attribute.list("extra_dhcp_opts"),
            Attribute.text("binding:vnic_type", "normal"),
            Attribute.of("binding:host_id", Attribute.Type.ANY, null),
            Attribute.of("binding:profile", Attribute.Type.ANY, null),
            Attribute.of("port_security_enabled", Attribute.Type.BOOL, null),
            Attribute.any("qos_policy_id", Json.obj().nullNode()),
            Attribute.text("dns_name", ""),
            Attribute.text("dns_domain", "")));
  }

  @Override
  void create(ObjectNode row, Caller caller) {
    ObjectNode network = neutron.networks().find(row.get("network_id").asText(), caller);
    boolean external = network.path("router:external").asBoolean();
    if (external && !network.path("shared").asBoolean() && !caller.admin()) {
      throw Fault.forbidden(
          "Tenant " + caller.projectId() + " not allowed to create port on this network");
    }
    row.put("status", "DOWN").putNull("qos_network_policy_id");
    row.remove("binding:host_id");
    row.remove("binding:profile");
    if (!row.has("port_security_enabled")) {
      row.put("port_security_enabled", network.path("port_security_enabled").asBoolean(true));
    }
    giveMac(row);
    completePairs(row, row);
    giveGroups(row, caller);
    row.set("fixed_ips", addresses(network, row.path("fixed_ips"), null));
  }

  private void giveMac(ObjectNode row) {
    String mac = Json.text(row, "mac_address");
    Set<String> taken =
        neutron
            .portsOf(row.get("network_id").asText())
            .map(p -> p.get("mac_address").asText())
            .collect(Collectors.toSet());
    if (mac == null) {
      do {
        int n = ThreadLocalRandom.current().nextInt(1 << 24);
        mac = String.format(Locale.ROOT, "fa:16:3e:%02x:%02x:%02x", n >> 16, n >> 8 & 255, n & 255);
      } while (taken.contains(mac));
    } else if (!mac.matches("([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}")) {
      throw Fault.badRequest(
          "Invalid input for mac_address. Reason: '" + mac + "' is not a valid MAC address.");
    } else if (taken.contains(mac)) {
      throw Fault.of(
          409,
          "MacAddressInUse",
          "Unable to complete operation for network "
              + row.get("network_id").asText()
              + ". The mac address "
              + mac
              + " is in use.");
    }
    row.put("mac_address", mac);
  }

  private void giveGroups(ObjectNode row, Caller caller) {
    boolean secured =
        row.get("port_security_enabled").asBoolean()
            && !row.get("device_owner").asText().startsWith("network:");
    if (row.path("security_groups").isArray()) {
      checkGroups(row.get("security_groups"), caller);
    } else if (secured) {
      row.set(
          "security_groups",
          Json.texts(
              List.of(
                  neutron.groups().standard(row.get("project_id").asText()).get("id").asText())));
    } else {
      row.set("security_groups", Json.arr());
    }
  }

  /** Whoever passes with an address of its own passes with the port's hardware address. */
  private static void completePairs(ObjectNode changes, ObjectNode row) {
    for (JsonNode pair : changes.path("allowed_address_pairs")) {
      if (!pair.hasNonNull("mac_address")) {
        ((ObjectNode) pair).set("mac_address", row.get("mac_address"));
      }
    }
  }

  private static void checkSecurity(ObjectNode port) {
    if (port.get("port_security_enabled").asBoolean()) {
      return;
    }
    if (!port.path("security_groups").isEmpty()) {
      throw Fault.of(
          409,
          "PortSecurityPortHasSecurityGroup",
          "Port has security group associated. Cannot disable port security or IP address until"
              + " security group is removed.");
    }
    if (!port.path("allowed_address_pairs").isEmpty()) {
      throw Fault.of(
          409,
          "AddressPairAndPortSecurityRequired",
          "Port Security must be enabled in order to have allowed address pairs on a port.");
    }
  }

  private void checkGroups(JsonNode groups, Caller caller) {
    for (JsonNode group : groups) {
      neutron.groups().find(group.asText(), caller);
    }
  }

  /**
   * The addresses that a port gets.
   *
   * @param wanted as a request names them; when it names none, one from each version
   * @param portId the port that may keep its own, or null
   */
  private ArrayNode addresses(ObjectNode network, JsonNode wanted, String portId) {
    List<ObjectNode> subnets = neutron.subnetsOf(network.get("id").asText()).toList();
    Set<BigInteger> used = used(network.get("id").asText(), portId);
    ArrayNode result = Json.arr();
    if (!wanted.isArray()) {
      for (int version : new int[] {4, 6}) {
        List<ObjectNode> candidates =
            subnets.stream().filter(s -> s.get("ip_version").asInt() == version).toList();
        if (!candidates.isEmpty()) {
          result.add(lowestFree(network, candidates, used));
        }
      }
      return result;
    }
    for (JsonNode want : wanted) {
      result.add(named(network, subnets, want, used));
    }
    return result;
  }

  private Set<BigInteger> used(String networkId, String exceptPort) {
    Set<BigInteger> used = new HashSet<>();
    neutron
        .portsOf(networkId)
        .filter(port -> !port.get("id").asText().equals(exceptPort))
        .forEach(
            port ->
                port.get("fixed_ips")
                    .forEach(ip -> used.add(Cidr.number(ip.get("ip_address").asText()))));
    return used;
  }

  private ObjectNode named(
      ObjectNode network, List<ObjectNode> subnets, JsonNode want, Set<BigInteger> used) {
    String subnetId = Json.text(want, "subnet_id");
    String address = Json.text(want, "ip_address");
    List<ObjectNode> candidates = subnets;
    if (subnetId != null) {
      if (neutron.table("subnets").find(subnetId).isEmpty()) {
        throw neutron.subnets().notFound(subnetId);
      }
      candidates = subnets.stream().filter(s -> s.get("id").asText().equals(subnetId)).toList();
      if (candidates.isEmpty()) {
        throw Fault.of(
            400,
            "InvalidInput",
            "Invalid input for operation: Failed to create port on network "
                + network.get("id").asText()
                + ", because fixed_ips included invalid subnet "
                + subnetId
                + ".");
      }
    }
    if (address == null) {
      return lowestFree(network, candidates, used);
    }
    BigInteger number;
    try {
      number = Cidr.number(address);
    } catch (IllegalArgumentException wrong) {
      throw Fault.badRequest(
          "Invalid input for fixed_ips. Reason: '" + address + "' is not a valid IP address.");
    }
    ObjectNode subnet =
        candidates.stream()
            .filter(s -> s.get("ip_version").asInt() == Cidr.version(address))
            .filter(s -> Cidr.parse(s.get("cidr").asText()).contains(number))
            .findFirst()
            .orElseThrow(
                () ->
                    subnetId == null
                        ? Fault.of(
                            400,
                            "InvalidIpForNetwork",
                            "IP address "
                                + address
                                + " is not a valid IP for any of the subnets on the specified network.")
                        : Fault.of(
                            400,
                            "InvalidIpForSubnet",
                            "IP address "
                                + address
                                + " is not a valid IP for the specified subnet."));
    if (!used.add(number)) {
      throw Fault.of(
          409,
          "IpAddressAlreadyAllocated",
          "IP address " + address + " already allocated in subnet " + subnet.get("id").asText());
    }
    return fixedIp(subnet, address);
  }

  private static ObjectNode lowestFree(
      ObjectNode network, List<ObjectNode> subnets, Set<BigInteger> used) {
    for (ObjectNode subnet : subnets) {
      int bits = subnet.get("ip_version").asInt() == 4 ? 32 : 128;
      for (JsonNode pool : subnet.get("allocation_pools")) {
        BigInteger end = Cidr.number(pool.get("end").asText());
        for (BigInteger at = Cidr.number(pool.get("start").asText());
            at.compareTo(end) <= 0;
            at = at.add(BigInteger.ONE)) {
          if (used.add(at)) {
            return fixedIp(subnet, Cidr.address(at, bits));
          }
        }
      }
    }
    throw Fault.of(
        409,
        "IpAddressGenerationFailure",
        "No more IP addresses available on network " + network.get("id").asText() + ".");
  }

  private static ObjectNode fixedIp(ObjectNode subnet, String address) {
    return Json.obj().put("subnet_id", subnet.get("id").asText()).put("ip_address", address);
  }

  static boolean hasAddressIn(ObjectNode port, String subnetId) {
    for (JsonNode ip : port.get("fixed_ips")) {
      if (ip.get("subnet_id").asText().equals(subnetId)) {
        return true;
      }
    }
    return false;
  }

  @Override
  void update(ObjectNode row, ObjectNode changes, Caller caller) {
    neutron.requireOwner(row, caller, "update_port");
    if (changes.has("mac_address")
        && !caller.admin()
        && !changes.get("mac_address").equals(row.get("mac_address"))) {
      throw Fault.forbidden(
          "(rule:update_port and rule:update_port:mac_address) is disallowed by policy");
    }
    if (changes.has("security_groups")) {
      if (changes.get("security_groups").isNull()) {
        changes.set("security_groups", Json.arr());
      }
      checkGroups(changes.get("security_groups"), caller);
    }
    completePairs(changes, row);
    ObjectNode next = row.deepCopy();
    next.setAll(changes);
    checkSecurity(next);
    if (changes.has("fixed_ips")) {
      ObjectNode network =
          neutron.networks().find(row.get("network_id").asText(), Caller.service(""));
      changes.set(
          "fixed_ips", addresses(network, changes.get("fixed_ips"), row.get("id").asText()));
    }
    changes.remove("binding:host_id");
    changes.remove("binding:profile");
  }

  @Override
  void delete(ObjectNode row) {
    String owner = row.get("device_owner").asText();
    if (owner.startsWith("network:router_") || owner.equals("network:floatingip")) {
      throw Fault.of(
          409,
          "ServicePortInUse",
          "Port "
              + row.get("id").asText()
              + " cannot be deleted directly via the port API: has device owner "
              + owner
              + ".");
    }
    neutron.floatingIps().portIsGone(row.get("id").asText());
  }

  @Override
  ObjectNode view(ObjectNode row, Caller caller) {
    ObjectNode view = super.view(row, caller);
    ArrayNode names = view.putArray("dns_assignment");
    row.get("fixed_ips")
        .forEach(
            ip -> {
              String address = ip.get("ip_address").asText();
              String host = "host-" + address.replace('.', '-').replace(':', '-');
              names
                  .addObject()
                  .put("ip_address", address)
                  .put("hostname", host)
                  .put("fqdn", host + ".openstacklocal.");
            });
    if (caller.admin()) {
      String host = row.path("_host").asText("");
      view.put("binding:host_id", host);
      view.put("binding:vif_type", host.isEmpty() ? "unbound" : "ovs");
      view.putObject("binding:vif_details");
      view.putObject("binding:profile");
    }
    return view;
  }
}
