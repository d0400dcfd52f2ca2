package io.isthmus.itests.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.BesideOthers;
import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.StackUnderTest;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What is changed behind our back shows property by property, and what is not ours is left alone.
 */
@Tag("container")
@BesideOthers
@Order(1)
class DriftIT {

  /** Two readings of the mirror, and as much again for a machine that does much else. */
  private static final Duration SHOWN = Duration.ofSeconds(60);

  private static final Path SAMPLES = Path.of("..", "samples");

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        net: {type: OS::Neutron::Net}
        subnet: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net}, cidr: 10.78.1.0/24}}
        doors:
          type: OS::Neutron::SecurityGroup
          properties: {rules: [{protocol: tcp, port_range_min: 80, port_range_max: 80}]}
        port:
          type: OS::Neutron::Port
          properties:
            network: {get_resource: net}
            security_groups: [{get_resource: doors}]
            fixed_ips: [{subnet: {get_resource: subnet}}]
        web:
          type: OS::Nova::Server
          properties: {flavor: m1.small, image: debian-12, networks: [{port: {get_resource: port}}]}
        spare:
          type: OS::Nova::Server
          properties:
            flavor: m1.small
            image: debian-12
            # An address of its own: what is made anew is not to take the one that the port gets back.
            networks: [{subnet: {get_resource: subnet}, fixed_ip: 10.78.1.9}]
      """;

  private static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIG37zo8Bq2SBxnekD9u9fwxLYDWsXS76oAoCX7j/6AZ5 alice@laptop";

  /** Those of which all has a place in the simulated clouds, each with what it asks for. */
  private static final Map<String, Map<String, JsonValue>> SAMPLES_WITH_A_PLACE =
      Map.of(
          "bulletin", Map.of(),
          "jump-host", Map.of("public_key", Json.createValue(KEY)),
          "mirrors", Map.of(),
          "one-server", Map.of(),
          "records", Map.of(),
          "shop", Map.of(),
          "workers", Map.of("queue_token", Json.createValue("open-sesame-2026")));

  private static final String POLICY =
      """
      placement_policy_version: 2026-11-23
      rules: [{name: there, clouds: {any_of: [gra]}}]
      """;

  private final RunningSystem system = new RunningSystem();
  private final Person alice = new Person(system, "alice");
  private final Person bob = new Person(system, "bob");

  @BeforeEach
  void begin() throws Exception {
    system.awaitClouds(alice);
  }

  private JsonObject drift(StackUnderTest stack) throws Exception {
    return alice.look("/stacks/" + stack.id() + "/drift").asJsonObject();
  }

  private JsonObject awaitTold(StackUnderTest stack) throws Exception {
    return Await.until(
        SHOWN,
        "all of the stack was compared",
        () -> drift(stack),
        seen -> seen.containsKey("compared_at") && seen.getInt("untold") == 0);
  }

  private static List<JsonObject> list(JsonObject object, String name) {
    return object.getJsonArray(name).getValuesAs(JsonObject.class);
  }

  /** By resource and property, what is told. */
  private static Map<String, JsonObject> told(JsonObject drift) {
    Map<String, JsonObject> told = new HashMap<>();
    for (JsonObject resource : list(drift, "resources")) {
      String name = resource.getString("resource");
      if (resource.getString("state").equals("vanished")) {
        told.put(name, resource);
      }
      list(resource, "properties")
          .forEach(one -> told.put(name + " " + one.getString("property"), one));
    }
    return told;
  }

  @Test
  void fourChangesBehindOurBackAreShownAndWhatIsNotOursIsLeftAlone() throws Exception {
    StackUnderTest stack =
        StackUnderTest.of(alice, alice.plan("drifting", TEMPLATE, POLICY, Map.of()));
    stack.awaitComplete();
    assertThat(told(awaitTold(stack))).as("of what was just made").isEmpty();
    HttpResponse<String> chosen =
        alice.patch("/stacks/" + stack.id(), "{\"drift\": {\"choice\": \"report\"}}", Map.of());
    assertThat(chosen.statusCode()).as(chosen.body()).isEqualTo(200);
    Map<String, JsonObject> parts = new HashMap<>();
    stack.resources().forEach(part -> parts.put(part.getString("resource"), part));
    TenantsOwn own =
        TenantsOwn.of(system, "gra", "acme/demo", parts.get("web").getString("region"));
    String strange =
        own.ask("POST", "network", "/networks", "{'network': {'name': 'not-ours-78'}}")
            .getJsonObject("network")
            .getString("id");

    own.ask("DELETE", "compute", "/servers/" + id(parts, "spare"), null);
    own.ask(
        "POST",
        "network",
        "/security-group-rules",
        ("{'security_group_rule': {'security_group_id': '%s', 'direction': 'ingress',"
                + " 'protocol': 'tcp', 'port_range_min': 22, 'port_range_max': 22,"
                + " 'remote_ip_prefix': '0.0.0.0/0'}}")
            .formatted(id(parts, "doors")));
    own.ask(
        "PUT",
        "network",
        "/ports/" + id(parts, "port"),
        "{'port': {'fixed_ips': [{'ip_address': '10.78.1.250'}]}}");
    own.ask(
        "POST",
        "compute",
        "/servers/" + id(parts, "web") + "/action",
        "{'resize': {'flavorRef': '%s'}}".formatted(own.flavorBut("m1.small")));

    JsonObject drift =
        Await.until(
            SHOWN,
            "all four are shown",
            () -> drift(stack),
            seen ->
                told(seen)
                    .keySet()
                    .containsAll(List.of("spare", "doors rules", "port fixed_ips", "web flavor")));
    Map<String, JsonObject> told = told(drift);
    assertThat(told.get("doors rules").getString("change")).isEqualTo("opened");
    assertThat(told.get("doors rules").getJsonObject("found").getString("ports")).isEqualTo("22");
    assertThat(told.get("port fixed_ips").getJsonArray("found").getString(0))
        .isEqualTo("10.78.1.250");
    assertThat(told.get("web flavor").getString("expected")).isEqualTo("m1.small");
    assertThat(stack.look().getJsonObject("drift").getInt("parts")).isEqualTo(4);
    assertThat(alice.look("/stacks?drift=true").toString()).contains(stack.id());
    assertThat(alice.look("/stacks?drift=false").toString()).doesNotContain(stack.id());
    assertThat(stack.events())
        .anyMatch(event -> event.getString("text").contains("ingress IPv4 tcp 22 0.0.0.0/0"));
    assertThat(bob.get("/stacks/" + stack.id() + "/drift").statusCode()).isEqualTo(404);
    assertThat(
            bob.patch("/stacks/" + stack.id(), "{\"drift\": {\"choice\": \"report\"}}", Map.of())
                .statusCode())
        .isEqualTo(404);
    assertThat(drift.toString()).doesNotContain(strange);

    // What vanished is made anew as soon as that is chosen.
    alice.patch(
        "/stacks/" + stack.id(), "{\"drift\": {\"choice\": \"replace_vanished\"}}", Map.of());
    Await.until(
        Duration.ofMinutes(3),
        "the server is there again",
        () -> told(drift(stack)),
        seen -> !seen.containsKey("spare"));
    assertThat(own.ask("GET", "network", "/networks/" + strange, null).toString())
        .as("what carries no mark")
        .contains("not-ours-78");
    own.ask("DELETE", "network", "/networks/" + strange, null);

    // What was changed is put right as soon as that is chosen.
    alice.patch("/stacks/" + stack.id(), "{\"drift\": {\"choice\": \"repair\"}}", Map.of());
    Await.until(
        Duration.ofMinutes(3),
        "the doors are closed, and size and address are as they were",
        () -> drift(stack),
        seen -> told(seen).isEmpty() && seen.getInt("untold") == 0);
    assertThat(own.ask("GET", "network", "/security-groups/" + id(parts, "doors"), null).toString())
        .doesNotContain("\"port_range_min\":22,");
    assertThat(stack.events()).anyMatch(event -> event.getString("text").contains("put back"));
    assertThat(stack.look().getString("status")).isEqualTo("CREATE_COMPLETE");
    stack.delete();
  }

  private static String id(Map<String, JsonObject> parts, String resource) {
    return parts.get(resource).getString("physical_id");
  }

  /** All at the same time, as most of it is waiting for the next look at the clouds. */
  @Test
  void samplesThatWereJustMadeHaveNotDrifted() throws Exception {
    Map<String, StackUnderTest> made = new TreeMap<>();
    List<String> refused = new ArrayList<>();
    try {
      for (String sample : SAMPLES_WITH_A_PLACE.keySet()) {
        HttpResponse<String> plan = plan(sample);
        if (plan.statusCode() == 201) {
          made.put(sample, StackUnderTest.of(alice, RunningSystem.json(plan)));
        } else {
          refused.add(sample + ": " + plan.body());
        }
      }
      assertThat(refused).isEmpty();
      for (Map.Entry<String, StackUnderTest> one : made.entrySet()) {
        one.getValue().awaitComplete();
        assertThat(told(awaitTold(one.getValue()))).as(one.getKey()).isEmpty();
      }
    } finally {
      for (StackUnderTest stack : made.values()) {
        stack.delete();
      }
    }
  }

  private HttpResponse<String> plan(String sample) throws Exception {
    Path folder = SAMPLES.resolve(sample);
    Map<String, String> files = new HashMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        String name = file.getFileName().toString();
        if (!name.equals("template.yaml") && !name.equals("policy.yaml")) {
          files.put(name, Files.readString(file));
        }
      }
    }
    return alice.post(
        "/plans",
        Person.planRequest(
            "undrifted-" + sample,
            Files.readString(folder.resolve("template.yaml")),
            files,
            Files.readString(folder.resolve("policy.yaml")),
            SAMPLES_WITH_A_PLACE.get(sample)));
  }

  @Test
  void whatIsWrongInAChoiceIsToldByItsName() throws Exception {
    HttpResponse<String> answer =
        alice.patch(
            "/stacks/5f2c1a9e-7a53-4d0e-9a57-3c6f1e0b8a11",
            "{\"drift\": {\"choice\": \"mend\"}}",
            Map.of());
    assertThat(answer.statusCode()).isIn(400, 422);
    assertThat(answer.body()).contains("drift.choice", "replace_vanished");
    assertThat(alice.get("/stacks?drift=perhaps").body()).contains("drift");
  }
}
