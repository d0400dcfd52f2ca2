package io.isthmus.sandbox.octavia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.cloud.Cloud;
import io.isthmus.sandbox.cloud.Quotas;
import io.isthmus.sandbox.federation.Federation.CloudSpec;
import io.isthmus.sandbox.federation.FederationReader;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.http.Token;
import io.isthmus.sandbox.neutron.Caller;
import io.isthmus.sandbox.neutron.Neutron;
import io.isthmus.sandbox.neutron.SubnetMaker;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Load balancers under a clock that stands still until it is moved. */
class OctaviaTest {
  private static final String REGION = "BHS";
  private static final Token ACME = new Token("u", "acme", List.of("member"));
  private static final Token GLOBEX = new Token("v", "globex", List.of("member"));

  private Instant now = Instant.parse("2026-11-26T07:00:00Z");
  private final Cloud cloud = new Cloud(bhs(), "http://localhost", Path.of("none"), clock());
  private final Quotas quotas =
      new Quotas(Map.of("listener", 2), cloud.region(REGION).table("quotas"), service -> false);
  private final Neutron neutron = new Neutron(cloud, REGION, quotas);
  private final Octavia octavia = new Octavia(cloud, REGION, quotas, neutron);
  private final String subnet = SubnetMaker.make(neutron, "10.5.0.0/24", new Caller("acme", false));

  private static CloudSpec bhs() {
    return FederationReader.builtIn().clouds().stream()
        .filter(spec -> spec.name().equals("bhs"))
        .findFirst()
        .orElseThrow();
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return now;
      }

      @Override
      public java.time.ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(java.time.ZoneId zone) {
        return this;
      }
    };
  }

  private void pass(Duration time) {
    now = now.plus(time);
    cloud.look(() -> null);
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) Json.MAPPER.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException mistake) {
      throw new IllegalArgumentException(mistake);
    }
  }

  private ObjectNode make(Kind kind, String attributes) {
    return kind.make(json(attributes), ACME);
  }

  private String ready(Kind kind, String attributes) {
    String id = make(kind, attributes).get("id").asText();
    pass(Duration.ofSeconds(3));
    assertThat(status(kind, id)).isEqualTo("ACTIVE");
    return id;
  }

  private String status(Kind kind, String id) {
    return kind.view(kind.find(id, ACME)).get("provisioning_status").asText();
  }

  private String works(Kind kind, String id) {
    return kind.view(kind.find(id, ACME)).get("operating_status").asText();
  }

  private String balancer() {
    return ready(octavia.balancers(), "{'vip_subnet_id': '" + subnet + "'}");
  }

  private static String listener(String balancer, int port) {
    return "{'loadbalancer_id': '"
        + balancer
        + "', 'protocol': 'HTTP', 'protocol_port': "
        + port
        + "}";
  }

  private static String pool(String listener) {
    return "{'listener_id': '" + listener + "', 'protocol': 'HTTP', 'lb_algorithm': 'ROUND_ROBIN'}";
  }

  private static String member(String pool, String address) {
    return "{'_pool': '" + pool + "', 'address': '" + address + "', 'protocol_port': 80}";
  }

  @Test
  void takesAnAddressOfTheSubnetAndGivesItBack() {
    ObjectNode balancer = make(octavia.balancers(), "{'vip_subnet_id': '" + subnet + "'}");
    String portId = balancer.get("vip_port_id").asText();

    assertThat(balancer.get("provisioning_status").asText()).isEqualTo("PENDING_CREATE");
    assertThat(balancer.get("vip_address").asText()).isEqualTo("10.5.0.2");
    assertThat(neutron.port(portId, Caller.service("")).orElseThrow().get("device_owner").asText())
        .isEqualTo("Octavia");

    pass(Duration.ofSeconds(3));
    octavia.balancers().drop(balancer);
    assertThat(status(octavia.balancers(), balancer.get("id").asText()))
        .isEqualTo("PENDING_DELETE");
    pass(Duration.ofSeconds(3));

    assertThat(octavia.balancers().table().size()).isZero();
    assertThat(neutron.port(portId, Caller.service(""))).isEmpty();
  }

  @Test
  void refusesEveryOtherChangeWhileOneIsUnderWay() {
    String balancer = balancer();
    String listener = ready(octavia.listeners(), listener(balancer, 80));
    String pool = ready(octavia.pools(), pool(listener));

    make(octavia.members(), member(pool, "10.5.0.9"));

    assertThat(status(octavia.balancers(), balancer)).isEqualTo("PENDING_UPDATE");
    assertThat(status(octavia.listeners(), listener)).isEqualTo("PENDING_UPDATE");
    assertThat(status(octavia.pools(), pool)).isEqualTo("PENDING_UPDATE");
    assertThatThrownBy(() -> make(octavia.members(), member(pool, "10.5.0.10")))
        .isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.status()).isEqualTo(409))
        .hasMessage("Load Balancer " + balancer + " is immutable and cannot be updated.");
    assertThatThrownBy(() -> octavia.balancers().drop(octavia.balancers().find(balancer, ACME)))
        .hasMessageContaining("immutable");

    pass(Duration.ofSeconds(1));
    assertThat(status(octavia.pools(), pool)).isEqualTo("ACTIVE");
    ready(octavia.members(), member(pool, "10.5.0.10"));
  }

  @Test
  void aMonitoredMemberIsUpAsLongAsItsServerRuns() {
    String balancer = balancer();
    String pool = ready(octavia.pools(), pool(ready(octavia.listeners(), listener(balancer, 80))));
    ObjectNode port = neutron.createPort(portRequest("10.5.0.50"), new Caller("acme", false));
    String member = ready(octavia.members(), member(pool, "10.5.0.50"));
    String other = ready(octavia.members(), member(pool, "10.5.0.51"));
    assertThat(works(octavia.members(), member)).isEqualTo("NO_MONITOR");
    assertThat(works(octavia.balancers(), balancer)).isEqualTo("ONLINE");

    ready(
        octavia.monitors(),
        "{'pool_id': '" + pool + "', 'type': 'HTTP', 'delay': 5, 'timeout': 3, 'max_retries': 3}");
    assertThat(works(octavia.balancers(), balancer)).isEqualTo("ERROR");

    neutron.bind(port, "server", "bhs-a", "host");
    assertThat(works(octavia.members(), member)).isEqualTo("ONLINE");
    assertThat(works(octavia.members(), other)).isEqualTo("ERROR");
    assertThat(works(octavia.pools(), pool)).isEqualTo("DEGRADED");
    assertThat(works(octavia.balancers(), balancer)).isEqualTo("DEGRADED");

    neutron.unbind(port);
    assertThat(works(octavia.pools(), pool)).isEqualTo("ERROR");
  }

  private ObjectNode portRequest(String address) {
    ObjectNode request = Json.obj();
    request.put("network_id", neutron.networkOfSubnet(subnet).orElseThrow());
    request.putArray("fixed_ips").addObject().put("ip_address", address);
    return request;
  }

  @Test
  void takesAlongWhatIsPartOfWhatIsDeleted() {
    String balancer = balancer();
    String listener = ready(octavia.listeners(), listener(balancer, 80));
    String pool = ready(octavia.pools(), pool(listener));
    ready(octavia.members(), member(pool, "10.5.0.9"));
    assertThat(octavia.listeners().find(listener, ACME).get("default_pool_id").asText())
        .isEqualTo(pool);
    assertThat(octavia.balancers().hasParts(octavia.balancers().find(balancer, ACME))).isTrue();

    octavia.pools().drop(octavia.pools().find(pool, ACME));
    pass(Duration.ofSeconds(1));

    assertThat(octavia.listeners().find(listener, ACME).get("default_pool_id").isNull()).isTrue();
    assertThat(octavia.members().table().size()).isZero();

    octavia.balancers().drop(octavia.balancers().find(balancer, ACME));
    pass(Duration.ofSeconds(1));
    assertThat(octavia.listeners().table().size()).isZero();
  }

  @Test
  void refusesInOctaviasWords() {
    String balancer = balancer();
    String listener = ready(octavia.listeners(), listener(balancer, 80));

    assertThatThrownBy(() -> make(octavia.listeners(), listener(balancer, 80)))
        .hasMessage(
            "Another Listener on this Load Balancer is already using protocol HTTP and"
                + " protocol_port 80");
    assertThatThrownBy(() -> make(octavia.listeners(), listener(balancer, 0)))
        .hasMessage(
            "Invalid input for field/attribute protocol_port. Value: '0'. Value should be greater"
                + " or equal to 1");
    assertThatThrownBy(() -> make(octavia.balancers(), "{}"))
        .hasMessageContaining("VIP must contain one of");
    assertThatThrownBy(() -> make(octavia.balancers(), "{'vip': 1}"))
        .hasMessage("Unknown attribute: vip");
    assertThatThrownBy(() -> make(octavia.pools(), pool(listener).replace("'HTTP'", "'UDP'")))
        .hasMessageContaining("'UDP' is invalid while the listener protocol is 'HTTP'");
    assertThatThrownBy(() -> octavia.balancers().find(balancer, GLOBEX))
        .hasMessage("Load Balancer " + balancer + " not found.");
    ready(octavia.listeners(), listener(balancer, 81));
    assertThatThrownBy(() -> make(octavia.listeners(), listener(balancer, 82)))
        .isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.status()).isEqualTo(403))
        .hasMessage("Quota has been met for resources: Listener");
  }

  @Test
  void makesNoMoreLoadBalancersThanTheQuotaLeaves() {
    quotas.change(ACME.projectId(), "load_balancer", 1);
    String only = balancer();

    assertThatThrownBy(this::balancer)
        .isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.status()).isEqualTo(403))
        .hasMessage("Quota has been met for resources: Load Balancer");
    quotas.reset(ACME.projectId(), Quotas.LOAD_BALANCER.keySet());
    assertThat(balancer()).isNotEqualTo(only);
  }

  @Test
  void keepsWhoMayComeAndTagsAndTheZoneAndKnowsNoOtherZone() {
    String zone = octavia.zones().get(0);
    String balancer =
        ready(
            octavia.balancers(),
            "{'vip_subnet_id': '" + subnet + "', 'availability_zone': '" + zone + "'}");
    String listener =
        ready(
            octavia.listeners(),
            listener(balancer, 80).replace("}", ", 'allowed_cidrs': ['192.0.2.0/24']}"));
    String pool = ready(octavia.pools(), pool(listener));
    String member =
        ready(octavia.members(), member(pool, "10.5.0.9").replace("}", ", 'tags': ['blue']}"));

    assertThat(view(octavia.balancers(), balancer).get("availability_zone").asText())
        .isEqualTo(zone);
    assertThat(view(octavia.listeners(), listener).get("allowed_cidrs").get(0).asText())
        .isEqualTo("192.0.2.0/24");
    assertThat(view(octavia.members(), member).get("tags").get(0).asText()).isEqualTo("blue");
    assertThatThrownBy(
            () ->
                make(
                    octavia.balancers(),
                    "{'vip_subnet_id': '" + subnet + "', 'availability_zone': 'moon'}"))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("moon is not a valid option for availability_zone");
  }

  private ObjectNode view(Kind kind, String id) {
    return kind.view(kind.find(id, ACME));
  }
}
