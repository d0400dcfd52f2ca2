package io.isthmus.itests.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.BesideOthers;
import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.StackUnderTest;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two stacks are changed by one campaign, one after the other, and back. */
@Tag("container")
@BesideOthers
class CampaignIT {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String REASON = "The label is wrong";
  private static final String POLICY = "placement_policy_version: 2026-11-23\nrules: []\n";

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      parameters:
        label: {type: string, default: before}
      resources:
        net: {type: OS::Neutron::Net, properties: {name: {get_param: label}}}
      """;

  private static final String WISH =
      """
      {"name": "Labels", "reason": "%s", "names": ["camp-*"],
       "change": {"kind": "parameter", "parameter": "label", "value": "after"},
       "pace": {"canaries": 1, "asks": true, "watch_minutes": 0}}
      """
          .formatted(REASON);

  private final RunningSystem system = new RunningSystem();
  private final Person alice = new Person(system, "alice");
  private final Person bob = new Person(system, "bob");
  private final List<StackUnderTest> stacks = new ArrayList<>();

  @BeforeEach
  void begin() throws Exception {
    system.awaitClouds(alice);
  }

  private static String tlsFloor(String version) {
    return WISH.replaceFirst(
        "\"change\": \\{[^}]*}",
        "\"change\": {\"kind\": \"tls_floor\", \"version\": \"" + version + "\"}");
  }

  @AfterEach
  void tidyUp() throws Exception {
    for (StackUnderTest stack : stacks) {
      stack.delete();
    }
  }

  @Test
  void stacksAreChangedInWavesAndBack() throws Exception {
    for (String name : List.of("camp-a", "camp-b")) {
      stacks.add(StackUnderTest.of(alice, alice.plan(name, TEMPLATE, POLICY, Map.of())));
    }
    for (StackUnderTest stack : stacks) {
      stack.awaitComplete();
    }
    assertThat(alice.post("/campaigns", tlsFloor("1.2"), "en").body()).contains("TLSv1.2");
    JsonObject floor =
        Person.read(alice.post("/campaigns", tlsFloor("TLSv1.2"), "en"), 201).asJsonObject();
    assertThat(floor.getJsonObject("change").toString())
        .contains("\"kind\":\"tls_floor\"", "\"version\":\"TLSv1.2\"");
    String untouched = "/campaigns/" + floor.getString("id");
    assertThat(await(untouched, "ready").getInt("concerned")).as("none balances").isZero();
    assertThat(alice.delete(untouched).statusCode()).isEqualTo(204);

    JsonObject made = Person.read(alice.post("/campaigns", WISH, "en"), 201).asJsonObject();
    String campaign = "/campaigns/" + made.getString("id");
    assertThat(await(campaign, "ready").getInt("concerned")).isEqualTo(2);
    assertThat(alice.look(campaign).asJsonObject().getJsonObject("totals").toString())
        .contains("\"updated\":2");
    for (String path : List.of("", "/stacks", "/report")) {
      assertThat(bob.get(campaign + path).statusCode()).isEqualTo(404);
    }
    assertThat(bob.post(campaign + "/start", "{}", "en").statusCode()).isEqualTo(404);

    command(campaign, "start");
    await(campaign, "waiting");
    assertThat(states(campaign)).containsExactly("done", "waiting");
    command(campaign, "resumption");
    await(campaign, "complete");
    assertThat(states(campaign)).containsExactly("done", "done");
    for (StackUnderTest stack : stacks) {
      assertThat(stack.look().getString("status")).isEqualTo("UPDATE_COMPLETE");
      assertThat(stack.events().toString()).contains("Labels", REASON);
    }
    assertThat(alice.get(campaign + "/report").body()).contains("camp-a", "camp-b", ",done,");
    assertThat(alice.delete(campaign).statusCode()).isEqualTo(409);

    command(campaign, "withdrawal");
    await(campaign, "taken_back");
    assertThat(states(campaign)).containsExactly("taken_back", "taken_back");
  }

  private void command(String campaign, String what) throws Exception {
    Person.read(alice.post(campaign + "/" + what, "{}", "en"), 200);
  }

  private List<String> states(String campaign) throws Exception {
    return alice.list(campaign + "/stacks").stream().map(one -> one.getString("state")).toList();
  }

  private JsonObject await(String campaign, String status) throws Exception {
    return Await.until(
        PATIENCE,
        "the campaign is " + status,
        () -> alice.look(campaign).asJsonObject(),
        seen -> seen.getString("status").equals(status));
  }
}
