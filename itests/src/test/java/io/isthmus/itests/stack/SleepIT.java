package io.isthmus.itests.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.SimulatedClouds;
import io.isthmus.itests.StackUnderTest;
import io.isthmus.itests.drift.TenantsOwn;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A stack is checked, sleeps and wakes, and is abandoned in the end. */
@Tag("container")
@Isolated("makes weather and counts what is in the clouds")
class SleepIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<String> ROWS = List.of("servers", "ports", "networks");

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      parameters: {word: {type: string, hidden: true}, size: {type: string, default: m1.small}}
      resources:
        net: {type: OS::Neutron::Net}
        subnet: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net}, cidr: 10.84.1.0/24}}
        db:
          type: OS::Nova::Server
          properties:
            flavor: {get_param: size}
            image: debian-12
            networks: [{subnet: {get_resource: subnet}}]
            user_data_format: RAW
            user_data: {get_param: word}
        web:
          type: OS::Nova::Server
          depends_on: db
          properties: {flavor: m1.small, image: debian-12, networks: [{subnet: {get_resource: subnet}}]}
      """;

  private static final String POLICY =
      """
      placement_policy_version: 2026-11-23
      rules: [{name: there, clouds: {any_of: [bhs]}}]
      """;

  private final RunningSystem system = new RunningSystem();
  private final Person alice = new Person(system, "alice");
  private final Person bob = new Person(system, "bob");
  private final SimulatedClouds clouds = new SimulatedClouds(system);
  private Map<String, Integer> before;
  private StackUnderTest stack;
  private Map<String, String> ids;
  private TenantsOwn own;

  @BeforeEach
  void make() throws Exception {
    clouds.clearWeather();
    system.awaitClouds(alice);
    before = rows();
    stack =
        StackUnderTest.of(
            alice,
            alice.plan(
                "sleeper", TEMPLATE, POLICY, Map.of("word", Json.createValue("a-secret-word"))));
    stack.awaitComplete();
    ids = new TreeMap<>();
    String region = "";
    for (JsonObject part : stack.resources()) {
      ids.put(part.getString("resource"), part.getString("physical_id"));
      region = part.getString("region");
    }
    own = TenantsOwn.of(system, "bhs", "acme/demo", region);
  }

  @AfterEach
  void leaveNothing() throws Exception {
    if (own == null) {
      if (stack != null) {
        stack.delete();
      }
      return;
    }
    if (!stack.look().getString("status").startsWith("DELETE")) {
      stack.delete();
    }
    for (String server : List.of("web", "db")) {
      own.status("DELETE", "compute", "/servers/" + ids.get(server), null);
    }
    Await.until(
        PATIENCE,
        "no server is left",
        () -> clouds.count("servers"),
        before.get("servers")::equals);
    for (JsonObject port : ports()) {
      own.status("DELETE", "network", "/ports/" + port.getString("id"), null);
    }
    own.status("DELETE", "network", "/networks/" + ids.get("net"), null);
    Await.until(PATIENCE, "nothing is left in the clouds", this::rows, before::equals);
  }

  @Test
  void isCheckedSleepsWakesAndIsAbandoned() throws Exception {
    for (String action : List.of("check", "suspend", "resume")) {
      assertThat(bob.post(path("/actions"), act(action), "en").statusCode()).isEqualTo(404);
    }
    done("check", "CHECK_COMPLETE");
    assertThat(alice.post(path("/actions"), act("resume"), "en").statusCode()).isEqualTo(409);

    done("suspend", "SUSPEND_COMPLETE");
    assertThat(stack.look().getBoolean("asleep")).isTrue();
    assertThat(stack.look().getJsonObject("health").getString("state")).isEqualTo("HEALTHY");
    assertThat(statusOf("web")).isEqualTo("SUSPENDED");
    assertThat(statusOf("db")).isEqualTo("SUSPENDED");
    assertThat(stack.events())
        .extracting(event -> event.getString("text"))
        .anyMatch(text -> text.contains("Server web sleeps"))
        .anyMatch(text -> text.contains("Server db sleeps"));
    JsonObject refused =
        Person.read(
                alice.post(
                    path("/update-previews"), "{\"parameters\": {\"size\": \"m1.medium\"}}", "en"),
                409)
            .asJsonObject();
    assertThat(refused.getString("detail")).contains("sleeps");

    own.ask("POST", "compute", "/servers/" + ids.get("web") + "/action", "{'resume': null}");
    done("resume", "RESUME_COMPLETE");
    assertThat(statusOf("web")).isEqualTo("ACTIVE");
    assertThat(statusOf("db")).isEqualTo("ACTIVE");
    assertThat(stack.look().getBoolean("asleep")).isFalse();

    abandon();
  }

  private void abandon() throws Exception {
    assertThat(bob.get(path("/abandonment")).statusCode()).isEqualTo(404);
    assertThat(alice.post(path("/abandonment"), "{\"name\": \"other\"}", "en").statusCode())
        .isEqualTo(400);
    JsonObject document =
        Person.read(alice.post(path("/abandonment"), "{\"name\": \"sleeper\"}", "en"), 200)
            .asJsonObject();
    assertThat(document.toString()).doesNotContain("a-secret-word");
    JsonObject web = document.getJsonObject("resources").getJsonObject("web");
    assertThat(web.getString("resource_id")).isEqualTo(ids.get("web"));
    assertThat(stack.look().getString("status")).isEqualTo("DELETE_COMPLETE");
    assertThat(alice.look(path("/abandonment"))).isEqualTo(document);
    assertThat(statusOf("web")).isEqualTo("ACTIVE");
    assertThat(statusOf("db")).isEqualTo("ACTIVE");
  }

  private String path(String what) {
    return "/stacks/" + stack.id() + what;
  }

  private static String act(String action) {
    return "{\"action\": \"" + action + "\"}";
  }

  private void done(String action, String status) throws Exception {
    Person.read(alice.post(path("/actions"), act(action), "en"), 202);
    JsonObject rests =
        Await.until(
            PATIENCE,
            "the stack rests",
            stack::look,
            seen -> !seen.getString("status").endsWith("IN_PROGRESS"));
    assertThat(rests.getString("status")).as(rests.toString()).isEqualTo(status);
  }

  private String statusOf(String server) throws Exception {
    return own.ask("GET", "compute", "/servers/" + ids.get(server), null)
        .getJsonObject("server")
        .getString("status");
  }

  private List<JsonObject> ports() throws Exception {
    return own.ask("GET", "network", "/ports?network_id=" + ids.get("net"), null)
        .getJsonArray("ports")
        .getValuesAs(JsonObject.class);
  }

  private Map<String, Integer> rows() throws Exception {
    Map<String, Integer> rows = new TreeMap<>();
    for (String kind : ROWS) {
      rows.put(kind, clouds.count(kind));
    }
    return rows;
  }
}
