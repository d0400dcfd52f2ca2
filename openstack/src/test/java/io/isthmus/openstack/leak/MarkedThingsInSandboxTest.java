package io.isthmus.openstack.leak;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.AddressGuard;
import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Credential;
import io.isthmus.domain.cloud.Secret;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.leak.CloudLayout;
import io.isthmus.domain.leak.MarkDriver;
import io.isthmus.domain.leak.MarkedThing;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.Target;
import io.isthmus.openstack.DriverConfig;
import io.isthmus.openstack.compute.KeyPairDriver;
import io.isthmus.openstack.compute.ServerDriver;
import io.isthmus.openstack.compute.ServerGroupDriver;
import io.isthmus.openstack.conversation.Call;
import io.isthmus.openstack.conversation.CloudSession;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.image.MarkedImages;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.loadbalancer.LoadBalancerDriver;
import io.isthmus.openstack.loadbalancer.PoolDriver;
import io.isthmus.openstack.network.FloatingIpDriver;
import io.isthmus.openstack.network.NetDriver;
import io.isthmus.openstack.network.PortDriver;
import io.isthmus.openstack.network.RouterDriver;
import io.isthmus.openstack.network.SecurityGroupDriver;
import io.isthmus.openstack.network.SecurityGroupRuleDriver;
import io.isthmus.openstack.network.SubnetDriver;
import io.isthmus.openstack.network.SubnetNetworks;
import io.isthmus.openstack.resource.MarkedDriver;
import io.isthmus.openstack.volume.VolumeDriver;
import io.isthmus.sandbox.Sandbox;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each type against a simulated cloud: what carries a mark is listed, and nothing else is. */
class MarkedThingsInSandboxTest {
  private static final String FEDERATION =
      """
      operators: [{ id: o, name: O, seat: FR }]
      clouds:
        - name: one
          operator: o
          country: FR
          coordinates: [1, 2]
          regions:
            - name: R
              zones: [{ name: a, vcpus: 8, ram_mb: 8192, disk_gb: 100 }]
          flavors: [{ id: "1", name: small, vcpus: 1, ram: 512, disk: 1 }]
          images: [{ name: debian, os_distro: debian, os_version: "12" }]
          volume_types: [standard]
          external_network: { name: public, cidrs: [203.0.113.0/24] }
          projects: [{ name: acme-demo, tenant: acme/demo, user: acme, password: secret }]
          timing: { server_build: 50ms, server_delete: 50ms, volume_create: 20ms, volume_delete: 20ms }
      """;

  @TempDir static Path folder;
  private static int port;

  private final Clouds clouds =
      new Clouds(
          DriverConfig.defaults(),
          new AddressGuard("evaluation", Optional.empty()),
          Clock.systemUTC());
  private final CloudConnection connection =
      new CloudConnection(
          new CloudId("one"),
          ProjectId.parse("acme/demo"),
          URI.create("http://127.0.0.1:" + port + "/identity/v3"),
          "public",
          List.of(),
          Optional.empty(),
          new Credential.Password(
              "acme",
              Secret.of("secret"),
              "Default",
              Optional.of("acme-demo"),
              Optional.empty(),
              "Default"));
  private final Target target = new Target(connection, "R");
  private final CloudSession session = clouds.session(connection);
  private final StackId stack = new StackId(UUID.randomUUID());

  @BeforeAll
  static void start() throws IOException {
    Files.writeString(folder.resolve("federation.yaml"), FEDERATION);
    port = freeBasePort();
    Sandbox.main(
        "--base-port",
        Integer.toString(port),
        "--federation",
        folder.resolve("federation.yaml").toString());
  }

  /** Below those that systems give to connections; the control listens 90 above. */
  private static int freeBasePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      if (isFree(port) && isFree(port + 90)) {
        return port;
      }
    }
  }

  private static boolean isFree(int candidate) {
    try (ServerSocket one = new ServerSocket(candidate)) {
      return one.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  private static JsonObject json(String text) {
    return Json.createReader(new StringReader(text.replace('\'', '"'))).readObject();
  }

  private String make(MarkedDriver driver, String resource, String properties) {
    DesiredPart part =
        new DesiredPart(
            new PartId(resource, connection.cloud(), "R"),
            driver.types().iterator().next(),
            new Mark(stack, resource, 1),
            "thing",
            Optional.empty(),
            Optional.empty(),
            json(properties));
    Outcome outcome = driver.create(target, part, Instant.now().plusSeconds(30));
    assertThat(outcome).as(resource).isInstanceOf(Outcome.Taken.class);
    return ((Outcome.Taken) outcome).physicalId();
  }

  /** The same thing without a mark, made behind our back. */
  private JsonObject plant(ServiceType service, String path, String key, String body) {
    return session.fetch(
        Call.post(service, "R", path, json("{'" + key + "': " + body + "}")),
        key,
        session.deadline());
  }

  private void lists(MarkDriver driver, String id, String resource) {
    List<MarkedThing> seen = driver.marked(target);
    assertThat(seen)
        .as(resource)
        .filteredOn(thing -> thing.mark().equals(markOf(driver, resource)))
        .extracting(MarkedThing::id)
        .containsExactly(id);
    assertThat(driver.look(target, id).flatMap(MarkedThing::mark))
        .isEqualTo(markOf(driver, resource));
  }

  private Optional<String> markOf(MarkDriver driver, String resource) {
    return Optional.of(driver.textOf(new Mark(stack, resource, 1)));
  }

  private void isLeft(MarkDriver driver, String lookAlike, String id) {
    assertThat(driver.marked(target)).extracting(MarkedThing::id).doesNotContain(lookAlike);
    MarkedThing named =
        driver.marked(target).stream()
            .filter(thing -> thing.id().equals(id))
            .findFirst()
            .orElseThrow();
    // As if somebody had named the look-alike by the mark of the other.
    MarkedThing wrong =
        new MarkedThing(
            named.type(), lookAlike, "", named.mark(), Optional.empty(), false, Optional.empty());
    assertThat(driver.remove(target, wrong, Instant.now().plusSeconds(30)))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(driver.look(target, lookAlike)).isPresent();
  }

  private void removes(MarkDriver driver, String id) {
    MarkedThing thing = driver.look(target, id).orElseThrow();
    Instant until = Instant.now().plusSeconds(20);
    Outcome outcome = driver.remove(target, thing, until);
    while (outcome instanceof Outcome.Refused && Instant.now().isBefore(until)) {
      outcome = driver.remove(target, thing, until);
    }
    assertThat(outcome).as(thing.type()).isInstanceOf(Outcome.Gone.class);
  }

  @Test
  void everyTypeIsFoundByItsMarkAndRemovedAndItsLookAlikeIsLeft() {
    NetDriver nets = new NetDriver(clouds);
    SubnetDriver subnets = new SubnetDriver(clouds, new SubnetNetworks());
    PortDriver ports = new PortDriver(clouds);
    RouterDriver routers = new RouterDriver(clouds);
    FloatingIpDriver floating = new FloatingIpDriver(clouds);
    SecurityGroupDriver groups = new SecurityGroupDriver(clouds);
    SecurityGroupRuleDriver rules = new SecurityGroupRuleDriver(clouds);
    VolumeDriver volumes = new VolumeDriver(clouds);
    ServerDriver servers = new ServerDriver(clouds, new SubnetNetworks());
    KeyPairDriver keys = new KeyPairDriver(clouds);
    ServerGroupDriver serverGroups = new ServerGroupDriver(clouds);

    String net = make(nets, "net", "{}");
    String subnet = make(subnets, "subnet", "{'network': '" + net + "', 'cidr': '10.1.0.0/24'}");
    String portId = make(ports, "port", "{'network': '" + net + "'}");
    String router = make(routers, "router", "{}");
    session.send(
        Call.put(
            ServiceType.NETWORK,
            "R",
            "/routers/" + router + "/add_router_interface",
            json("{'subnet_id': '" + subnet + "'}")),
        session.deadline());
    String address = make(floating, "address", "{'floating_network': 'public'}");
    String group = make(groups, "group", "{}");
    String rule =
        make(
            rules,
            "rule",
            "{'security_group': '" + group + "', 'port_range_min': 80, 'port_range_max': 80}");
    String volume = make(volumes, "volume", "{'size': 1}");
    String key =
        make(
            keys,
            "key",
            "{'public_key': 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIQfU2HnDJZ0vD6Ib1j8y5S3nRiuD3p3nTh8tXHqYxqM x'}");
    String serverGroup = make(serverGroups, "servers", "{'policies': ['affinity']}");
    String server =
        make(
            servers,
            "web",
            "{'flavor': 'small', 'image': 'debian', 'networks': [{'network': '" + net + "'}]}");

    lists(nets, net, "net");
    lists(subnets, subnet, "subnet");
    lists(ports, portId, "port");
    lists(routers, router, "router");
    lists(floating, address, "address");
    lists(groups, group, "group");
    lists(rules, rule, "rule");
    lists(volumes, volume, "volume");
    lists(keys, key, "key");
    lists(serverGroups, serverGroup, "servers");
    lists(servers, server, "web");
    Optional<MarkedThing> own =
        ports.marked(target).stream()
            .filter(thing -> thing.mark().orElse("").contains(":web#port-0]"))
            .findFirst();
    assertThat(own.flatMap(MarkedThing::user)).contains(server);
    assertThat(ports.remove(target, own.orElseThrow(), Instant.now().plusSeconds(10)))
        .as("a port in use")
        .isInstanceOf(Outcome.Refused.class);

    isLeft(nets, id(plant(ServiceType.NETWORK, "/networks", "network", "{'name': 'thing'}")), net);
    isLeft(
        volumes,
        id(plant(ServiceType.VOLUME, "/volumes", "volume", "{'name': 'thing', 'size': 1}")),
        volume);
    isLeft(
        groups,
        id(plant(ServiceType.NETWORK, "/security-groups", "security_group", "{'name': 'thing'}")),
        group);
    isLeft(
        routers, id(plant(ServiceType.NETWORK, "/routers", "router", "{'name': 'thing'}")), router);

    removes(servers, server);
    removes(ports, own.orElseThrow().id());
    removes(floating, address);
    removes(ports, portId);
    removes(routers, router);
    removes(subnets, subnet);
    removes(nets, net);
    removes(rules, rule);
    removes(groups, group);
    removes(volumes, volume);
    removes(serverGroups, serverGroup);
    removes(keys, key);
  }

  @Test
  void aRouterThatLeadsToAnotherStacksSubnetKeepsAllItsInterfaces() {
    RouterDriver routers = new RouterDriver(clouds);
    String net = make(new NetDriver(clouds), "net", "{}");
    String own =
        make(
            new SubnetDriver(clouds, new SubnetNetworks()),
            "subnet",
            "{'network': '" + net + "', 'cidr': '10.2.0.0/24'}");
    String others =
        id(
            plant(
                ServiceType.NETWORK,
                "/subnets",
                "subnet",
                "{'network_id': '"
                    + net
                    + "', 'ip_version': 4, 'cidr': '10.3.0.0/24', 'description': '[isthmus:"
                    + UUID.randomUUID()
                    + ":1:subnet]'}"));
    String router = make(routers, "router", "{}");
    for (String subnet : List.of(own, others)) {
      session.send(
          Call.put(
              ServiceType.NETWORK,
              "R",
              "/routers/" + router + "/add_router_interface",
              json("{'subnet_id': '" + subnet + "'}")),
          session.deadline());
    }

    MarkedThing thing = routers.look(target, router).orElseThrow();
    assertThat(routers.remove(target, thing, Instant.now().plusSeconds(20)))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.fault().code()).isEqualTo(FaultCode.CONFLICT));

    assertThat(
            session.list(
                Call.get(ServiceType.NETWORK, "R", "/ports").query("device_id", router),
                "ports",
                session.deadline()))
        .hasSize(2);
  }

  private static String id(JsonObject planted) {
    return planted.getString("id");
  }

  @Test
  void anImageIsFoundByTheMarkOfItsCopyUnlessItIsASnapshot() {
    MarkedImages images = new MarkedImages(clouds, Clock.systemUTC());
    String mark = UUID.randomUUID().toString();
    String body =
        "{'name': 'x', 'disk_format': 'raw', 'container_format': 'bare', 'isthmus_copy': '"
            + mark
            + "'%s}";
    String copy = register(body.formatted(", 'tags': ['" + mark + "']"));
    String snapshot = register(body.formatted(", 'image_type': 'snapshot'"));
    register(body.replace(", 'isthmus_copy': '" + mark + "'", "").formatted(""));

    assertThat(images.marked(target))
        .singleElement()
        .satisfies(
            thing -> {
              assertThat(thing.id()).isEqualTo(copy);
              assertThat(thing.mark()).contains(mark);
              // It may get its content any moment.
              assertThat(thing.leaving()).isTrue();
            });
    assertThat(images.look(target, snapshot).flatMap(MarkedThing::mark)).isEmpty();
    removes(images, copy);
    assertThat(images.look(target, copy)).isEmpty();
  }

  private String register(String body) {
    return session
        .fetch(Call.post(ServiceType.IMAGE, "R", "/images", json(body)), session.deadline())
        .getString("id");
  }

  @Test
  void theLayoutTellsTheAccountAndWhatARegionOffers() {
    Set<String> types =
        Set.of(
            new NetDriver(clouds).types().iterator().next(),
            new LoadBalancerDriver(clouds).types().iterator().next(),
            new PoolDriver(clouds).types().iterator().next(),
            "OS::Glance::Image");

    CloudLayout.Layout layout = new OpenStackLayout(clouds).of(connection, types);

    assertThat(layout.account()).isEqualTo(session.projectId(session.deadline()));
    assertThat(layout.types()).containsOnlyKeys("R");
    assertThat(layout.types().get("R")).contains("OS::Neutron::Net", "OS::Glance::Image");
  }
}
