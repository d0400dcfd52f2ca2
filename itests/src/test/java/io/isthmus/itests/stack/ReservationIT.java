package io.isthmus.itests.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.SimulatedClouds;
import io.isthmus.itests.StackUnderTest;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Plans that want the last of a quota at the same time. */
@Tag("container")
class ReservationIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        net: {type: OS::Neutron::Net}
        subnet: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net}, cidr: 10.9.%d.0/24}}
        web:
          type: OS::Nova::Server
          properties: {flavor: m1.small, image: debian-12, networks: [{subnet: {get_resource: subnet}}]}
      """;
  private static final String POLICY =
      """
      placement_policy_version: 2026-11-23
      rules:
        - {name: at home, clouds: {any_of: [syd]}}
      """;

  private final RunningSystem system = new RunningSystem();
  private final Person alice = new Person(system, "alice");
  private final SimulatedClouds clouds = new SimulatedClouds(system);
  private long maximum;
  private int there;

  @BeforeEach
  void leaveRoomForOneServer() throws Exception {
    system.awaitClouds(alice);
    maximum = servers().getJsonNumber("maximum").longValue();
    // Not what was read of it: what was deleted just before may still be counted there.
    there = clouds.contents().getOrDefault("syd/SYD servers", 0);
    limit(there + 1L);
    awaitUse(there, "what was there before is counted");
  }

  @AfterEach
  void giveRoomBack() throws Exception {
    clouds.clearWeather();
    limit(maximum);
  }

  @Test
  void oneIsAcceptedAndTheOthersAreToldThatItIsReserved() throws Exception {
    List<JsonObject> plans = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      plans.add(alice.plan("last-" + i, TEMPLATE.formatted(i), POLICY, Map.of()));
    }
    // What is accepted stays in the making until the others have been told.
    clouds.weather(
        "syd", "[{\"service\": \"compute\", \"method\": \"POST\", \"latency_ms\": 5000}]");

    List<HttpResponse<String>> answers = alice.acceptAtOnce(plans);
    List<JsonObject> accepted =
        answers.stream()
            .filter(answer -> answer.statusCode() == 202)
            .map(RunningSystem::json)
            .toList();
    assertThat(accepted).hasSize(1);
    StackUnderTest stack = new StackUnderTest(alice, accepted.get(0).getString("id"));
    assertThat(answers.stream().filter(answer -> answer.statusCode() != 202))
        .hasSize(3)
        .allSatisfy(
            answer -> {
              JsonObject problem = Person.read(answer, 409).asJsonObject();
              assertThat(problem.getString("code")).isEqualTo("stale-plan");
              assertThat(answer.body())
                  .contains("servers are needed, the quota leaves 0")
                  .contains("Stacks that are being made have reserved 1.");
            });
    assertThat(servers().getInt("reserved")).isEqualTo(1);

    clouds.clearWeather();
    stack.awaitComplete();
    awaitUse(there + 1, "the cloud counts the server itself");
    stack.delete();
    awaitUse(there, "there is room for one again");
  }

  private void awaitUse(int servers, String what) throws Exception {
    Await.until(
        PATIENCE,
        what,
        this::servers,
        seen -> seen.getInt("used") == servers && seen.getInt("reserved") == 0);
  }

  private JsonObject servers() throws Exception {
    return alice
        .look("/clouds/syd")
        .asJsonObject()
        .getJsonObject("inventory")
        .getJsonArray("regions")
        .getJsonObject(0)
        .getJsonObject("limits")
        .getJsonObject("instances");
  }

  /** Sets the cloud's own quota and waits until it was read. */
  private void limit(long instances) throws Exception {
    clouds.quota("syd", "SYD", "acme-demo", "{\"instances\": " + instances + "}");
    Await.until(
        PATIENCE,
        "the quota was read",
        this::servers,
        seen -> seen.getJsonNumber("maximum").longValue() == instances);
  }
}
