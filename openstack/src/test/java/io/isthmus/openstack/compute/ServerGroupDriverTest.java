package io.isthmus.openstack.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.Sighting;
import io.isthmus.openstack.resource.Marks;
import io.isthmus.openstack.scripted.Parts;
import io.isthmus.openstack.scripted.Reply;
import io.isthmus.openstack.scripted.ScriptedCloud;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServerGroupDriverTest {
  private static final String GROUPS = "/compute/v2.1/os-server-groups";
  private static final DesiredPart APART =
      group("{'name': 'apart', 'rules': {'max_server_per_host': 2}}");

  private final ScriptedCloud cloud = new ScriptedCloud();
  private final ServerGroupDriver driver =
      new ServerGroupDriver(ScriptedCloud.clouds(ScriptedCloud.config()));

  @BeforeEach
  void anEmptyCloud() {
    offers("2.90");
    cloud.on("GET", GROUPS, Reply.json(200, "{'server_groups': []}"));
    cloud.on("POST", GROUPS, Reply.json(200, "{'server_group': {'id': 'g-1', 'name': 'x'}}"));
    cloud.on("DELETE", GROUPS + "/g-1", Reply.json(204, ""));
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

  private static DesiredPart group(String properties) {
    return Parts.of("apart", "OS::Nova::ServerGroup", properties);
  }

  private static String marked(String id) {
    return "{'id': '" + id + "', 'name': '" + Marks.name("apart", APART.mark()) + "'}";
  }

  private Outcome create(DesiredPart part) {
    return driver.create(cloud.target(), part, Instant.now().plusSeconds(60));
  }

  private JsonObject asked() {
    return cloud.requests("POST", GROUPS).get(0).json().getJsonObject("server_group");
  }

  @Test
  void makesItWithItsPolicyAndRulesAndTheMarkInItsName() {
    assertThat(create(APART)).isInstanceOf(Outcome.Taken.class);
    assertThat(asked())
        .hasToString(
            "{\"name\":\""
                + Marks.name("apart", APART.mark())
                + "\",\"policy\":\"anti-affinity\",\"rules\":{\"max_server_per_host\":2}}");
    assertThat(cloud.requests("POST", GROUPS).get(0).header("OpenStack-API-Version"))
        .contains("compute 2.64");
  }

  @Test
  void writesAListOfOnePolicyForAnOlderCloud() {
    offers("2.60");
    create(group("{'policies': ['soft-affinity']}"));
    assertThat(asked().getJsonArray("policies")).hasToString("[\"soft-affinity\"]");
    assertThat(asked()).doesNotContainKeys("policy", "rules");
  }

  @Test
  void refusesWhatACloudIsTooOldFor() {
    offers("2.14");
    for (DesiredPart part : List.of(APART, group("{'policies': ['soft-affinity']}"))) {
      Outcome outcome = create(part);
      assertThat(outcome).isInstanceOf(Outcome.Refused.class);
      assertThat(outcome.toString()).contains("microversion 2.");
    }
    assertThat(cloud.requests("POST", GROUPS)).isEmpty();
  }

  @Test
  void recoversTheOneThatCarriesItsMarkAndTellsADouble() {
    cloud.on(
        "GET",
        GROUPS,
        Reply.json(200, "{'server_groups': [" + marked("g-1") + ", " + marked("g-2") + "]}"));
    assertThat(((Outcome.Taken) create(APART)).physicalId()).isEqualTo("g-1");
    assertThat(cloud.requests("POST", GROUPS)).isEmpty();
    Sighting.Present seen =
        (Sighting.Present)
            driver.observe(cloud.target(), APART.type(), List.of(APART)).get(APART.id());
    assertThat(seen.doubles()).containsExactly("g-2");
  }

  @Test
  void leavesAGroupAloneThatDoesNotCarryTheMark() {
    cloud.on("GET", GROUPS, Reply.json(200, "{'server_groups': [{'id': 'g-1', 'name': 'apart'}]}"));
    DesiredPart recorded = Parts.recorded(APART, "g-1");
    assertThat(driver.delete(cloud.target(), recorded, Instant.now().plusSeconds(60)))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(cloud.requests("DELETE", GROUPS + "/g-1")).isEmpty();
  }

  @Test
  void readsFurtherPagesByNumberUntilNothingNewComes() {
    String hundred =
        IntStream.range(0, 100)
            .mapToObj(i -> "{'id': 'o-" + i + "', 'name': 'other'}")
            .collect(Collectors.joining(", "));
    cloud.on("GET", GROUPS, Reply.json(200, "{'server_groups': [" + hundred + "]}"));
    assertThat(driver.observe(cloud.target(), APART.type(), List.of(APART)).get(APART.id()))
        .isInstanceOf(Sighting.Absent.class);
    assertThat(cloud.requests("GET", GROUPS))
        .extracting(ScriptedCloud.Request::query)
        .hasSize(2)
        .last()
        .asString()
        .contains("offset=100");
  }
}
