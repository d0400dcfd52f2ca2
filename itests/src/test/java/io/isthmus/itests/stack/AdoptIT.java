package io.isthmus.itests.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.BesideOthers;
import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.StackUnderTest;
import io.isthmus.itests.drift.TenantsOwn;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.StringReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an abandoned stack has left becomes a stack again, and what is another's is left alone. */
@Tag("container")
@BesideOthers
class AdoptIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      parameters: {word: {type: string, hidden: true}}
      resources:
        net: {type: OS::Neutron::Net}
        subnet: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net}, cidr: 10.85.1.0/24}}
        doors: {type: OS::Neutron::SecurityGroup, properties: {rules: [{protocol: tcp, port_range_min: 80, port_range_max: 80}]}}
        web:
          type: OS::Nova::Server
          properties:
            flavor: m1.small
            image: debian-12
            networks: [{subnet: {get_resource: subnet}}]
            security_groups: [{get_resource: doors}]
            user_data_format: RAW
            user_data: {get_param: word}
      """;

  private static final String POLICY =
      """
      placement_policy_version: 2026-11-23
      rules: [{name: there, clouds: {any_of: [bhs]}}]
      """;

  private final RunningSystem system = new RunningSystem();
  private final Person alice = new Person(system, "alice");
  private final Person bob = new Person(system, "bob");

  @BeforeEach
  void begin() throws Exception {
    system.awaitClouds(alice);
  }

  @Test
  void whatAnAbandonedStackHasLeftIsTakenOverAndGoesWithItsNewStack() throws Exception {
    StackUnderTest first =
        StackUnderTest.of(
            alice,
            alice.plan(
                "left", TEMPLATE, POLICY, Map.of("word", Json.createValue("a-secret-word"))));
    first.awaitComplete();
    Map<String, String> ids = new HashMap<>();
    String[] region = new String[1];
    first
        .resources()
        .forEach(
            part -> {
              ids.put(part.getString("resource"), part.getString("physical_id"));
              region[0] = part.getString("region");
            });
    TenantsOwn own = TenantsOwn.of(system, "bhs", "acme/demo", region[0]);
    JsonObject alive = alice.look("/stacks/" + first.id() + "/abandonment").asJsonObject();
    assertThat(alice.post("/stacks/adopt", wish("early", alive), "en").statusCode())
        .as("what is not abandoned")
        .isEqualTo(400);
    JsonObject document =
        Person.read(
                alice.post("/stacks/" + first.id() + "/abandonment", "{\"name\": \"left\"}", "en"),
                200)
            .asJsonObject();

    String secretless =
        Json.createObjectBuilder().add("adopt_stack_data", document).build().toString();
    assertThat(alice.post("/stacks/adopt/preview", secretless, "en").body()).contains("word");
    JsonObject preview =
        Person.read(alice.post("/stacks/adopt/preview", wish("found", document), "en"), 200)
            .asJsonObject();
    assertThat(preview.getJsonArray("resources")).hasSize(4);
    assertThat(bob.post("/stacks/adopt", inProject("acme/demo", document), "en").statusCode())
        .isEqualTo(404);

    JsonObject accepted =
        Person.read(alice.post("/stacks/adopt", wish("found", document), "en"), 202).asJsonObject();
    StackUnderTest found = new StackUnderTest(alice, accepted.getString("id"));
    assertThat(rest(found)).isEqualTo("ADOPT_COMPLETE");
    found
        .resources()
        .forEach(
            part -> {
              assertThat(part.getString("physical_id"))
                  .isEqualTo(ids.get(part.getString("resource")));
              assertThat(part.getString("status")).isEqualTo("ADOPT_COMPLETE");
            });
    assertThat(
            own.ask("GET", "compute", "/servers/" + ids.get("web"), null)
                .getJsonObject("server")
                .getJsonObject("metadata")
                .getString("isthmus:stack"))
        .isEqualTo(found.id());
    assertThat(found.events()).anyMatch(event -> event.getString("text").contains("taken over"));

    // It is another stack's now, its addresses too.
    assertThat(alice.post("/stacks/adopt", wish("thief", document), "en").statusCode())
        .isBetween(400, 499);
    assertThat(
            own.ask("GET", "compute", "/servers/" + ids.get("web"), null)
                .getJsonObject("server")
                .getString("status"))
        .isEqualTo("ACTIVE");

    found.delete();
    assertThat(own.ask("GET", "network", "/networks", null).toString())
        .doesNotContain(ids.get("net"));
  }

  @Test
  void whatHeatHasAbandonedIsTakenOverWhereTheRequestSaysThatItIs() throws Exception {
    String region =
        alice
            .look("/clouds/bhs")
            .asJsonObject()
            .getJsonObject("inventory")
            .getJsonArray("regions")
            .getJsonObject(0)
            .getString("region");
    TenantsOwn own = TenantsOwn.of(system, "bhs", "acme/demo", region);
    String net =
        own.ask("POST", "network", "/networks", "{'network': {'name': 'heats-net-x1y2'}}")
            .getJsonObject("network")
            .getString("id");
    String heats =
        """
        {"name": "heats", "id": "0a1b2c3d-0000-4000-8000-00000000abcd", "stack_user_project_id": "f00", "files": {},
         "environment": {"parameters": {}, "encrypted_param_names": [], "event_sinks": [], "resource_registry": {"resources": {}}},
         "template": {"heat_template_version": "2018-08-31",
           "resources": {"net": {"type": "OS::Neutron::Net"}, "secret": {"type": "OS::Heat::RandomString"}},
           "outputs": {"word": {"value": {"get_attr": ["secret", "value"]}}}},
         "resources": {
           "net": {"name": "net", "type": "OS::Neutron::Net", "resource_id": "%s", "resource_data": {}},
           "secret": {"name": "secret", "type": "OS::Heat::RandomString", "resource_id": "heats-secret", "resource_data": {"value": "drawn-by-heat"}}}}
        """
            .formatted(net);
    JsonObject document = Json.createReader(new StringReader(heats)).readObject();
    assertThat(alice.post("/stacks/adopt/preview", there(document, null), "en").body())
        .contains("place");
    assertThat(alice.post("/stacks/adopt/preview", there(document, "nowhere"), "en").statusCode())
        .isEqualTo(400);

    JsonObject accepted =
        Person.read(alice.post("/stacks/adopt", there(document, region), "en"), 202).asJsonObject();
    StackUnderTest found = new StackUnderTest(alice, accepted.getString("id"));
    assertThat(rest(found)).isEqualTo("ADOPT_COMPLETE");
    assertThat(found.resources())
        .anyMatch(
            part ->
                part.getString("physical_id").equals(net)
                    && part.getString("physical_name").equals("heats-net-x1y2"));
    assertThat(alice.look("/stacks/" + found.id() + "/outputs").toString())
        .contains("drawn-by-heat");
    found.delete();
    assertThat(own.ask("GET", "network", "/networks", null).toString()).doesNotContain(net);
  }

  private static String there(JsonObject document, String region) {
    JsonObjectBuilder wish =
        Json.createObjectBuilder().add("adopt_stack_data", document).add("policy", POLICY);
    if (region != null) {
      wish.add("place", Json.createObjectBuilder().add("cloud", "bhs").add("region", region));
    }
    return wish.build().toString();
  }

  private static String wish(String name, JsonObject document) {
    return Json.createObjectBuilder()
        .add("name", name)
        .add("adopt_stack_data", document)
        .add("parameters", Json.createObjectBuilder().add("word", "a-secret-word"))
        .build()
        .toString();
  }

  private static String inProject(String project, JsonObject document) {
    return Json.createObjectBuilder()
        .add("project", project)
        .add("adopt_stack_data", document)
        .add("parameters", Json.createObjectBuilder().add("word", "a-secret-word"))
        .build()
        .toString();
  }

  private static String rest(StackUnderTest stack) throws Exception {
    return Await.until(
            PATIENCE,
            "the stack rests",
            stack::look,
            seen -> !seen.getString("status").endsWith("IN_PROGRESS"))
        .getString("status");
  }
}
