package io.isthmus.openstack.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.CloudInventory;
import io.isthmus.domain.cloud.Network;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.ResourceDriver;
import io.isthmus.domain.stack.Sighting;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.Target;
import io.isthmus.openstack.compute.KeyPairDriver;
import io.isthmus.openstack.compute.ServerDriver;
import io.isthmus.openstack.compute.ServerGroupDriver;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.inventory.OpenStackInventory;
import io.isthmus.openstack.loadbalancer.HealthMonitorDriver;
import io.isthmus.openstack.loadbalancer.ListenerDriver;
import io.isthmus.openstack.loadbalancer.LoadBalancerDriver;
import io.isthmus.openstack.loadbalancer.PoolDriver;
import io.isthmus.openstack.loadbalancer.PoolMemberDriver;
import io.isthmus.openstack.network.FloatingIpAssociationDriver;
import io.isthmus.openstack.network.FloatingIpDriver;
import io.isthmus.openstack.network.NetDriver;
import io.isthmus.openstack.network.PortDriver;
import io.isthmus.openstack.network.RouterDriver;
import io.isthmus.openstack.network.RouterInterfaceDriver;
import io.isthmus.openstack.network.SecurityGroupDriver;
import io.isthmus.openstack.network.SecurityGroupRuleDriver;
import io.isthmus.openstack.network.SubnetDriver;
import io.isthmus.openstack.network.SubnetNetworks;
import io.isthmus.openstack.volume.VolumeAttachmentDriver;
import io.isthmus.openstack.volume.VolumeDriver;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What each driver of a resource must do, each verb twice; runs against a cloud that is named by
 * system properties, and leaves nothing in it.
 */
@EnabledIfSystemProperty(named = CloudUnderTest.AUTH_URL, matches = ".+")
class ResourceContractTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Clouds clouds = CloudUnderTest.clouds();
  private final Map<String, ResourceDriver> drivers = new HashMap<>();
  private final CloudConnection connection = CloudUnderTest.connection();
  private final StackId stack = new StackId(UUID.randomUUID());
  private final Deque<DesiredPart> made = new ArrayDeque<>();
  private final RegionInventory region;
  private final Target target;

  ResourceContractTest() {
    for (ResourceDriver driver :
        List.of(
            new NetDriver(clouds),
            new SubnetDriver(clouds, new SubnetNetworks()),
            new RouterDriver(clouds),
            new RouterInterfaceDriver(clouds),
            new PortDriver(clouds),
            new FloatingIpDriver(clouds),
            new FloatingIpAssociationDriver(clouds),
            new SecurityGroupDriver(clouds),
            new SecurityGroupRuleDriver(clouds),
            new KeyPairDriver(clouds),
            new ServerGroupDriver(clouds),
            new ServerDriver(clouds, new SubnetNetworks()),
            new VolumeDriver(clouds),
            new VolumeAttachmentDriver(clouds),
            new LoadBalancerDriver(clouds),
            new ListenerDriver(clouds),
            new PoolDriver(clouds),
            new PoolMemberDriver(clouds),
            new HealthMonitorDriver(clouds))) {
      driver.types().forEach(type -> drivers.put(type, driver));
    }
    CloudInventory inventory =
        new OpenStackInventory(clouds, ForkJoinPool.commonPool()).fetch(connection);
    region = inventory.regions().get(0);
    target = new Target(connection, region.region());
  }

  @AfterEach
  void leaveNothing() {
    while (!made.isEmpty()) {
      remove(made.pop());
    }
  }

  @Test
  void makesAnApplicationRecoversItByItsMarkAndRemovesIt() {
    String external =
        region.networks().stream().filter(Network::external).findFirst().orElseThrow().name();
    String net =
        make("net", "OS::Neutron::Net", "{'name': 'contract', 'tags': ['tier=web', 'blue']}");
    String subnet =
        make(
            "subnet",
            "OS::Neutron::Subnet",
            "{'network': '"
                + net
                + "', 'cidr': '10.231.7.0/24', 'dns_nameservers': ['192.0.2.1'],"
                + " 'tags': ['blue']}");
    String router =
        make(
            "router",
            "OS::Neutron::Router",
            "{'external_gateway_info': {'network': '" + external + "'}, 'tags': ['blue']}");
    make(
        "interface",
        "OS::Neutron::RouterInterface",
        "{'router': '" + router + "', 'subnet': '" + subnet + "'}");
    String group =
        make(
            "group",
            "OS::Neutron::SecurityGroup",
            "{'description': 'for the web', 'rules': [{'protocol': 'tcp', 'port_range_min': 80,"
                + " 'port_range_max': 80}, {'remote_mode': 'remote_group_id'},"
                + " {'direction': 'egress', 'protocol': 'tcp', 'remote_ip_prefix': '0.0.0.0/0'}]}");
    make(
        "rule",
        "OS::Neutron::SecurityGroupRule",
        "{'security_group': '" + group + "', 'protocol': 'icmp'}");
    String port =
        make(
            "port",
            "OS::Neutron::Port",
            "{'network': '"
                + net
                + "', 'security_groups': ['"
                + group
                + "'], 'tags': ['blue'],"
                + " 'fixed_ips': [{'subnet': '"
                + subnet
                + "', 'ip_address': '10.231.7.20'}]}");
    String address =
        make("address", "OS::Neutron::FloatingIP", "{'floating_network': '" + external + "'}");
    make(
        "association",
        "OS::Neutron::FloatingIPAssociation",
        "{'floatingip_id': '" + address + "', 'port_id': '" + port + "'}");
    String key = make("key", "OS::Nova::KeyPair", "{'name': 'contract-key'}");
    String apart = make("apart", "OS::Nova::ServerGroup", "{'name': 'contract-apart'}");
    String volume = make("volume", "OS::Cinder::Volume", "{'size': 1}");
    String flavor = region.flavors().get(0).id();
    String image = region.images().get(0).id();
    String server =
        make(
            "web/0",
            "OS::Nova::Server",
            "{'flavor': '"
                + flavor
                + "', 'image': '"
                + image
                + "', 'key_name': '"
                + key
                + "',"
                + " 'security_groups': ['"
                + group
                + "'], 'scheduler_hints': {'group': '"
                + apart
                + "'}, 'user_data': '#cloud-config',"
                + " 'metadata': {'tier': 'web', 'number': 1},"
                + " 'networks': [{'port': '"
                + port
                + "'}, {'network': '"
                + net
                + "'}]}");
    make(
        "attachment",
        "OS::Cinder::VolumeAttachment",
        "{'instance_uuid': '" + server + "', 'volume_id': '" + volume + "'}");

    Sighting.Present seen = seen("OS::Nova::Server");
    assertThat(shown("OS::Nova::ServerGroup").getJsonArray("members"))
        .extracting(member -> ((JsonString) member).getString())
        .containsExactly(server);
    JsonObject networks = seen.attributes().getJsonObject("networks");
    assertThat(networks.getJsonArray("contract"))
        .as("two fixed addresses and the floating one")
        .hasSize(3)
        .isEqualTo(networks.getJsonArray(net));
    assertThat(seen.attributes().getString("first_address")).startsWith("10.231.7.");
    assertThat(seen.attributes().getJsonObject("addresses").getJsonArray(net))
        .extracting(entry -> entry.asJsonObject().getString("port"))
        .contains(port);
    assertThat(seen.attributes().getJsonObject("addresses").getJsonArray(net))
        .allSatisfy(
            entry ->
                assertThat(
                        entry
                            .asJsonObject()
                            .getJsonArray("subnets")
                            .getJsonObject(0)
                            .getString("cidr"))
                    .isEqualTo("10.231.7.0/24"));
    for (String tagged :
        List.of("OS::Neutron::Subnet", "OS::Neutron::Router", "OS::Neutron::Port")) {
      assertThat(shown(tagged).getJsonArray("tags")).as(tagged).hasSize(1);
    }
    assertThat(shown("OS::Neutron::Net").getJsonArray("tags")).hasSize(2);
    assertThat(shown("OS::Neutron::SecurityGroup").getJsonArray("security_group_rules"))
        .as("three of the group, one of its own, none of Neutron's")
        .hasSize(4);
    assertThat(
            look(
                part("other", "OS::Cinder::VolumeAttachment", Optional.empty(), elsewhere(volume))))
        .as("the same volume in another server")
        .isInstanceOf(Sighting.Absent.class);
  }

  @Test
  void balancesWhereTheCloudOffersIt() {
    assumeTrue(region.offers("load-balancer"), "the cloud offers no load balancers");
    String net = make("net", "OS::Neutron::Net", "{}");
    String subnet =
        make(
            "subnet", "OS::Neutron::Subnet", "{'network': '" + net + "', 'cidr': '10.231.8.0/24'}");
    String balancer =
        make(
            "balancer",
            "OS::Octavia::LoadBalancer",
            "{'vip_subnet': '" + subnet + "', 'description': 'for the web'}");
    String listener =
        make(
            "listener",
            "OS::Octavia::Listener",
            "{'loadbalancer': '"
                + balancer
                + "', 'protocol': 'HTTP', 'protocol_port': 80, 'connection_limit': 500}");
    String pool =
        make(
            "pool",
            "OS::Octavia::Pool",
            "{'listener': '"
                + listener
                + "', 'protocol': 'HTTP', 'lb_algorithm': 'ROUND_ROBIN',"
                + " 'session_persistence': {'type': 'SOURCE_IP'}}");
    make(
        "monitor",
        "OS::Octavia::HealthMonitor",
        "{'pool': '"
            + pool
            + "', 'type': 'HTTP', 'delay': 5, 'timeout': 3, 'max_retries': 3,"
            + " 'url_path': '/health'}");
    for (int i = 0; i < 2; i++) {
      make(
          "web/" + i + "/member",
          "OS::Octavia::PoolMember",
          "{'pool': '"
              + pool
              + "', 'address': '10.231.8.1"
              + i
              + "', 'protocol_port': 8080, 'subnet': '"
              + subnet
              + "'}");
    }

    JsonObject seen = seen("OS::Octavia::LoadBalancer").attributes();
    assertThat(seen.getString("vip_address")).startsWith("10.231.8.");
    assertThat(seen.getString("vip_port_id")).isNotEmpty();
    assertThat(seen.getJsonArray("pools")).hasSize(1);
    assertThat(shown("OS::Octavia::Pool").getJsonArray("members")).hasSize(2);
    assertThat(seen("OS::Octavia::PoolMember").physicalId()).startsWith(pool + "/");
    assertThat(seen("OS::Octavia::PoolMember").attributes().getString("pool_id")).isEqualTo(pool);
  }

  private static JsonObject elsewhere(String volume) {
    return Json.createObjectBuilder()
        .add("instance_uuid", UUID.randomUUID().toString())
        .add("volume_id", volume)
        .build();
  }

  private Sighting.Present seen(String type) {
    return (Sighting.Present)
        look(made.stream().filter(part -> part.type().equals(type)).findFirst().orElseThrow());
  }

  private JsonObject shown(String type) {
    return seen(type).attributes().getJsonObject("show");
  }

  @Test
  void leavesAloneWhatDoesNotCarryTheMark() {
    String id = make("net", "OS::Neutron::Net", "{}");
    DesiredPart other =
        part("other", "OS::Neutron::Net", Optional.of(id), JsonObject.EMPTY_JSON_OBJECT);
    assertThat(drivers.get(other.type()).delete(target, other, soon()))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(drivers.get(other.type()).deleteDouble(target, other, id, soon()))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(look(made.peek())).isInstanceOf(Sighting.Present.class);
  }

  /** Makes it, makes it again, and waits until it is ready. */
  private String make(String resource, String type, String properties) {
    JsonObject given =
        Json.createReader(new StringReader(properties.replace('\'', '"'))).readObject();
    DesiredPart part = part(resource, type, Optional.empty(), given);
    assertThat(look(part)).isInstanceOf(Sighting.Absent.class);
    Outcome outcome = createUnlessBusy(part);
    assertThat(outcome).as(resource).isInstanceOf(Outcome.Taken.class);
    String id = ((Outcome.Taken) outcome).physicalId();
    made.push(part(resource, type, Optional.of(id), given));
    Outcome again = drivers.get(type).create(target, part, soon());
    assertThat(again).as(resource + " again").isInstanceOf(Outcome.Taken.class);
    assertThat(((Outcome.Taken) again).physicalId()).isEqualTo(id);
    Sighting.Present ready =
        (Sighting.Present)
            awaitSighting(
                part,
                seen ->
                    seen instanceof Sighting.Present present
                        && present.phase() != Sighting.Phase.BUILDING);
    assertThat(ready.phase()).as(resource + " " + ready).isEqualTo(Sighting.Phase.READY);
    assertThat(ready.physicalId()).isEqualTo(id);
    assertThat(ready.doubles()).isEmpty();
    return id;
  }

  /** As the engine does: what conflicts is asked for again. */
  private Outcome createUnlessBusy(DesiredPart part) {
    Instant until = Instant.now().plus(PATIENCE);
    Outcome outcome = drivers.get(part.type()).create(target, part, soon());
    while (outcome instanceof Outcome.Refused refused
        && refused.fault().code() == FaultCode.CONFLICT
        && Instant.now().isBefore(until)) {
      pause();
      outcome = drivers.get(part.type()).create(target, part, soon());
    }
    return outcome;
  }

  private void remove(DesiredPart part) {
    ResourceDriver driver = drivers.get(part.type());
    Instant until = Instant.now().plus(PATIENCE);
    Outcome outcome = driver.delete(target, part, soon());
    while (outcome instanceof Outcome.Refused && Instant.now().isBefore(until)) {
      pause();
      outcome = driver.delete(target, part, soon());
    }
    assertThat(outcome).as("deletion of " + part.id()).isInstanceOf(Outcome.Gone.class);
    awaitSighting(part, Sighting.Absent.class::isInstance);
    assertThat(driver.delete(target, part, soon())).isInstanceOf(Outcome.Gone.class);
  }

  private Sighting awaitSighting(
      DesiredPart part, java.util.function.Predicate<Sighting> condition) {
    Instant until = Instant.now().plus(PATIENCE);
    Sighting seen = look(part);
    while (!condition.test(seen) && Instant.now().isBefore(until)) {
      pause();
      seen = look(part);
    }
    assertThat(seen).as(part.id().toString()).matches(condition);
    return seen;
  }

  private static void pause() {
    CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS))
        .join();
  }

  private Sighting look(DesiredPart part) {
    return drivers.get(part.type()).observe(target, part.type(), List.of(part)).get(part.id());
  }

  private DesiredPart part(
      String resource, String type, Optional<String> physicalId, JsonObject properties) {
    return new DesiredPart(
        new PartId(resource, connection.cloud(), target.region()),
        type,
        new Mark(stack, resource, 1),
        "contract-" + resource.replace('/', '-') + "-" + stack.toString().substring(0, 8),
        physicalId,
        Optional.empty(),
        properties);
  }

  private static Instant soon() {
    return Instant.now().plus(Duration.ofMinutes(1));
  }
}
