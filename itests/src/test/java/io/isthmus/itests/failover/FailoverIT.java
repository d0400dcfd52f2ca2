package io.isthmus.itests.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.SimulatedClouds;
import io.isthmus.itests.StackUnderTest;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A cloud goes dark: what is standby there is made anew elsewhere when a person says that it is
 * lost, stopped before all else when the cloud is back, and removed when a person says so.
 */
@Tag("container")
@Isolated("takes a cloud away")
class FailoverIT {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        web: {type: OS::Nova::Server, properties: {flavor: m1.small, image: debian-12, networks: [{network: {get_resource: net}}]}}
        stays: {type: OS::Nova::Server, properties: {flavor: m1.small, image: debian-12, networks: [{network: {get_resource: net}}]}}
        net: {type: OS::Neutron::Net}
        subnet: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net}, cidr: 10.81.1.0/24}}
      """;

  private static final String POLICY =
      """
      placement_policy_version: 2026-11-23
      rules:
        - name: one of two
          match: {names: [web]}
          clouds: {any_of: [bhs, syd]}
          failover: {mode: standby, after: 10s, tries: 2, on_return: ask}
        - name: it stays
          match: {names: [stays]}
          clouds: {any_of: [gra]}
      """;

  private final RunningSystem system = new RunningSystem();
  private final Person alice = new Person(system, "alice");
  private final Person bob = new Person(system, "bob");
  private final SimulatedClouds clouds = new SimulatedClouds(system);

  @BeforeEach
  void begin() throws Exception {
    system.awaitClouds(alice);
  }

  @AfterEach
  void end() throws Exception {
    clouds.clearWeather();
    system.awaitClouds(alice);
  }

  private static String cloudOf(StackUnderTest stack, String resource) throws Exception {
    return stack.resources().stream()
        .filter(part -> part.getString("resource").equals(resource))
        .map(part -> part.getString("cloud"))
        .findFirst()
        .orElseThrow();
  }

  private List<JsonObject> failovers(StackUnderTest stack) throws Exception {
    return alice
        .look("/stacks/" + stack.id() + "/failovers")
        .asJsonArray()
        .getValuesAs(JsonObject.class);
  }

  private List<JsonObject> awaitState(StackUnderTest stack, String state) throws Exception {
    return Await.until(
        PATIENCE,
        "the lost cloud is " + state,
        () -> failovers(stack),
        seen -> seen.size() == 1 && seen.get(0).getString("state").equals(state));
  }

  @Test
  void whatIsStandbyIsMadeAnewElsewhereWhenAPersonSaysSoAndStoppedFirstWhenTheCloudIsBack()
      throws Exception {
    StackUnderTest stack =
        StackUnderTest.of(alice, alice.plan("rescued", TEMPLATE, POLICY, Map.of()));
    stack.awaitComplete();
    String home = cloudOf(stack, "web");
    String failovers = "/stacks/" + stack.id() + "/failovers";
    JsonObject wish =
        Json.createObjectBuilder().add("cloud", home).add("reason", "The hall burns").build();
    assertThat(alice.post(failovers, wish).statusCode()).as("it answers").isEqualTo(409);
    assertThat(bob.get(failovers).statusCode()).isEqualTo(404);
    assertThat(bob.post(failovers, wish).statusCode()).isEqualTo(404);

    clouds.weather(home, "[{\"outage\": \"refuse\"}]");
    List<JsonObject> asking = awaitState(stack, "asking");
    assertThat(asking.get(0).getString("why")).contains(home, "web");
    assertThat(cloudOf(stack, "web")).isEqualTo(home);

    HttpResponse<String> said = alice.post(failovers, wish);
    assertThat(said.statusCode()).as(said.body()).isEqualTo(202);
    JsonObject moved = awaitState(stack, "moved").get(0);
    assertThat(moved.getJsonArray("replaced").getValuesAs(JsonObject.class))
        .anyMatch(part -> part.getString("resource").equals("web") && !part.getBoolean("stopped"));
    assertThat(cloudOf(stack, "web")).isNotEqualTo(home).isIn("bhs", "syd");
    assertThat(stack.look().getString("status")).isEqualTo("UPDATE_COMPLETE");

    clouds.clearWeather();
    Await.until(
        PATIENCE,
        "what was replaced is stopped",
        () -> failovers(stack),
        seen ->
            seen.size() == 1
                && seen.get(0).getString("state").equals("back")
                && seen.get(0).getJsonArray("replaced").getValuesAs(JsonObject.class).stream()
                    .allMatch(part -> part.getBoolean("stopped") && part.getBoolean("answers")));
    assertThat(stack.events())
        .extracting(event -> event.getString("text"))
        .anyMatch(text -> text.contains("The hall burns"))
        .anyMatch(
            text ->
                text.startsWith("Server web, which was replaced") && text.contains("is stopped"));

    JsonObject reason = Json.createObjectBuilder().add("reason", "No more needed").build();
    assertThat(bob.post(failovers + "/" + home + "/removal", reason).statusCode()).isEqualTo(404);
    HttpResponse<String> removal = alice.post(failovers + "/" + home + "/removal", reason);
    assertThat(removal.statusCode()).as(removal.body()).isEqualTo(202);
    Await.until(PATIENCE, "nothing is left there", () -> failovers(stack), List::isEmpty);
    stack.delete();
  }
}
