package io.isthmus.itests.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.SimulatedClouds;
import io.isthmus.itests.StackUnderTest;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Plans that want the last of a quota at the same time. */
@Tag("container")
@Isolated("makes weather and changes quotas")
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
  private final Person bob = new Person(system, "bob");
  private final Person admin = new Person(system, "admin");
  private final SimulatedClouds clouds = new SimulatedClouds(system);
  private long maximum;
  private int there;

  /** Whose credential globex has in syd. */
  private String ofGlobex = "globex";

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
    try {
      clouds.clearWeather();
      limit(maximum);
    } finally {
      ofGlobex = "globex";
      lookNow();
      Await.until(
          PATIENCE,
          "each leads into its own again",
          this::openstackProjects,
          seen -> seen.size() == 2 && Set.copyOf(seen).size() == 2);
    }
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

  /** Nothing in the refusal tells who has reserved it. */
  @Test
  void ofTwoProjectsThatShareAnOpenStackProjectOneIsAcceptedAndTheOtherIsToldThatItIsReserved()
      throws Exception {
    ofGlobex = "acme";
    lookNow();
    Await.until(
        PATIENCE,
        "both are known to lead into one",
        this::openstackProjects,
        seen -> seen.size() == 2 && Set.copyOf(seen).size() == 1);
    JsonObject own = alice.plan("last-of-acme", TEMPLATE.formatted(1), POLICY, Map.of());
    JsonObject others = bob.plan("last-of-globex", TEMPLATE.formatted(2), POLICY, Map.of());
    clouds.weather(
        "syd", "[{\"service\": \"compute\", \"method\": \"POST\", \"latency_ms\": 5000}]");

    ExecutorService pool = Executors.newFixedThreadPool(2);
    List<HttpResponse<String>> answers;
    try {
      Future<HttpResponse<String>> first =
          pool.submit(() -> alice.post("/stacks", Person.stackRequest(own)));
      Future<HttpResponse<String>> second =
          pool.submit(() -> bob.post("/stacks", Person.stackRequest(others)));
      answers = List.of(first.get(), second.get());
    } finally {
      pool.shutdownNow();
    }

    assertThat(answers.stream().map(HttpResponse::statusCode).sorted()).containsExactly(202, 409);
    boolean aliceWon = answers.get(0).statusCode() == 202;
    assertThat(answers.get(aliceWon ? 1 : 0).body())
        .contains("stale-plan")
        .contains("servers are needed, the quota leaves 0")
        .contains("Stacks that are being made have reserved 1.")
        .doesNotContain(aliceWon ? "acme" : "globex");
    assertThat(servers().getInt("reserved")).isEqualTo(1);

    clouds.clearWeather();
    StackUnderTest stack =
        new StackUnderTest(
            aliceWon ? alice : bob,
            RunningSystem.json(answers.get(aliceWon ? 0 : 1)).getString("id"));
    stack.awaitComplete();
    awaitUse(there + 1, "the cloud counts the server itself");
    stack.delete();
    awaitUse(there, "there is room for one again");
  }

  private List<String> openstackProjects() throws Exception {
    return admin.look("/clouds/syd").asJsonObject().getJsonArray("accesses").stream()
        .map(access -> access.asJsonObject().getString("openstack_project", ""))
        .filter(project -> !project.isEmpty())
        .toList();
  }

  /** An access that is given, even the same again, is looked at at once. */
  private void lookNow() throws Exception {
    give("acme/demo", "acme");
    give("globex/demo", ofGlobex);
  }

  /** Lets a project into syd with what is the tenant's own there. */
  private void give(String project, String tenant) throws Exception {
    String all = Files.readString(system.cloudsFile());
    Matcher entry = Pattern.compile("^  [a-z-]+:\n(?:   .*\n?)+", Pattern.MULTILINE).matcher(all);
    while (entry.find()) {
      String text = entry.group();
      if (text.contains("cloud: syd\n") && text.contains("project: " + tenant + "/demo\n")) {
        String given = text.replace("project: " + tenant + "/demo\n", "project: " + project + "\n");
        HttpResponse<String> answer =
            admin.put(
                "/clouds/syd/accesses/" + project,
                Json.createObjectBuilder().add("clouds_yaml", "clouds:\n" + given).build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return;
      }
    }
    throw new AssertionError("no entry of " + tenant + " for syd");
  }

  private void awaitUse(int servers, String what) throws Exception {
    lookNow();
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
    lookNow();
    Await.until(
        PATIENCE,
        "the quota was read",
        this::servers,
        seen -> seen.getJsonNumber("maximum").longValue() == instances);
  }
}
