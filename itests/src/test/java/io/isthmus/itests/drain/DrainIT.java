package io.isthmus.itests.drain;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.StackUnderTest;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A cloud is emptied under a stack that may be in two. */
@Tag("container")
@Isolated("drains a cloud")
class DrainIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String REASON = "The hall is rebuilt";

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        net: {type: OS::Neutron::Net}
        subnet: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net}, cidr: 10.9.77.0/24}}
        web:
          type: OS::Nova::Server
          properties: {flavor: m1.small, image: debian-12, networks: [{subnet: {get_resource: subnet}}]}
      """;

  private final RunningSystem system = new RunningSystem();
  private final Person admin = new Person(system, "admin");
  private final Person alice = new Person(system, "alice");

  private StackUnderTest stack;

  @BeforeEach
  void begin() throws Exception {
    system.awaitClouds(alice);
    openAgain();
  }

  /** What was moved for the drain shall be at rest before other tests look at it. */
  @AfterEach
  void tidyUp() throws Exception {
    openAgain();
    for (JsonObject drain : admin.list("/drains")) {
      Await.until(
          PATIENCE,
          "nothing moves any more",
          () -> admin.list("/drains/" + drain.getString("id") + "/stacks"),
          all -> all.stream().noneMatch(one -> one.getString("state").equals("moving")));
    }
    if (stack != null) {
      Await.until(
          PATIENCE,
          "the stack rests",
          () -> stack.look().getString("status"),
          status -> !status.endsWith("IN_PROGRESS"));
      stack.delete();
    }
  }

  private void openAgain() throws Exception {
    for (JsonObject drain : admin.list("/drains")) {
      if (!drain.getString("status").equals("taken_back")) {
        Person.read(
            admin.post("/drains/" + drain.getString("id") + "/withdrawal", "{}", "en"), 200);
      }
    }
  }

  @Test
  void aStackMovesByItsOwnPolicyAndNothingNewComes() throws Exception {
    stack = StackUnderTest.of(alice, alice.plan("drained", TEMPLATE, policy("bhs, syd"), Map.of()));
    stack.awaitComplete();
    String from = cloud();
    String to = from.equals("bhs") ? "syd" : "bhs";
    String wish = "{\"cloud\": \"" + from + "\", \"reason\": \"" + REASON + "\", \"at_once\": 20}";

    assertThat(alice.post("/drains", wish, "en").statusCode()).isEqualTo(403);
    assertThat(alice.get("/drains").statusCode()).isEqualTo(403);
    JsonObject preview =
        Person.read(admin.post("/drains/previews", wish, "en"), 200).asJsonObject();
    assertThat(preview.getJsonArray("stacks").getValuesAs(JsonObject.class))
        .filteredOn(one -> one.getString("stack").equals(stack.id()))
        .singleElement()
        .satisfies(one -> assertThat(one.toString()).contains("\"moved\"", to));

    JsonObject drain = Person.read(admin.post("/drains", wish, "en"), 201).asJsonObject();
    assertThat(admin.post("/drains", wish, "en").statusCode()).isEqualTo(409);
    Await.until(
        PATIENCE, "the stack has moved", () -> row(drain).getString("state"), "moved"::equals);

    Await.until(
        PATIENCE,
        "the update is complete",
        () -> stack.look().getString("status"),
        "UPDATE_COMPLETE"::equals);
    assertThat(cloud()).isEqualTo(to);
    assertThat(stack.events().toString()).contains(REASON);
    String refused =
        alice.post("/plans", Person.planRequest("no", TEMPLATE, policy(from), Map.of())).body();
    assertThat(refused).contains("no-candidate", REASON);

    Person.read(admin.post("/drains/" + drain.getString("id") + "/withdrawal", "{}", "en"), 200);
    assertThat(alice.plan("again", TEMPLATE, policy(from), Map.of()).getString("id")).isNotEmpty();
  }

  private JsonObject row(JsonObject drain) throws Exception {
    return admin.list("/drains/" + drain.getString("id") + "/stacks").stream()
        .filter(one -> one.getString("stack").equals(stack.id()))
        .findFirst()
        .orElseGet(() -> Json.createObjectBuilder().add("state", "none").build());
  }

  private String cloud() throws Exception {
    List<String> clouds =
        stack.resources().stream()
            .filter(one -> one.getString("resource").equals("web"))
            .filter(one -> !one.getString("status").startsWith("DELETE"))
            .map(one -> one.getString("cloud"))
            .distinct()
            .toList();
    assertThat(clouds).hasSize(1);
    return clouds.get(0);
  }

  private static String policy(String clouds) {
    return """
        placement_policy_version: 2026-11-23
        rules:
          - {name: there, clouds: {any_of: [%s]}}
        """
        .formatted(clouds);
  }
}
