package io.isthmus.openstack.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.ResourceDriver;
import io.isthmus.domain.stack.Sighting;
import io.isthmus.openstack.network.SubnetNetworks;
import io.isthmus.openstack.resource.Marks;
import io.isthmus.openstack.scripted.Parts;
import io.isthmus.openstack.scripted.Reply;
import io.isthmus.openstack.scripted.ScriptedCloud;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServerUpdateTest {
  private static final String SMALL = "11111111-2222-3333-4444-000000000001";
  private static final String LARGE = "11111111-2222-3333-4444-000000000002";
  private static final String LAN = "11111111-2222-3333-4444-000000000003";
  private static final String WAN = "11111111-2222-3333-4444-000000000004";
  private static final String OLD = "11111111-2222-3333-4444-000000000005";
  private static final String NEW = "11111111-2222-3333-4444-000000000006";
  private static final String SERVER = "/compute/v2.1/servers/s-1";
  private static final String ACTION = SERVER + "/action";
  private static final String ACTIONS = SERVER + "/os-instance-actions";
  private static final String PORTS = "/network/v2.0/ports";

  private final ScriptedCloud cloud = new ScriptedCloud();
  private final ServerDriver driver =
      new ServerDriver(ScriptedCloud.clouds(ScriptedCloud.config()), new SubnetNetworks());

  @BeforeEach
  void aServer() {
    cloud.on(
        "GET", "/compute/v2.1/", Reply.json(200, "{'version': {'id': 'v2.1', 'version': '2.90'}}"));
    cloud.on("POST", ACTION, Reply.json(202, ""));
    cloud.on("POST", SERVER + "/metadata", Reply.json(200, "{'metadata': {}}"));
    cloud.on("POST", SERVER + "/os-interface", Reply.json(200, "{'interfaceAttachment': {}}"));
    cloud.on("DELETE", SERVER + "/metadata/isthmus%3Aresize", Reply.json(204, ""));
    cloud.on("DELETE", SERVER + "/metadata/isthmus:resize", Reply.json(204, ""));
    cloud.on("GET", "/compute/v2.1/servers/detail", Reply.json(200, "{'servers': []}"));
    ports();
    actions();
    is("ACTIVE", SMALL, "");
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  private static DesiredPart part(String properties) {
    return Parts.recorded(Parts.of("web/0", "OS::Nova::Server", "{" + properties + "}"), "s-1");
  }

  private static DesiredPart of(String flavor) {
    return part("'flavor': '" + flavor + "'");
  }

  /**
   * @param metadata further entries, each with a comma before it
   */
  private void is(String status, String flavor, String metadata) {
    is(status, flavor, metadata, "");
  }

  private void is(String status, String flavor, String metadata, String more) {
    String mark = Marks.metadata(of(SMALL).mark()).toString().replace('"', '\'');
    cloud.on(
        "GET",
        SERVER,
        Reply.json(
            200,
            "{'server': {'id': 's-1', 'name': 'web', 'status': '"
                + status
                + "', 'flavor': {'id': '"
                + flavor
                + "'}, 'metadata': "
                + mark.replace("}", metadata + "}")
                + more
                + "}}"));
  }

  private void actions(String... all) {
    cloud.on(
        "GET", ACTIONS, Reply.json(200, "{'instanceActions': [" + String.join(", ", all) + "]}"));
  }

  private Outcome update(DesiredPart part, DesiredPart before) {
    return update(part, before.properties());
  }

  private Outcome update(DesiredPart part, JsonObject before) {
    return driver.update(cloud.target(), part, before, Instant.now().plusSeconds(60));
  }

  /** What an update finds that follows one which failed. */
  private static JsonObject inVain(DesiredPart first, DesiredPart failed) {
    return Json.createObjectBuilder(first.properties())
        .addAll(Json.createObjectBuilder(failed.properties()))
        .add(ResourceDriver.EARLIER, Json.createArrayBuilder().add(first.properties()))
        .build();
  }

  private static void assertReady(Outcome outcome, boolean ready) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Taken.class, taken -> assertThat(taken.ready()).isEqualTo(ready));
  }

  private List<String> asked(String method, String path) {
    return cloud.requests(method, path).stream()
        .map(request -> request.body().replace('"', '\''))
        .toList();
  }

  private String note() {
    return "'isthmus:resize': '" + Marks.digest16(LARGE) + " -'";
  }

  @Test
  void resizesThenConfirmsAndIsReadyWhenTheServerIsBack() {
    assertReady(update(of(LARGE), of(SMALL)), false);
    assertThat(asked("POST", ACTION)).containsExactly("{'resize':{'flavorRef':'" + LARGE + "'}}");
    is("RESIZE", SMALL, ", " + note());
    assertThat(seen(of(LARGE))).isEqualTo(Sighting.Phase.BUILDING);
    assertReady(update(of(LARGE), of(SMALL)), false);
    assertThat(asked("POST", ACTION)).hasSize(1);

    is("VERIFY_RESIZE", LARGE, ", " + note());
    assertThat(seen(of(LARGE))).isEqualTo(Sighting.Phase.TO_CONFIRM);
    assertReady(update(of(LARGE), of(SMALL)), false);
    assertThat(asked("POST", ACTION)).last().isEqualTo("{'confirmResize':null}");
    cloud.on("POST", ACTION, Reply.json(400, "{'badRequest': {'message': 'not been resized'}}"));
    assertReady(update(of(LARGE), of(SMALL)), false);

    is("SHUTOFF", LARGE, ", " + note());
    assertReady(update(of(LARGE), of(SMALL)), true);
    assertThat(asked("DELETE", SERVER + "/metadata/isthmus:resize")).hasSize(1);
    is("SHUTOFF", LARGE, "");
    int calls = cloud.requests().size();
    assertReady(update(of(LARGE), of(SMALL)), true);
    assertThat(cloud.requests().subList(calls, cloud.requests().size()))
        .allMatch(request -> request.method().equals("GET"));
  }

  @Test
  void holdsWhatOthersResizeForReadyAndLeavesItsEndToThem() {
    is("VERIFY_RESIZE", LARGE, "");
    assertThat(seen(of(SMALL))).isEqualTo(Sighting.Phase.READY);
  }

  private Sighting.Phase seen(DesiredPart part) {
    return ((Sighting.Present)
            driver.observe(cloud.target(), part.type(), List.of(part)).get(part.id()))
        .phase();
  }

  @Test
  void takesAResizeBackThatIsWantedNoMore() {
    is("VERIFY_RESIZE", LARGE, ", " + note());
    assertReady(update(of(SMALL), of(SMALL)), false);
    assertThat(asked("POST", ACTION)).containsExactly("{'revertResize':null}");
  }

  @Test
  void tellsAResizeThatNovaGaveUpAndDoesNotAskForEver() {
    is("ACTIVE", SMALL, ", " + note());
    actions("{'action': 'resize', 'request_id': 'req-1', 'message': 'Error'}");
    assertThat(update(of(LARGE), of(SMALL)))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> {
              assertThat(refused.fault().code()).isEqualTo(FaultCode.CLOUD_REJECTED);
              assertThat(refused.fault().phrase().toString()).contains("s-1", LARGE);
            });
    assertThat(asked("POST", ACTION)).isEmpty();

    is("ACTIVE", SMALL, "");
    assertReady(update(of(LARGE), of(SMALL)), false);
    assertThat(asked("POST", SERVER + "/metadata"))
        .as("asked again by somebody, behind the attempt that failed")
        .containsExactly("{'metadata':{'isthmus:resize':'" + Marks.digest16(LARGE) + " req-1'}}");
  }

  @Test
  void asksForAResizeThatWasNotedAndNeverSent() {
    is("ACTIVE", SMALL, ", " + note());
    assertReady(update(of(LARGE), of(SMALL)), false);
    assertThat(asked("POST", SERVER + "/metadata")).isEmpty();
    assertThat(asked("POST", ACTION)).hasSize(1);
  }

  @Test
  void aQuotaThatIsUsedUpRefusesTheResize() {
    cloud.on(
        "POST",
        ACTION,
        Reply.json(403, "{'forbidden': {'message': 'Quota exceeded for cores: Requested 2'}}"));
    assertThat(update(of(LARGE), of(SMALL)))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.fault().code()).isEqualTo(FaultCode.QUOTA_EXCEEDED));
  }

  @Test
  void whatShallBeReplacedIsNotChangedInPlace() {
    String policy = "', 'flavor_update_policy': 'REPLACE'";
    assertThat(update(part("'flavor': '" + LARGE + policy), part("'flavor': '" + SMALL + policy)))
        .isInstanceOf(Outcome.Refused.class);
    assertReady(
        update(part("'flavor': '" + LARGE + policy), part("'flavor': '" + LARGE + policy)), true);
    assertThat(asked("POST", ACTION)).isEmpty();
  }

  @Test
  void removesKeysThatAreGivenNoMoreAndLeavesThoseOfOthers() {
    is("ACTIVE", SMALL, ", 'a': '1', 'b': '2', 'theirs': '3'");
    cloud.on("DELETE", SERVER + "/metadata/b", Reply.json(204, ""));
    DesiredPart before =
        part("'flavor': '" + SMALL + "', 'metadata': {'a': 1, 'b': 2, 'isthmus:stack': 'x'}");
    assertReady(
        update(part("'flavor': '" + SMALL + "', 'metadata': {'a': 5, 'c': true}"), before), true);
    assertThat(asked("POST", SERVER + "/metadata"))
        .containsExactly("{'metadata':{'a':'5','c':'true'}}");
    assertThat(
            cloud.requests().stream()
                .filter(request -> request.method().equals("DELETE"))
                .map(ScriptedCloud.Request::path))
        .containsExactly(SERVER + "/metadata/b");
  }

  @Test
  void rebuildsWithNewUserDataOnce() {
    String image = ", 'image': {'id': '" + OLD + "'}";
    is("ACTIVE", SMALL, ", 'k': 'v'", image);
    String policy =
        "'flavor': '"
            + SMALL
            + "', 'user_data_format': 'RAW', 'user_data_update_policy': 'REBUILD',";
    DesiredPart after = part(policy + "'user_data': 'b'");
    DesiredPart before = part(policy + "'user_data': 'a'");
    assertReady(update(after, before), false);
    assertThat(asked("POST", ACTION).get(0))
        .contains("'imageRef':'" + OLD + "'", "'user_data':'Yg=='", "'k':'v'", "isthmus:stack");
    assertThat(cloud.requests("POST", ACTION).get(0).header("X-OpenStack-Nova-API-Version"))
        .contains("2.57");
    is("ACTIVE", SMALL, ", 'isthmus:user-data': '" + Marks.digest16("b") + "'", image);
    assertReady(update(after, before), true);
    assertThat(asked("POST", ACTION)).hasSize(1);
  }

  @Test
  void rebuildsForUserDataThatAnUpdateWhichFailedWasToGive() {
    String image = ", 'image': {'id': '" + OLD + "'}";
    is("ACTIVE", SMALL, "", image);
    String policy =
        "'flavor': '"
            + SMALL
            + "', 'user_data_format': 'RAW', 'user_data_update_policy': 'REBUILD',";
    DesiredPart before = part(policy + "'user_data': 'a'");
    DesiredPart failed = part(policy + "'user_data': 'b'");
    assertReady(update(failed, inVain(before, failed)), false);
    assertThat(asked("POST", ACTION).get(0)).contains("'user_data':'Yg=='");
    is("ACTIVE", SMALL, ", 'isthmus:user-data': '" + Marks.digest16("b") + "'", image);
    assertReady(update(failed, inVain(before, failed)), true);
    assertThat(asked("POST", ACTION)).as("once").hasSize(1);
  }

  @Test
  void setsThePasswordThatAnUpdateWhichFailedWasToSet() {
    DesiredPart before = part("'flavor': '" + SMALL + "', 'admin_pass': 'old'");
    DesiredPart failed = part("'flavor': '" + SMALL + "', 'admin_pass': 'new'");
    assertReady(update(before, before), true);
    assertThat(asked("POST", ACTION)).isEmpty();
    assertReady(update(failed, inVain(before, failed)), true);
    assertThat(asked("POST", ACTION)).containsExactly("{'changePassword':{'adminPass':'new'}}");
  }

  @Test
  void keepsTheEphemeralDiskWhenToldTo() {
    is("SHUTOFF", SMALL, "", ", 'image': {'id': '" + OLD + "'}");
    String policy =
        "'flavor': '" + SMALL + "', 'image_update_policy': 'REBUILD_PRESERVE_EPHEMERAL',";
    assertReady(
        update(part(policy + "'image': '" + NEW + "'"), part(policy + "'image': '" + OLD + "'")),
        false);
    assertThat(asked("POST", ACTION))
        .containsExactly("{'rebuild':{'imageRef':'" + NEW + "','preserve_ephemeral':true}}");
  }

  @Test
  void waitsWhileNovaDoesSomethingElse() {
    is("ACTIVE", SMALL, "", ", 'OS-EXT-STS:task_state': 'image_snapshot'");
    assertReady(update(of(LARGE), of(SMALL)), false);
    assertThat(asked("POST", ACTION)).isEmpty();
  }

  @Test
  void whatIsNotOursIsLeftAlone() {
    cloud.on(
        "GET",
        SERVER,
        Reply.json(200, "{'server': {'id': 's-1', 'status': 'ACTIVE', 'metadata': {}}}"));
    assertThat(update(of(LARGE), of(SMALL)))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.fault().phrase().key()).isEqualTo("driver.not-ours"));
    assertThat(asked("POST", ACTION)).isEmpty();
  }

  @Test
  void whatIsGoneIsToldAsGone() {
    cloud.on("GET", SERVER, Reply.json(404, "{}"));
    assertThat(update(of(LARGE), of(SMALL)))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.fault().phrase().key()).isEqualTo("driver.gone"));
  }

  // ---- networks

  private static DesiredPart on(String... networks) {
    return part("'flavor': '" + SMALL + "', 'networks': [" + String.join(", ", networks) + "]");
  }

  private static String net(String id) {
    return "{'network': '" + id + "'}";
  }

  private static String port(String id, int number, String network, String address) {
    return "{'id': '"
        + id
        + "', 'network_id': '"
        + network
        + "', 'device_id': 's-1', 'description': '"
        + Marks.text(Marks.beside(of(SMALL).mark(), "port-" + number))
        + "', 'fixed_ips': [{'subnet_id': 'sub', 'ip_address': '"
        + address
        + "'}]}";
  }

  private void ports(String... all) {
    cloud.on("GET", PORTS, Reply.json(200, "{'ports': [" + String.join(", ", all) + "]}"));
  }

  @Test
  void aPortThatStillServesKeepsItsAddressWhenAnotherNetworkGoes() {
    ports(port("p-0", 0, LAN, "10.0.0.5"), port("p-1", 1, WAN, "10.1.0.5"));
    cloud.on("PUT", PORTS + "/p-1", Reply.json(200, "{'port': {}}"));
    cloud.on("DELETE", PORTS + "/p-0", Reply.json(204, ""));
    assertReady(update(on(net(WAN)), on(net(LAN), net(WAN))), true);
    assertThat(asked("PUT", PORTS + "/p-1").get(0))
        .contains(Marks.text(Marks.beside(of(SMALL).mark(), "port-0")));
    assertThat(asked("DELETE", PORTS + "/p-0")).hasSize(1);
    assertThat(asked("POST", PORTS)).isEmpty();
  }

  @Test
  void connectsTheNewBeforeItDisconnectsTheOld() {
    ports(
        "{'id': '" + OLD + "', 'network_id': '" + LAN + "', 'device_id': 's-1'}",
        "{'id': 'theirs', 'network_id': '" + LAN + "', 'device_id': 's-1'}");
    cloud.on("DELETE", SERVER + "/os-interface/" + OLD, Reply.json(202, ""));
    String given = "{'port': '" + OLD + "'}";
    String wanted = "{'port': '" + NEW + "'}";
    assertReady(update(on(wanted), on(given)), false);
    assertThat(
            cloud.requests().stream()
                .filter(request -> request.path().contains("os-interface"))
                .map(request -> request.method() + " " + request.path()))
        .containsExactly(
            "POST " + SERVER + "/os-interface", "DELETE " + SERVER + "/os-interface/" + OLD);
    ports("{'id': '" + NEW + "', 'network_id': '" + LAN + "', 'device_id': 's-1'}");
    assertReady(update(on(wanted), on(given)), true);
  }

  @Test
  void aPortInAnotherServerIsWaitedFor() {
    ports();
    cloud.on(
        "POST",
        SERVER + "/os-interface",
        Reply.json(400, "{'badRequest': {'message': 'Port x is still in use.'}}"));
    assertThat(update(on("{'port': '" + NEW + "'}"), on()))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.fault().code()).isEqualTo(FaultCode.CONFLICT));
  }

  @Test
  void givesUpThePortThatNovaMadeForAServerOfNoNetwork() {
    is("ACTIVE", SMALL, "", ", 'OS-SRV-USG:launched_at': '2026-01-01T00:01:00.000000'");
    ports(
        "{'id': 'auto', 'network_id': '"
            + LAN
            + "', 'created_at': '2026-01-01T00:00:30Z', 'description': ''}",
        "{'id': 'theirs', 'network_id': '"
            + LAN
            + "', 'created_at': '2026-01-02T00:00:30Z', 'description': ''}");
    cloud.on("DELETE", SERVER + "/os-interface/auto", Reply.json(202, ""));
    assertReady(update(on("{'port': '" + NEW + "'}"), of(SMALL)), false);
    assertThat(asked("DELETE", SERVER + "/os-interface/auto")).hasSize(1);
    assertThat(asked("DELETE", SERVER + "/os-interface/theirs")).isEmpty();
  }

  @Test
  void connectsAsNovaChoosesWhenNoNetworkIsSaidAnyMore() {
    ports(port("p-0", 0, LAN, "10.0.0.5"));
    cloud.on("DELETE", PORTS + "/p-0", Reply.json(204, ""));
    assertReady(update(of(SMALL), on(net(LAN))), true);
    assertThat(asked("POST", SERVER + "/os-interface"))
        .containsExactly("{'interfaceAttachment':{}}");
    assertThat(asked("DELETE", PORTS + "/p-0")).hasSize(1);
    ports();
    assertReady(update(on(), on()), true);
    assertThat(asked("POST", SERVER + "/os-interface")).as("it never had any").hasSize(1);
  }

  @Test
  void anotherAddressOnTheSameNetworkIsGivenToTheSamePort() {
    ports(port("p-0", 0, LAN, "10.0.0.5"));
    cloud.on("PUT", PORTS + "/p-0", Reply.json(200, "{'port': {}}"));
    String at = "{'network': '" + LAN + "', 'fixed_ip': '%s'}";
    assertReady(update(on(at.formatted("10.0.0.6")), on(at.formatted("10.0.0.5"))), true);
    assertThat(asked("PUT", PORTS + "/p-0"))
        .containsExactly("{'port':{'fixed_ips':[{'ip_address':'10.0.0.6'}]}}");
  }

  @Test
  void removesPortsOnNetworksThatAStoppedUpdateLeft() {
    ports(port("p-1", 1, WAN, "10.1.0.5"));
    cloud.on("DELETE", PORTS + "/p-1", Reply.json(204, ""));
    cloud.on("DELETE", SERVER, Reply.json(204, ""));
    assertThat(driver.delete(cloud.target(), on(), Instant.now().plusSeconds(60)))
        .isEqualTo(new Outcome.Gone(false));
    assertThat(asked("DELETE", PORTS + "/p-1")).hasSize(1);
  }

  // ---- after an update that failed

  @Test
  void disconnectsAGivenPortThatAnUpdateWhichFailedWasToDisconnect() {
    ports("{'id': '" + OLD + "', 'network_id': '" + LAN + "', 'device_id': 's-1'}");
    cloud.on("DELETE", SERVER + "/os-interface/" + OLD, Reply.json(202, ""));
    String given = "{'port': '%s'}";
    assertReady(
        update(on(given.formatted(NEW)), inVain(on(given.formatted(OLD)), on(net(WAN)))), false);
    assertThat(asked("DELETE", SERVER + "/os-interface/" + OLD)).hasSize(1);
  }

  @Test
  void deletesOwnPortsOfALongerListThatAnUpdateWhichFailedWasToShorten() {
    ports(port("p-0", 0, LAN, "10.0.0.5"), port("p-1", 1, WAN, "10.1.0.5"));
    cloud.on("DELETE", PORTS + "/p-1", Reply.json(204, ""));
    String at = "{'network': '" + LAN + "', 'fixed_ip': '10.0.0.5'}";
    assertReady(update(on(at), inVain(on(net(LAN), net(WAN)), on(net(LAN)))), true);
    assertThat(asked("DELETE", PORTS + "/p-1")).hasSize(1);
    assertThat(asked("POST", PORTS)).isEmpty();
  }

  @Test
  void givesUpThePortThatNovaMadeThoughTheFirstUpdateToNetworksFailed() {
    is("ACTIVE", SMALL, "", ", 'OS-SRV-USG:launched_at': '2026-01-01T00:01:00.000000'");
    ports(
        "{'id': 'auto', 'network_id': '"
            + LAN
            + "', 'created_at': '2026-01-01T00:00:30Z', 'description': ''}");
    cloud.on("DELETE", SERVER + "/os-interface/auto", Reply.json(202, ""));
    String given = "{'port': '%s'}";
    assertReady(
        update(on(given.formatted(NEW)), inVain(of(SMALL), on(given.formatted(OLD)))), false);
    assertThat(asked("DELETE", SERVER + "/os-interface/auto")).hasSize(1);
  }

  @Test
  void setsSecurityGroupsThatAnUpdateWhichFailedWasToSet() {
    ports(port("p-0", 0, LAN, "10.0.0.5"));
    cloud.on("PUT", PORTS + "/p-0", Reply.json(200, "{'port': {}}"));
    String lan = "'flavor': '" + SMALL + "', 'networks': [" + net(LAN) + "]";
    String groups = ", 'security_groups': ['%s']";
    DesiredPart failed = part(lan + groups.formatted(NEW));
    DesiredPart next = part(lan + groups.formatted(NEW) + ", 'metadata': {}");
    assertReady(update(next, inVain(part(lan + groups.formatted(OLD)), failed)), true);
    assertThat(asked("PUT", PORTS + "/p-0"))
        .containsExactly("{'port':{'security_groups':['" + NEW + "']}}");
  }
}
