package io.isthmus.itests.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.BesideOthers;
import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.SimulatedClouds;
import io.isthmus.itests.StackUnderTest;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server that runs and does not do what it is there for is told, and the stack is degraded. */
@Tag("container")
@BesideOthers
class ProbesIT {

  /** Two tries five seconds apart, ten seconds, and as much again for a machine that does else. */
  private static final Duration TOLD = Duration.ofSeconds(60);

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        net: {type: OS::Neutron::Net}
        subnet: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net}, cidr: 10.79.1.0/24}}
        router: {type: OS::Neutron::Router, properties: {external_gateway_info: {network: public}}}
        way: {type: OS::Neutron::RouterInterface, properties: {router: {get_resource: router}, subnet: {get_resource: subnet}}}
        doors:
          type: OS::Neutron::SecurityGroup
          properties: {rules: [{protocol: tcp, port_range_min: 18079, port_range_max: 18079}]}
        port:
          type: OS::Neutron::Port
          properties:
            network: {get_resource: net}
            security_groups: [{get_resource: doors}]
            fixed_ips: [{subnet: {get_resource: subnet}}]
        web:
          type: OS::Nova::Server
          properties: {flavor: m1.small, image: debian-12, networks: [{port: {get_resource: port}}]}
        address:
          type: OS::Neutron::FloatingIP
          depends_on: way
          properties: {floating_network: public, port_id: {get_resource: port}}
      """;

  private static final String POLICY =
      """
      placement_policy_version: 2026-11-23
      rules:
        - name: there
          clouds: {any_of: [gra]}
        - name: it answers
          match: {names: [web]}
          failover: {mode: never, after: 10s, tries: 2, probes: [{http: /health, port: 18079}]}
      """;

  private final RunningSystem system = new RunningSystem();
  private final Person alice = new Person(system, "alice");
  private final Person bob = new Person(system, "bob");
  private final SimulatedClouds clouds = new SimulatedClouds(system);

  private StackUnderTest stack;
  private Optional<String> silenced = Optional.empty();

  @BeforeEach
  void begin() throws Exception {
    system.awaitClouds(alice);
  }

  @AfterEach
  void tidyUp() throws Exception {
    if (silenced.isPresent()) {
      clouds.silence("gra", silenced.get(), false);
    }
    if (stack != null) {
      stack.delete();
    }
  }

  private JsonObject probe() throws Exception {
    var all = alice.look("/stacks/" + stack.id() + "/probes").asJsonObject().getJsonArray("probes");
    return all.isEmpty() ? JsonObject.EMPTY_JSON_OBJECT : all.getJsonObject(0);
  }

  private static String health(JsonObject stack) {
    return stack.getJsonObject("health").getString("state");
  }

  @Test
  void whatDoesNotAnswerIsToldAndDegradesTheStackUntilItAnswersAgain() throws Exception {
    JsonObject plan = alice.plan("probed", TEMPLATE, POLICY, Map.of());
    assertThat(plan.getJsonArray("resources").getValuesAs(JsonObject.class))
        .filteredOn(part -> part.containsKey("failover"))
        .singleElement()
        .satisfies(
            part -> {
              assertThat(part.getString("resource")).isEqualTo("web");
              assertThat(part.getJsonObject("failover").getJsonArray("probes").getString(0))
                  .isEqualTo("http:18079/health 200");
            });
    stack = StackUnderTest.of(alice, plan);
    stack.awaitComplete();
    JsonObject answered =
        Await.until(
            TOLD,
            "the server answers its probe",
            () -> probe(),
            seen -> seen.getString("outcome", "").equals("answered"));
    assertThat(answered.getString("address")).startsWith("127.101.");
    assertThat(health(stack.look())).isEqualTo("HEALTHY");
    assertThat(bob.get("/stacks/" + stack.id() + "/probes").statusCode()).isEqualTo(404);

    String server =
        stack.resources().stream()
            .filter(part -> part.getString("resource").equals("web"))
            .findFirst()
            .orElseThrow()
            .getString("physical_id");
    silenced = Optional.of(server);
    clouds.silence("gra", server, true);
    JsonObject degraded =
        Await.until(
            TOLD, "the stack is degraded", stack::look, seen -> health(seen).equals("DEGRADED"));
    assertThat(degraded.getString("status")).isEqualTo("CREATE_COMPLETE");
    assertThat(degraded.getJsonObject("health").getJsonArray("reasons").getString(0))
        .contains("The server web in gra / ", "fails its probe http:18079/health 200");
    assertThat(probe().getBoolean("failing")).isTrue();
    assertThat(stack.events())
        .anyMatch(event -> event.getString("text").contains("fails its probe"));

    clouds.silence("gra", server, false);
    Await.until(
        TOLD, "the stack is well again", stack::look, seen -> health(seen).equals("HEALTHY"));
  }
}
