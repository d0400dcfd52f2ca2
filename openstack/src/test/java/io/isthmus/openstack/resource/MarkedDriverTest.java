package io.isthmus.openstack.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.Sighting;
import io.isthmus.openstack.network.NetDriver;
import io.isthmus.openstack.network.PortDriver;
import io.isthmus.openstack.scripted.Parts;
import io.isthmus.openstack.scripted.Reply;
import io.isthmus.openstack.scripted.ScriptedCloud;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What all drivers of marked resources do, shown with networks and ports. */
class MarkedDriverTest {
  private static final String NETWORKS = "/network/v2.0/networks";

  private final ScriptedCloud cloud = new ScriptedCloud();
  private final NetDriver driver = new NetDriver(ScriptedCloud.clouds(ScriptedCloud.config()));
  private final DesiredPart part = Parts.of("net", "OS::Neutron::Net", "{}");
  private final String mark = Marks.text(part.mark());

  @AfterEach
  void close() {
    cloud.close();
  }

  private static String network(String id, String description, String madeAt) {
    return "{'id': '"
        + id
        + "', 'name': 'n', 'status': 'ACTIVE', 'tags': [], 'created_at': '"
        + madeAt
        + "', 'description': '"
        + description
        + "'}";
  }

  private static Reply networks(String... all) {
    return Reply.json(200, "{'networks': [" + String.join(",", all) + "]}");
  }

  private static Reply one(int status, String network) {
    return Reply.json(status, "{'network': " + network + "}");
  }

  private Outcome create(DesiredPart wanted) {
    return driver.create(cloud.target(), wanted, soon());
  }

  private Sighting observe(DesiredPart wanted) {
    return driver.observe(cloud.target(), wanted.type(), List.of(wanted)).get(wanted.id());
  }

  private static Instant soon() {
    return Instant.now().plusSeconds(60);
  }

  @Test
  void writesTheMarkWithTheCallThatMakesIt() {
    cloud.on("GET", NETWORKS, networks());
    cloud.on("POST", NETWORKS, one(201, network("n-1", mark, "2026-01-01T00:00:00Z")));
    assertThat(create(part)).isInstanceOf(Outcome.Taken.class);
    assertThat(
            cloud
                .requests("POST", NETWORKS)
                .get(0)
                .json()
                .getJsonObject("network")
                .getString("description"))
        .isEqualTo(mark);
    assertThat(cloud.requests("GET", NETWORKS).get(0).query())
        .contains("project_id=" + ScriptedCloud.PROJECT);
  }

  @Test
  void recoversWhatCarriesItsMarkInsteadOfMakingAnother() {
    cloud.on(
        "GET",
        NETWORKS,
        networks(
            network("other", "", "2026-01-01T00:00:00Z"),
            network("n-1", "words " + mark, "2026-01-01T00:00:00Z")));
    assertThat(create(part))
        .isInstanceOfSatisfying(
            Outcome.Taken.class, taken -> assertThat(taken.physicalId()).isEqualTo("n-1"));
    assertThat(cloud.requests("POST", NETWORKS)).isEmpty();
  }

  @Test
  void findsWhatWasMadeWhenTheAnswerGotLost() {
    cloud.on("GET", NETWORKS, networks(), networks(network("n-1", mark, "2026-01-01T00:00:00Z")));
    cloud.on("POST", NETWORKS, Reply.hangUp());
    assertThat(create(part)).isInstanceOf(Outcome.Uncertain.class);
    assertThat(create(part)).isInstanceOf(Outcome.Taken.class);
    assertThat(cloud.requests("POST", NETWORKS)).hasSize(1);
  }

  @Test
  void oneListServesManyCreations() {
    cloud.on("GET", NETWORKS, networks());
    cloud.on("POST", NETWORKS, one(201, network("n", "", "2026-01-01T00:00:00Z")));
    for (int number = 0; number < 5; number++) {
      create(Parts.of("net/" + number, "OS::Neutron::Net", "{}"));
    }
    assertThat(cloud.requests("GET", NETWORKS)).hasSize(1);
  }

  @Test
  void aQuotaThatIsUsedUpIsARefusal() {
    cloud.on("GET", NETWORKS, networks());
    cloud.on(
        "POST",
        NETWORKS,
        Reply.json(
            409,
            "{'NeutronError': {'type': 'OverQuota', 'message': 'Quota exceeded for resources:"
                + " [network].'}}"));
    assertThat(create(part))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.fault().code()).isEqualTo(FaultCode.QUOTA_EXCEEDED));
  }

  @Test
  void keepsTheOlderOfTwoAndNamesTheOther() {
    cloud.on(
        "GET",
        NETWORKS,
        networks(
            network("new", mark, "2026-01-02T00:00:00Z"),
            network("old", mark, "2026-01-01T00:00:00Z")));
    Sighting.Present seen = (Sighting.Present) observe(part);
    assertThat(seen.physicalId()).isEqualTo("old");
    assertThat(seen.doubles()).containsExactly("new");
  }

  @Test
  void keepsTheRecordedOneOfTwoThoughItIsNewer() {
    cloud.on(
        "GET",
        NETWORKS,
        networks(
            network("new", mark, "2026-01-02T00:00:00Z"),
            network("old", mark, "2026-01-01T00:00:00Z")));
    Sighting.Present seen = (Sighting.Present) observe(Parts.recorded(part, "new"));
    assertThat(seen.physicalId()).isEqualTo("new");
    assertThat(seen.doubles()).containsExactly("old");
  }

  @Test
  void absentAndUnknownAreTwoAnswers() {
    cloud.on("GET", NETWORKS, networks());
    assertThat(observe(Parts.recorded(part, "gone"))).isInstanceOf(Sighting.Absent.class);
    cloud.on("GET", NETWORKS + "/gone", Reply.json(403, "{}"));
    assertThat(observe(Parts.recorded(part, "gone"))).isInstanceOf(Sighting.Unknown.class);
    cloud.on("GET", NETWORKS, Reply.text(200, "text/html", "<html>maintenance</html>"));
    assertThat(observe(part))
        .isInstanceOfSatisfying(
            Sighting.Unknown.class,
            unknown -> assertThat(unknown.fault().code()).isEqualTo(FaultCode.CLOUD_GARBLED));
  }

  @Test
  void doesNotTouchWhatCarriesAnotherMark() {
    String strange = network("theirs", "not ours", "2026-01-01T00:00:00Z");
    cloud.on("GET", NETWORKS, networks(strange));
    cloud.on("GET", NETWORKS + "/theirs", one(200, strange));
    DesiredPart recorded = Parts.recorded(part, "theirs");
    assertThat(driver.delete(cloud.target(), recorded, soon())).isInstanceOf(Outcome.Refused.class);
    assertThat(driver.deleteDouble(cloud.target(), part, "theirs", soon()))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(cloud.requests()).noneMatch(request -> request.method().equals("DELETE"));
  }

  @Test
  void deletesEverythingWithItsMark() {
    cloud.on(
        "GET",
        NETWORKS,
        networks(
            network("a", mark, "2026-01-01T00:00:00Z"),
            network("b", mark, "2026-01-02T00:00:00Z"),
            network("c", "", "2026-01-02T00:00:00Z")));
    cloud.on("DELETE", NETWORKS + "/a", Reply.json(204, ""));
    assertThat(driver.delete(cloud.target(), Parts.recorded(part, "a"), soon()))
        .isEqualTo(new Outcome.Gone(true));
    assertThat(cloud.requests("DELETE", NETWORKS + "/a")).hasSize(1);
    assertThat(cloud.requests("DELETE", NETWORKS + "/b")).as("a double; 404 is gone").hasSize(1);
    assertThat(cloud.requests("DELETE", NETWORKS + "/c")).isEmpty();
  }

  @Test
  void whatIsStillUsedIsAConflict() {
    cloud.on("GET", NETWORKS, networks(network("a", mark, "2026-01-01T00:00:00Z")));
    cloud.on(
        "DELETE",
        NETWORKS + "/a",
        Reply.json(409, "{'NeutronError': {'type': 'NetworkInUse', 'message': 'ports on it'}}"));
    assertThat(driver.delete(cloud.target(), part, soon()))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.fault().code()).isEqualTo(FaultCode.CONFLICT));
  }

  // ---- tags, which cannot be given to the call that makes a resource

  private final DesiredPart tagged =
      Parts.of("net", "OS::Neutron::Net", "{'tags': ['blue', 'blue', 'web']}");

  @Test
  void setsTagsAfterwards() {
    cloud.on("GET", NETWORKS, networks());
    cloud.on("POST", NETWORKS, one(201, network("n-1", mark, "2026-01-01T00:00:00Z")));
    cloud.on("PUT", NETWORKS + "/n-1/tags", Reply.json(200, "{'tags': ['blue', 'web']}"));
    assertThat(create(tagged)).isInstanceOf(Outcome.Taken.class);
    assertThat(cloud.requests("PUT", NETWORKS + "/n-1/tags").get(0).body())
        .isEqualTo("{\"tags\":[\"blue\",\"web\"]}");
  }

  @Test
  void whatLacksItsTagsIsNotMadeYetAndIsCompletedByTheNextCreation() {
    cloud.on("GET", NETWORKS, networks(network("n-1", mark, "2026-01-01T00:00:00Z")));
    cloud.on("PUT", NETWORKS + "/n-1/tags", Reply.json(200, "{'tags': ['blue', 'web']}"));
    assertThat(observe(tagged)).isInstanceOf(Sighting.Absent.class);
    assertThat(create(tagged)).isInstanceOf(Outcome.Taken.class);
    assertThat(cloud.requests("POST", NETWORKS)).isEmpty();
    assertThat(cloud.requests("PUT", NETWORKS + "/n-1/tags")).hasSize(1);
  }

  @Test
  void whenTagsAreRefusedNothingIsLeftBehind() {
    cloud.on("GET", NETWORKS, networks());
    cloud.on("POST", NETWORKS, one(201, network("n-1", mark, "2026-01-01T00:00:00Z")));
    cloud.on("PUT", NETWORKS + "/n-1/tags", Reply.json(400, "{}"));
    cloud.on("DELETE", NETWORKS + "/n-1", Reply.json(204, ""));
    assertThat(create(tagged)).isInstanceOf(Outcome.Refused.class);
    assertThat(cloud.requests("DELETE", NETWORKS + "/n-1")).hasSize(1);
  }

  @Test
  void looksForPortsOnTheirNetworkOnly() {
    String network = "11111111-2222-3333-4444-555555555555";
    cloud.on("GET", "/network/v2.0/ports", Reply.json(200, "{'ports': []}"));
    PortDriver ports = new PortDriver(ScriptedCloud.clouds(ScriptedCloud.config()));
    DesiredPart port = Parts.of("port", "OS::Neutron::Port", "{'network': '" + network + "'}");
    assertThat(ports.observe(cloud.target(), port.type(), List.of(port)).get(port.id()))
        .isInstanceOf(Sighting.Absent.class);
    assertThat(cloud.requests("GET", "/network/v2.0/ports").get(0).query())
        .contains("network_id=" + network);
  }
}
