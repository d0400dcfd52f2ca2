package io.isthmus.itests.insurance;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.SimulatedClouds;
import io.isthmus.itests.StackUnderTest;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What would be if a cloud vanished, counted by the running server and rehearsed. */
@Tag("container")
@Isolated("compares all that is in the clouds")
class InsuranceIT {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        net: {type: OS::Neutron::Net}
        subnet: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net}, cidr: 10.9.78.0/24}}
        web:
          type: OS::Nova::Server
          properties: {flavor: m1.small, image: debian-12, networks: [{subnet: {get_resource: subnet}}]}
        disk: {type: OS::Cinder::Volume, properties: {size: 1}}
      """;

  private static final String POLICY =
      """
      placement_policy_version: 2026-11-23
      rules:
        - {name: there, match: {names: [web]}, clouds: {any_of: [bhs, syd]}}
        - {name: home, match: {names: [disk]}, clouds: {any_of: [bhs]}}
      """;

  private static final String WEB =
      """
      heat_template_version: 2018-08-31
      resources:
        net: {type: OS::Neutron::Net}
        subnet: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net}, cidr: 10.9.79.0/24}}
        web:
          type: OS::Nova::Server
          properties: {flavor: m1.small, image: debian-12, networks: [{subnet: {get_resource: subnet}}]}
      """;

  private static final String STANDBY =
      """
      placement_policy_version: 2026-11-23
      rules:
        - name: one of two
          match: {names: [web]}
          clouds: {any_of: [bhs, syd]}
          failover: {mode: standby, after: 10s, tries: 2, on_return: ask}
      """;

  private final RunningSystem system = new RunningSystem();
  private final SimulatedClouds clouds = new SimulatedClouds(system);
  private final Person admin = new Person(system, "admin");
  private final Person alice = new Person(system, "alice");
  private final Person bob = new Person(system, "bob");
  private Optional<StackUnderTest> made = Optional.empty();

  @BeforeEach
  void begin() throws Exception {
    system.awaitClouds(alice);
  }

  @AfterEach
  void clear() throws Exception {
    if (made.isPresent()) {
      made.get().delete();
    }
  }

  @Test
  void itIsCountedToldToItsOwnersAloneAndRehearsed() throws Exception {
    StackUnderTest stack =
        StackUnderTest.of(alice, alice.plan("insured", TEMPLATE, POLICY, Map.of()));
    made = Optional.of(stack);
    stack.awaitComplete();

    JsonObject told =
        Await.until(
            PATIENCE,
            "the loss of bhs was counted for the stack as it is",
            () -> of(alice, stack),
            one -> !one.isEmpty() && !one.containsKey("problem") && !one.getBoolean("changed"));
    assertThat(told.getJsonObject("counts").getInt("stays_down")).isGreaterThanOrEqualTo(1);
    assertThat(outcome(told, "disk")).isEqualTo("stays_down");
    assertThat(of(admin, stack)).isNotEmpty();
    assertThat(of(bob, stack)).isEmpty();
    assertThat(alice.list("/insurance"))
        .filteredOn(one -> one.getString("cloud").equals("bhs"))
        .singleElement()
        .satisfies(one -> assertThat(one.getInt("stacks")).isPositive());

    String rehearsals = "/stacks/" + stack.id() + "/rehearsals";
    JsonObject report =
        Person.read(alice.post(rehearsals, "{\"cloud\": \"bhs\", \"mode\": \"dry\"}", "en"), 201)
            .asJsonObject();
    assertThat(report.getString("asked_by")).isEqualTo("alice");
    assertThat(outcome(report, "disk")).isEqualTo("stays_down");
    assertThat(alice.list(rehearsals))
        .anyMatch(one -> one.getString("id").equals(report.getString("id")));
    assertThat(bob.get(rehearsals + "/" + report.getString("id")).statusCode()).isEqualTo(404);
    assertThat(alice.post(rehearsals, "{\"cloud\": \"bhs\", \"mode\": \"real\"}", "en").body())
        .contains("confirm", "was not confirmed");
    assertThat(alice.post(rehearsals, "{\"cloud\": \"gra\"}", "en").statusCode()).isEqualTo(400);
  }

  @Test
  void aLossIsPlayedInEarnestAndNothingIsLeftOfIt() throws Exception {
    StackUnderTest stack = StackUnderTest.of(alice, alice.plan("played", WEB, STANDBY, Map.of()));
    made = Optional.of(stack);
    stack.awaitComplete();
    String home = cloudOf(stack);
    Map<String, Integer> before = clouds.contents();
    String rehearsals = "/stacks/" + stack.id() + "/rehearsals";
    JsonObject wish =
        Json.createObjectBuilder()
            .add("cloud", home)
            .add("mode", "real")
            .add("returns", "ask")
            .add("confirm", "played")
            .build();
    assertThat(bob.post(rehearsals, wish).statusCode()).isEqualTo(404);
    JsonObject begun = Person.read(alice.post(rehearsals, wish), 201).asJsonObject();
    assertThat(alice.post(rehearsals, wish).statusCode()).as("one at a time").isEqualTo(409);
    String one = rehearsals + "/" + begun.getString("id");
    assertThat(bob.get(one).statusCode()).isEqualTo(404);

    JsonObject away = awaitPhase(one, "away");
    assertThat(away.getJsonNumber("recovery_seconds").doubleValue()).isPositive();
    assertThat(cloudOf(stack)).isNotEqualTo(home).isIn("bhs", "syd");
    assertThat(alice.look("/stacks/" + stack.id() + "/failovers").asJsonArray()).isEmpty();

    assertThat(bob.post(one + "/return", "", "en").statusCode()).isEqualTo(404);
    assertThat(alice.post(one + "/return", "", "en").statusCode()).isEqualTo(202);
    JsonObject over = awaitPhase(one, "ended");
    assertThat(over.getString("outcome")).as(over.toString()).isEqualTo("returned");
    assertThat(over.getJsonArray("servers").getValuesAs(JsonObject.class))
        .singleElement()
        .satisfies(
            server -> {
              assertThat(server.containsKey("stopped_at")).isTrue();
              assertThat(server.getJsonObject("back").containsKey("complete_at")).isTrue();
            });
    assertThat(cloudOf(stack)).isEqualTo(home);
    Await.until(PATIENCE, "nothing is left of it in any cloud", clouds::contents, before::equals);
    assertThat(alice.post(one + "/return", "", "en").statusCode()).as("over").isEqualTo(409);
  }

  private JsonObject awaitPhase(String rehearsal, String phase) throws Exception {
    return Await.until(
        PATIENCE,
        "the rehearsal is " + phase,
        () -> alice.look(rehearsal).asJsonObject().getJsonObject("run"),
        run -> run.getString("phase").equals(phase));
  }

  private static String cloudOf(StackUnderTest stack) throws Exception {
    return stack.resources().stream()
        .filter(part -> part.getString("resource").equals("web"))
        .map(part -> part.getString("cloud"))
        .findFirst()
        .orElseThrow();
  }

  /** What is told somebody of the stack if bhs vanished; empty when nothing is. */
  private static JsonObject of(Person person, StackUnderTest stack) throws Exception {
    var answer = person.get("/insurance/bhs?limit=500");
    if (answer.statusCode() == 404) {
      return Json.createObjectBuilder().build();
    }
    List<JsonObject> stacks =
        Person.read(answer, 200)
            .asJsonObject()
            .getJsonArray("stacks")
            .getValuesAs(JsonObject.class);
    return stacks.stream()
        .filter(one -> one.getString("stack").equals(stack.id()))
        .findFirst()
        .orElseGet(() -> Json.createObjectBuilder().build());
  }

  private static String outcome(JsonObject told, String resource) {
    return told.getJsonArray("resources").getValuesAs(JsonObject.class).stream()
        .filter(one -> one.getString("resource").equals(resource))
        .map(one -> one.getString("outcome"))
        .findFirst()
        .orElse("none");
  }
}
