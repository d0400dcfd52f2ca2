package io.isthmus.openstack.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.StackId;
import io.isthmus.openstack.compute.KeyPairDriver;
import io.isthmus.openstack.compute.ServerDriver;
import io.isthmus.openstack.network.NetDriver;
import io.isthmus.openstack.network.SubnetNetworks;
import io.isthmus.openstack.scripted.Parts;
import io.isthmus.openstack.scripted.Reply;
import io.isthmus.openstack.scripted.ScriptedCloud;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is in a cloud already is taken over by its id, if it is the project's and nobody's else. */
class AdoptionTest {
  private static final String NETWORK = "/network/v2.0/networks/n";
  private static final String LAN = "11111111-2222-3333-4444-000000000003";
  private static final String WAN = "11111111-2222-3333-4444-000000000004";

  private final ScriptedCloud cloud = new ScriptedCloud();
  private final NetDriver driver = new NetDriver(ScriptedCloud.clouds(ScriptedCloud.config()));
  private final DesiredPart part = Parts.recorded(Parts.of("net", "OS::Neutron::Net", "{}"), "n");
  private final Mark from = new Mark(new StackId(new UUID(7, 7)), "net", 3);

  @AfterEach
  void close() {
    cloud.close();
  }

  private void has(String description, String project) {
    Reply network =
        Reply.json(
            200,
            "{'network': {'id': 'n', 'name': 'n', 'status': 'ACTIVE', 'tags': [], 'description': '"
                + description
                + "', 'project_id': '"
                + project
                + "'}}");
    cloud.on("GET", NETWORK, network);
    cloud.on("PUT", NETWORK, network);
  }

  private Outcome adopt() {
    return driver.adopt(cloud.target(), part, Optional.of(from), Instant.now().plusSeconds(60));
  }

  private String refusal() {
    Outcome outcome = adopt();
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(cloud.requests("PUT", NETWORK)).as("nothing is changed").isEmpty();
    return ((Outcome.Refused) outcome).fault().phrase().key();
  }

  @Test
  void putsItsMarkInThePlaceOfTheAbandonedStacksAndKeepsTheWords() {
    has("Our shop " + Marks.text(from), ScriptedCloud.PROJECT);
    assertThat(adopt())
        .isInstanceOfSatisfying(
            Outcome.Adopted.class,
            taken -> {
              assertThat(taken.physicalId()).isEqualTo("n");
              assertThat(taken.name()).contains("n");
            });
    assertThat(
            cloud
                .requests("PUT", NETWORK)
                .get(0)
                .json()
                .getJsonObject("network")
                .getString("description"))
        .isEqualTo("Our shop " + Marks.text(part.mark()));
  }

  @Test
  void asksForNothingMoreWhenItIsTakenOverAlready() {
    has(Marks.text(part.mark()), ScriptedCloud.PROJECT);
    assertThat(adopt()).isInstanceOf(Outcome.Adopted.class);
    assertThat(cloud.requests("PUT", NETWORK)).isEmpty();
  }

  @Test
  void leavesAloneWhatIsAnotherStacksOrAnotherProjectsOrNotThere() {
    has(Marks.text(new Mark(new StackId(new UUID(8, 8)), "net", 1)), ScriptedCloud.PROJECT);
    assertThat(refusal()).isEqualTo("driver.adopt-marked");
    has("", "f".repeat(32));
    assertThat(refusal()).isEqualTo("driver.adopt-others");
    cloud.on("GET", NETWORK, Reply.json(404, "{}"));
    assertThat(refusal()).isEqualTo("driver.adopt-missing");
  }

  @Test
  void ofAServerThatHeatHasMadeThePortsAreTakenOverThatNobodyElseCanHaveConnected() {
    DesiredPart server =
        Parts.recorded(
            Parts.of(
                "web",
                "OS::Nova::Server",
                "{'flavor': 'f', 'networks': [{'network': '"
                    + LAN
                    + "'}, {'port': 'given'}, {'network': '"
                    + WAN
                    + "'}]}"),
            "s-1");
    cloud.on(
        "GET", "/compute/v2.1/", Reply.json(200, "{'version': {'id': 'v2.1', 'version': '2.1'}}"));
    cloud.on(
        "GET",
        "/compute/v2.1/servers/s-1",
        Reply.json(
            200,
            "{'server': {'id': 's-1', 'name': 'heat-web', 'status': 'ACTIVE', 'metadata': {}, 'tenant_id': '"
                + ScriptedCloud.PROJECT
                + "'}}"));
    cloud.on("POST", "/compute/v2.1/servers/s-1/metadata", Reply.json(200, "{'metadata': {}}"));
    cloud.on(
        "GET",
        "/network/v2.0/ports",
        Reply.json(
            200,
            "{'ports': ["
                + port("lan", LAN)
                + ", "
                + port("given", LAN)
                + ", "
                + port("wan-1", WAN)
                + ", "
                + port("wan-2", WAN)
                + "]}"));
    cloud.on("PUT", "/network/v2.0/ports/lan", Reply.json(200, "{'port': {}}"));

    assertThat(
            new ServerDriver(ScriptedCloud.clouds(ScriptedCloud.config()), new SubnetNetworks())
                .adopt(cloud.target(), server, Optional.empty(), Instant.now().plusSeconds(60)))
        .isInstanceOfSatisfying(
            Outcome.Adopted.class, taken -> assertThat(taken.name()).contains("heat-web"));
    assertThat(
            cloud
                .requests("PUT", "/network/v2.0/ports/lan")
                .get(0)
                .json()
                .getJsonObject("port")
                .getString("description"))
        .isEqualTo(Marks.text(Marks.beside(server.mark(), "port-0")));
    assertThat(cloud.requests("POST", "/compute/v2.1/servers/s-1/metadata")).hasSize(1);
  }

  private static String port(String id, String network) {
    return "{'id': '"
        + id
        + "', 'network_id': '"
        + network
        + "', 'description': '', 'fixed_ips': [], 'project_id': '"
        + ScriptedCloud.PROJECT
        + "'}";
  }

  @Test
  void takesTheOldTagsAwayAndKeepsThoseOfOthers() {
    List<String> tags = new java.util.ArrayList<>(Marks.tags(from));
    tags.add("theirs");
    assertThat(Marks.retagged(tags, part.mark()))
        .containsExactlyInAnyOrderElementsOf(
            List.of(Marks.tags(part.mark()).get(0), Marks.tags(part.mark()).get(1), "theirs"));
  }

  @Test
  void whatIsMarkedByItsNameCannotBeTakenOver() {
    Outcome outcome =
        new KeyPairDriver(ScriptedCloud.clouds(ScriptedCloud.config()))
            .adopt(
                cloud.target(),
                Parts.recorded(Parts.of("key", "OS::Nova::KeyPair", "{}"), "k"),
                Optional.of(from),
                Instant.now().plusSeconds(60));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused ->
                assertThat(refused.fault().phrase().key()).isEqualTo("stack.cannot-be-adopted"));
  }
}
