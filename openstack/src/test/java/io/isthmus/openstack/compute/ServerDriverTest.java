package io.isthmus.openstack.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.Sighting;
import io.isthmus.openstack.http.Deadline;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.network.SubnetNetworks;
import io.isthmus.openstack.resource.Marks;
import io.isthmus.openstack.resource.Work;
import io.isthmus.openstack.scripted.Parts;
import io.isthmus.openstack.scripted.Reply;
import io.isthmus.openstack.scripted.ScriptedCloud;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServerDriverTest {
  private static final String NET = "11111111-2222-3333-4444-555555555555";
  private static final String SUBNET = "11111111-2222-3333-4444-666666666666";
  private static final String FLAVOR = "11111111-2222-3333-4444-777777777777";
  private static final String SERVERS = "/compute/v2.1/servers";
  private static final String DETAIL = "/compute/v2.1/servers/detail";
  private static final String PORTS = "/network/v2.0/ports";

  private final ScriptedCloud cloud = new ScriptedCloud();
  private final ServerDriver driver =
      new ServerDriver(ScriptedCloud.clouds(ScriptedCloud.config()), new SubnetNetworks());

  @BeforeEach
  void anEmptyCloud() {
    offers("2.90");
    cloud.on("GET", DETAIL, Reply.json(200, "{'servers': []}"));
    cloud.on("GET", PORTS, Reply.json(200, "{'ports': []}"));
    cloud.on("POST", PORTS, Reply.json(201, "{'port': {'id': 'p-1'}}"));
    cloud.on("POST", SERVERS, Reply.json(202, "{'server': {'id': 's-1', 'adminPass': 'x'}}"));
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  private void offers(String microversion) {
    cloud.on(
        "GET",
        "/compute/v2.1/",
        Reply.json(200, "{'version': {'id': 'v2.1', 'version': '" + microversion + "'}}"));
  }

  private static DesiredPart server(String more) {
    return Parts.of("web/0", "OS::Nova::Server", "{'flavor': '" + FLAVOR + "'" + more + "}");
  }

  private static final DesiredPart ON_NET = server(", 'networks': [{'network': '" + NET + "'}]");

  private Outcome create(DesiredPart part) {
    return driver.create(cloud.target(), part, Instant.now().plusSeconds(60));
  }

  private Sighting.Present seen(DesiredPart part) {
    return (Sighting.Present)
        driver.observe(cloud.target(), part.type(), List.of(part)).get(part.id());
  }

  private JsonObject asked() {
    return cloud.requests("POST", SERVERS).get(0).json().getJsonObject("server");
  }

  private static String marked(String more) {
    JsonObject metadata = Marks.metadata(ON_NET.mark());
    return "{'id': 's-1', 'metadata': " + metadata.toString().replace('"', '\'') + more + "}";
  }

  @Test
  void makesItsPortBeforeIt() {
    Outcome outcome = create(ON_NET);
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Taken.class,
            taken -> {
              assertThat(taken.physicalId()).isEqualTo("s-1");
              assertThat(taken.ready()).isFalse();
            });
    assertThat(asked().getJsonArray("networks")).hasToString("[{\"port\":\"p-1\"}]");
    assertThat(asked().getJsonArray("tags")).hasToString("[\"" + Marks.tag(Parts.STACK) + "\"]");
    assertThat(cloud.requests("GET", PORTS).get(0).query()).contains("network_id=" + NET);
  }

  @Test
  void takesThePortThatWasMadeBeforeAnInterruption() {
    String mark = Marks.text(Marks.beside(ON_NET.mark(), "port-0"));
    cloud.on(
        "GET", PORTS, Reply.json(200, "{'ports': [{'id': 'p-0', 'description': '" + mark + "'}]}"));
    create(ON_NET);
    assertThat(cloud.requests("POST", PORTS)).isEmpty();
    assertThat(asked().getJsonArray("networks")).hasToString("[{\"port\":\"p-0\"}]");
  }

  @Test
  void findsTheNetworkOfASubnetThatIsNamedAlone() {
    cloud.on(
        "GET",
        "/network/v2.0/subnets/" + SUBNET,
        Reply.json(200, "{'subnet': {'id': '" + SUBNET + "', 'network_id': '" + NET + "'}}"));
    create(server(", 'networks': [{'subnet': '" + SUBNET + "'}]"));
    JsonObject port = cloud.requests("POST", PORTS).get(0).json().getJsonObject("port");
    assertThat(port.getString("network_id")).isEqualTo(NET);
    assertThat(port.getJsonArray("fixed_ips")).hasToString("[{\"subnet_id\":\"" + SUBNET + "\"}]");
  }

  @Test
  void givesSecurityGroupsToNovaWhenNovaMakesThePort() {
    create(server(", 'security_groups': ['web']"));
    assertThat(asked().getJsonArray("security_groups")).hasToString("[{\"name\":\"web\"}]");
    assertThat(asked().getString("networks")).isEqualTo("auto");
  }

  @Test
  void refusesTagsWhereTheCloudIsTooOldForThem() {
    offers("2.40");
    assertThat(create(server(", 'tags': ['blue'], 'networks': [{'network': '" + NET + "'}]")))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> {
              assertThat(refused.fault().code()).isEqualTo(FaultCode.CLOUD_REJECTED);
              assertThat(refused.fault().getMessage()).contains("gra", "tags");
            });
    assertThat(cloud.requests("POST", PORTS)).as("nothing is made before").isEmpty();
  }

  @Test
  void anOldCloudIsListedWithoutTheTagThatItDoesNotKnow() {
    offers("2.40");
    assertThat(create(ON_NET)).isInstanceOf(Outcome.Taken.class);
    assertThat(asked()).doesNotContainKey("tags");
    assertThat(cloud.requests("GET", DETAIL).get(0).query()).doesNotContain("tags");
  }

  @Test
  void aQuotaThatIsUsedUpIsARefusal() {
    cloud.on(
        "POST",
        SERVERS,
        Reply.json(
            403,
            "{'forbidden': {'code': 403, 'message': 'Quota exceeded for instances: Requested 1,"
                + " but already used 10 of 10 instances'}}"));
    assertThat(create(ON_NET))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.fault().code()).isEqualTo(FaultCode.QUOTA_EXCEEDED));
  }

  @Test
  void tellsWhyAServerFailed() {
    cloud.on(
        "GET",
        DETAIL,
        Reply.json(
            200,
            "{'servers': ["
                + marked(
                    ", 'status': 'ERROR', 'addresses': {}, 'fault': {'code': 500, 'message': 'No"
                        + " valid host was found.'}")
                + "]}"));
    Sighting.Present seen = seen(ON_NET);
    assertThat(seen.phase()).isEqualTo(Sighting.Phase.FAILED);
    assertThat(seen.cloudStatus()).isEqualTo("ERROR");
    assertThat(seen.trouble().orElseThrow().toString())
        .contains("gra", "ERROR", "No valid host was found");
  }

  @Test
  void tellsAddressesUnderTheNetworksNameAndId() {
    hasServer("ACTIVE", "10.0.0.5");
    JsonObject attributes = seen(ON_NET).attributes();
    assertThat(attributes.getString("first_address")).isEqualTo("10.0.0.5");
    assertThat(attributes.getJsonObject("networks"))
        .hasToString("{\"lan\":[\"10.0.0.5\"],\"" + NET + "\":[\"10.0.0.5\"]}");
    JsonObject address = attributes.getJsonObject("addresses").getJsonArray(NET).getJsonObject(0);
    assertThat(address.getString("port")).isEqualTo("p-1");
    assertThat(address.getJsonArray("subnets").getJsonObject(0).getString("cidr"))
        .isEqualTo("10.0.0.0/24");
    assertThat(cloud.requests("GET", PORTS).get(0).query()).contains("device_id=s-1");
  }

  private void hasServer(String status, String address) {
    cloud.on(
        "GET",
        DETAIL,
        Reply.json(
            200,
            "{'servers': ["
                + marked(
                    ", 'status': '"
                        + status
                        + "', 'addresses': {'lan': [{'addr': '"
                        + address
                        + "', 'version': 4, 'OS-EXT-IPS-MAC:mac_addr': 'fa:16:3e:00:00:01'}]}")
                + "]}"));
    cloud.on(
        "GET",
        PORTS,
        Reply.json(
            200,
            "{'ports': [{'id': 'p-1', 'device_id': 's-1', 'mac_address': 'fa:16:3e:00:00:01',"
                + " 'network_id': '"
                + NET
                + "', 'fixed_ips': [{'subnet_id': 'sub', 'ip_address': '"
                + address
                + "'}]}]}"));
    cloud.on(
        "GET",
        "/network/v2.0/subnets",
        Reply.json(200, "{'subnets': [{'id': 'sub', 'cidr': '10.0.0.0/24'}]}"));
  }

  @Test
  void asksNeutronForAddressesOnceTheServerIsBuiltAndNotAtEachLook() {
    hasServer("BUILD", "10.0.0.5");
    seen(ON_NET);
    assertThat(cloud.requests("GET", PORTS)).as("while it is built").isEmpty();

    hasServer("ACTIVE", "10.0.0.5");
    JsonObject first = seen(ON_NET).attributes();
    assertThat(seen(ON_NET).attributes()).isEqualTo(first);
    assertThat(first.getJsonObject("networks")).containsKey(NET);
    assertThat(cloud.requests("GET", PORTS)).as("though it was looked at twice").hasSize(1);
  }

  @Test
  void asksNeutronAgainWhenNovaTellsOtherAddresses() {
    hasServer("ACTIVE", "10.0.0.5");
    seen(ON_NET);
    hasServer("ACTIVE", "10.0.0.6");
    assertThat(seen(ON_NET).attributes().getJsonObject("networks").getJsonArray(NET))
        .hasToString("[\"10.0.0.6\"]");
    assertThat(cloud.requests("GET", PORTS)).hasSize(2);
  }

  @Test
  void asksNeutronNowAndThenThoughNothingSeemsToChange() {
    hasServer("ACTIVE", "10.0.0.5");
    long[] now = {0};
    KnownAddresses book = new KnownAddresses(() -> now[0]);
    Work work =
        new Work(
            cloud.session(ScriptedCloud.config()),
            ScriptedCloud.REGION,
            Deadline.in(Duration.ofMinutes(1)));
    List<JsonObject> servers =
        work.session()
            .list(work.get(ServiceType.COMPUTE, "/servers/detail"), "servers", work.deadline());
    for (int seconds : new int[] {0, 59, 61, 119}) {
      now[0] = Duration.ofSeconds(seconds).toNanos();
      book.of(work, servers);
    }
    assertThat(cloud.requests("GET", PORTS)).hasSize(2);
  }

  @Test
  void removesItsPortWithIt() {
    String mark = Marks.text(Marks.beside(ON_NET.mark(), "port-0"));
    cloud.on(
        "GET", PORTS, Reply.json(200, "{'ports': [{'id': 'p-0', 'description': '" + mark + "'}]}"));
    cloud.on("GET", DETAIL, Reply.json(200, "{'servers': [" + marked("") + "]}"));
    cloud.on("DELETE", PORTS + "/p-0", Reply.json(204, ""));
    cloud.on("DELETE", SERVERS + "/s-1", Reply.json(204, ""));
    assertThat(driver.delete(cloud.target(), ON_NET, Instant.now().plusSeconds(60)))
        .isEqualTo(new Outcome.Gone(false));
    assertThat(cloud.requests("DELETE", PORTS + "/p-0")).hasSize(1);
    assertThat(cloud.requests("DELETE", SERVERS + "/s-1")).hasSize(1);
  }

  @Test
  void stopsWhatRunsAndAsksNothingOfWhatIsStopped() {
    cloud.on("GET", DETAIL, Reply.json(200, "{'servers': [" + marked("") + "]}"));
    cloud.on("POST", SERVERS + "/s-1/action", Reply.json(202, ""));
    Outcome asked = driver.stop(cloud.target(), ON_NET, Instant.now().plusSeconds(60));
    assertThat(asked)
        .isInstanceOfSatisfying(Outcome.Taken.class, taken -> assertThat(taken.ready()).isFalse());
    assertThat(cloud.requests("POST", SERVERS + "/s-1/action"))
        .singleElement()
        .asString()
        .contains("os-stop");
  }

  @Test
  void thereIsNothingToStopWhereTheServerIsGone() {
    assertThat(driver.stop(cloud.target(), ON_NET, Instant.now().plusSeconds(60)))
        .isEqualTo(new Outcome.Gone(true));
  }

  private void serverIs(String status, String task) {
    String server = marked(", 'status': '" + status + "', 'OS-EXT-STS:task_state': " + task);
    cloud.on("GET", SERVERS + "/s-1", Reply.json(200, "{'server': " + server + "}"));
  }

  private Outcome.Taken taken(Outcome outcome) {
    assertThat(outcome).as(outcome.toString()).isInstanceOf(Outcome.Taken.class);
    return (Outcome.Taken) outcome;
  }

  private DesiredPart there() {
    return new DesiredPart(
        ON_NET.id(),
        ON_NET.type(),
        ON_NET.mark(),
        ON_NET.physicalName(),
        Optional.of("s-1"),
        ON_NET.availabilityZone(),
        ON_NET.properties());
  }

  @Test
  void putsToSleepWhatRunsAndWaitsForWhatNovaIsAt() {
    cloud.on("POST", SERVERS + "/s-1/action", Reply.json(202, ""));
    Instant deadline = Instant.now().plusSeconds(60);

    serverIs("ACTIVE", "null");
    assertThat(taken(driver.suspend(cloud.target(), there(), deadline)).ready()).isFalse();
    serverIs("ACTIVE", "'suspending'");
    assertThat(taken(driver.suspend(cloud.target(), there(), deadline)).ready()).isFalse();
    serverIs("SUSPENDED", "null");
    assertThat(taken(driver.suspend(cloud.target(), there(), deadline)).ready()).isTrue();
    assertThat(cloud.requests("POST", SERVERS + "/s-1/action"))
        .singleElement()
        .asString()
        .contains("\"suspend\":null");
  }

  @Test
  void wakesWhatSleepsAndLeavesWhatItsOwnerHasStopped() {
    cloud.on("POST", SERVERS + "/s-1/action", Reply.json(202, ""));
    Instant deadline = Instant.now().plusSeconds(60);

    serverIs("SHUTOFF", "null");
    assertThat(taken(driver.suspend(cloud.target(), there(), deadline)).ready()).isTrue();
    assertThat(taken(driver.resume(cloud.target(), there(), deadline)).ready()).isTrue();
    serverIs("SUSPENDED", "null");
    assertThat(taken(driver.resume(cloud.target(), there(), deadline)).ready()).isFalse();
    serverIs("ACTIVE", "null");
    assertThat(taken(driver.resume(cloud.target(), there(), deadline)).ready()).isTrue();
    assertThat(cloud.requests("POST", SERVERS + "/s-1/action"))
        .singleElement()
        .asString()
        .contains("\"resume\":null");
  }

  @Test
  void whatIsInErrorOrGoneIsNotPutToSleep() {
    Instant deadline = Instant.now().plusSeconds(60);
    serverIs("ERROR", "null");
    assertThat(driver.suspend(cloud.target(), there(), deadline))
        .isInstanceOf(Outcome.Refused.class);
    cloud.on("GET", SERVERS + "/s-1", Reply.json(404, "{}"));
    assertThat(driver.suspend(cloud.target(), there(), deadline)).isEqualTo(new Outcome.Gone(true));
  }
}
