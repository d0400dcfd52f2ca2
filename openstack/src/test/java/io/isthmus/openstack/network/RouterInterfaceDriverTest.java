package io.isthmus.openstack.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.Sighting;
import io.isthmus.openstack.scripted.Parts;
import io.isthmus.openstack.scripted.Reply;
import io.isthmus.openstack.scripted.ScriptedCloud;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RouterInterfaceDriverTest {
  private static final String ROUTER = "11111111-2222-3333-4444-555555555555";
  private static final String SUBNET = "11111111-2222-3333-4444-666666666666";
  private static final String PORTS = "/network/v2.0/ports";
  private static final String ADD = "/network/v2.0/routers/" + ROUTER + "/add_router_interface";
  private static final Reply NONE = Reply.json(200, "{'ports': []}");
  private static final Reply THERE =
      Reply.json(
          200,
          "{'ports': [{'id': 'gateway', 'device_id': '"
              + ROUTER
              + "', 'device_owner': 'network:router_gateway', 'fixed_ips': []}, {'id': 'p-1',"
              + " 'device_id': '"
              + ROUTER
              + "', 'device_owner': 'network:ha_router_replicated_interface', 'fixed_ips':"
              + " [{'subnet_id': '"
              + SUBNET
              + "'}]}]}");
  private static final Reply ALREADY =
      Reply.json(
          400,
          "{'NeutronError': {'type': 'BadRequest', 'message': 'Bad router request: Router already"
              + " has a port on subnet'}}");

  private final ScriptedCloud cloud = new ScriptedCloud();
  private final RouterInterfaceDriver driver =
      new RouterInterfaceDriver(ScriptedCloud.clouds(ScriptedCloud.config()));
  private final DesiredPart part = part(ROUTER, SUBNET);

  @AfterEach
  void close() {
    cloud.close();
  }

  private static DesiredPart part(String router, String subnet) {
    return Parts.of(
        "interface",
        "OS::Neutron::RouterInterface",
        "{'router': '" + router + "', 'subnet': '" + subnet + "'}");
  }

  private Outcome create(DesiredPart wanted) {
    return driver.create(cloud.target(), wanted, Instant.now().plusSeconds(60));
  }

  @Test
  void isThereWhenTheFirstAnswerGotLostAndTheRepetitionIsRefused() {
    cloud.on("GET", PORTS, NONE, THERE);
    cloud.on("PUT", ADD, Reply.hangUp(), ALREADY);
    assertThat(create(part))
        .isInstanceOfSatisfying(
            Outcome.Taken.class, taken -> assertThat(taken.physicalId()).isEqualTo("p-1"));
  }

  @Test
  void aRefusalThatIsNoneOfOurDoingStaysOne() {
    cloud.on("GET", PORTS, NONE);
    cloud.on("PUT", ADD, ALREADY);
    assertThat(create(part))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.fault().code()).isEqualTo(FaultCode.CLOUD_REJECTED));
  }

  @Test
  void routerAndSubnetMayBeNamed() {
    cloud.on(
        "GET", "/network/v2.0/routers", Reply.json(200, "{'routers': [{'id': '" + ROUTER + "'}]}"));
    cloud.on(
        "GET", "/network/v2.0/subnets", Reply.json(200, "{'subnets': [{'id': '" + SUBNET + "'}]}"));
    cloud.on("GET", PORTS, NONE);
    cloud.on("PUT", ADD, Reply.json(200, "{'port_id': 'p-1'}"));
    assertThat(create(part("edge", "lan"))).isInstanceOf(Outcome.Taken.class);
    assertThat(cloud.requests("PUT", ADD).get(0).body())
        .isEqualTo("{\"subnet_id\":\"" + SUBNET + "\"}");
  }

  @Test
  void aRouterThatIsGoneHasNoInterface() {
    cloud.on("GET", "/network/v2.0/routers", Reply.json(200, "{'routers': []}"));
    DesiredPart named = part("edge", SUBNET);
    assertThat(driver.observe(cloud.target(), named.type(), List.of(named)).get(named.id()))
        .isInstanceOf(Sighting.Absent.class);
    assertThat(driver.delete(cloud.target(), named, Instant.now().plusSeconds(60)))
        .isEqualTo(new Outcome.Gone(true));
    assertThat(create(named)).isInstanceOf(Outcome.Refused.class);
  }
}
