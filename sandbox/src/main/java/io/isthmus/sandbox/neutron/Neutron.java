package io.isthmus.sandbox.neutron;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.cloud.Cloud;
import io.isthmus.sandbox.cloud.Quotas;
import io.isthmus.sandbox.cloud.Table;
import io.isthmus.sandbox.cloud.Tables;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.keystone.Keystone;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The networking of one region. */
public final class Neutron {
  private final Cloud cloud;
  private final String region;
  private final Tables tables;
  private final Quotas quotas;
  private final Networks networks = new Networks(this);
  private final Subnets subnets = new Subnets(this);
  private final Ports ports = new Ports(this);
  private final Routers routers = new Routers(this);
  private final SecurityGroups groups = new SecurityGroups(this);
  private final SecurityGroupRules rules = new SecurityGroupRules(this);
  private final FloatingIps floatingIps = new FloatingIps(this);
  private final SyntheticPorts synthetic;

  public Neutron(Cloud cloud, String region, Quotas quotas) {
    this.cloud = cloud;
    this.region = region;
    this.tables = cloud.region(region);
    this.quotas = quotas;
    this.synthetic = new SyntheticPorts(cloud, region);
    cloud
        .timers()
        .on(
            "neutron.routed@" + region,
            id -> table("floatingips").find(id).ifPresent(this::routed));
  }

  /** Lets a floating IP that was just associated become active, as its router takes it up. */
  void routeSoon(String floatingIpId) {
    cloud.timers().at(now().plusMillis(300), "neutron.routed@" + region, floatingIpId);
  }

  private void routed(ObjectNode floatingIp) {
    if (Json.text(floatingIp, "router_id") != null) {
      floatingIp.put("status", "ACTIVE");
      floatingIps.touch(floatingIp);
    }
  }

  /** Makes the external network that the federation file names, unless it is there. */
  public void seed() {
    var external = cloud.spec().externalNetwork();
    String id = cloud.seededId(region + "/external");
    if (external == null || table("networks").find(id).isPresent()) {
      return;
    }
    Caller operator = Caller.service(Keystone.adminProjectId(cloud));
    ObjectNode network =
        networks.make(
            Json.obj().put("name", external.name()).put("router:external", true).put("mtu", 1500),
            operator);
    table("networks").remove(network.get("id").asText());
    table("networks").put(network.put("id", id));
    int index = cloud.spec().regions().stream().map(r -> r.name()).toList().indexOf(region);
    ObjectNode subnet =
        Json.obj().put("network_id", id).put("ip_version", 4).put("enable_dhcp", false);
    subnet.put("cidr", external.cidrs().get(index)).put("name", external.name() + "-v4");
    subnets.make(subnet, operator);
  }

  /** Makes the networks of ports that are there by rule, unless they are there. */
  public void seedSynthetic() {
    synthetic
        .projects()
        .filter(project -> table("networks").find(project.networkId()).isEmpty())
        .forEach(
            project -> {
              ObjectNode network =
                  networks.make(
                      Json.obj().put("name", project.networkName()),
                      new Caller(project.projectId(), false));
              table("networks").remove(network.get("id").asText());
              table("networks").put(network.put("id", project.networkId()));
            });
  }

  /** The ports that are there by rule. */
  SyntheticPorts synthetic() {
    return synthetic;
  }

  List<Kind> kinds() {
    return List.of(networks, subnets, ports, routers, groups, rules, floatingIps);
  }

  Networks networks() {
    return networks;
  }

  Subnets subnets() {
    return subnets;
  }

  Ports ports() {
    return ports;
  }

  Routers routers() {
    return routers;
  }

  SecurityGroups groups() {
    return groups;
  }

  SecurityGroupRules rules() {
    return rules;
  }

  FloatingIps floatingIps() {
    return floatingIps;
  }

  Quotas quotas() {
    return quotas;
  }

  Cloud cloud() {
    return cloud;
  }

  String region() {
    return region;
  }

  /** Whether this cloud is without an extension that Neutron commonly has. */
  boolean lacks(String extension) {
    return cloud.spec().withoutExtensions().contains(extension);
  }

  Table table(String name) {
    return tables.table(name);
  }

  Instant now() {
    return cloud.now();
  }

  Stream<ObjectNode> subnetsOf(String networkId) {
    return table("subnets").stream()
        .filter(subnet -> subnet.get("network_id").asText().equals(networkId));
  }

  Stream<ObjectNode> portsOf(String networkId) {
    return table("ports").stream()
        .filter(port -> port.get("network_id").asText().equals(networkId));
  }

  /** How many of a kind a project has. */
  int used(String collection, String projectId) {
    int byRule =
        collection.equals(ports.collection())
            ? synthetic.of(projectId).map(project -> project.ports().count()).orElse(0)
            : 0;
    return byRule
        + (int)
            table(collection).stream()
                .filter(row -> row.get("project_id").asText().equals(projectId))
                .count();
  }

  void checkQuota(Kind kind, String projectId) {
    if (projectId.isEmpty() || projectId.equals(Keystone.adminProjectId(cloud))) {
      return;
    }
    int limit = quotas.limit(projectId, kind.name());
    if (limit >= 0 && used(kind.collection(), projectId) >= limit) {
      throw Fault.of(409, "OverQuota", "Quota exceeded for resources: ['" + kind.name() + "'].");
    }
  }

  void requireOwner(ObjectNode row, Caller caller, String action) {
    if (!caller.admin() && !row.get("project_id").asText().equals(caller.projectId())) {
      throw Fault.forbidden("rule:" + action + " is disallowed by policy");
    }
  }

  /** The network, if the caller may put servers on it. */
  public Optional<ObjectNode> network(String id, Caller caller) {
    return table("networks").find(id).filter(row -> networks.visible(row, caller));
  }

  /** The networks that a server gets a port on when its request names none. */
  public List<ObjectNode> ownNetworks(Caller caller) {
    return table("networks").stream()
        .filter(row -> row.get("project_id").asText().equals(caller.projectId()))
        .filter(row -> subnetsOf(row.get("id").asText()).findAny().isPresent())
        .toList();
  }

  public boolean networkHasNoSubnet(String id) {
    return subnetsOf(id).findAny().isEmpty();
  }

  /** Whether some port on the network holds the address. */
  public boolean addressInUse(String networkId, String address) {
    return portsOf(networkId)
        .anyMatch(port -> port.get("fixed_ips").findValuesAsText("ip_address").contains(address));
  }

  /** The subnet, if the caller sees it. */
  public Optional<ObjectNode> subnet(String id, Caller caller) {
    return table("subnets").find(id).filter(row -> subnets.visible(row, caller));
  }

  public Optional<String> networkOfSubnet(String subnetId) {
    return table("subnets").find(subnetId).map(row -> row.get("network_id").asText());
  }

  /** Whether the address on the network is that of a server that runs. */
  public boolean serverAnswersAt(String networkId, String address) {
    return portsOf(networkId)
        .filter(port -> port.get("device_owner").asText().startsWith("compute:"))
        .filter(port -> port.get("status").asText().equals("ACTIVE"))
        .anyMatch(port -> port.get("fixed_ips").findValuesAsText("ip_address").contains(address));
  }

  /** Whether the text is an address, of whichever version. */
  public static boolean isAddress(String text) {
    try {
      Cidr.version(text);
      return true;
    } catch (IllegalArgumentException none) {
      return false;
    }
  }

  public Optional<ObjectNode> port(String id, Caller caller) {
    return table("ports").find(id).filter(row -> ports.visible(row, caller));
  }

  /** The project's group of that id or name; empty when there is none. */
  public Optional<ObjectNode> group(String idOrName, Caller caller) {
    groups.standard(caller.projectId());
    return table("security_groups").stream()
        .filter(row -> groups.visible(row, new Caller(caller.projectId(), false)))
        .filter(
            row ->
                row.get("id").asText().equals(idOrName)
                    || row.get("name").asText().equals(idOrName))
        .findFirst();
  }

  public String groupName(String id) {
    return table("security_groups").find(id).map(row -> row.get("name").asText()).orElse(id);
  }

  public String networkName(String id) {
    return table("networks").find(id).map(row -> row.get("name").asText()).orElse(id);
  }

  /** Makes a port for a server. */
  public ObjectNode createPort(ObjectNode request, Caller caller) {
    return ports.make(request, caller);
  }

  /** Plugs a port into a server. */
  public void bind(ObjectNode port, String serverId, String zone, String host) {
    port.put("device_id", serverId).put("device_owner", "compute:" + zone);
    port.put("_host", host).put("status", "ACTIVE");
    ports.touch(port);
  }

  /** Gives a port to a device of another service. */
  public void own(ObjectNode port, String deviceId, String owner) {
    port.put("device_id", deviceId).put("device_owner", owner);
    ports.touch(port);
  }

  /** Unplugs a port that was there before its server. */
  public void unbind(ObjectNode port) {
    port.put("device_id", "").put("device_owner", "").put("status", "DOWN");
    port.remove("_host");
    ports.touch(port);
  }

  public void deletePort(ObjectNode port) {
    floatingIps.portIsGone(port.get("id").asText());
    table("ports").remove(port.get("id").asText());
  }

  /** The ports plugged into a server, in the order in which they were made. */
  public List<ObjectNode> portsOfServer(String serverId) {
    return table("ports").stream()
        .filter(port -> port.get("device_id").asText().equals(serverId))
        .toList();
  }

  /** The floating address in front of a port's address. */
  public Optional<String> floatingAddress(String portId, String fixed) {
    return table("floatingips").stream()
        .filter(row -> portId.equals(Json.text(row, "port_id")))
        .filter(row -> fixed.equals(Json.text(row, "fixed_ip_address")))
        .map(row -> row.get("floating_ip_address").asText())
        .findFirst();
  }

  /** 4 or 6. */
  public static int version(JsonNode fixedIp) {
    return Cidr.version(fixedIp.get("ip_address").asText());
  }
}
