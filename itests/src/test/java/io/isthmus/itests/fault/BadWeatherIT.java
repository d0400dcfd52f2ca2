package io.isthmus.itests.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.Shop;
import io.isthmus.itests.SimulatedClouds;
import io.isthmus.itests.StackUnderTest;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clouds misbehave while a stack is made. */
@Tag("fault")
class BadWeatherIT {

  private static final String ONE_SERVER =
      """
      heat_template_version: 2018-08-31
      resources:
        net:
          type: OS::Neutron::Net
        subnet:
          type: OS::Neutron::Subnet
          properties: { network: { get_resource: net }, cidr: 10.44.0.0/24 }
        one:
          type: OS::Nova::Server
          properties:
            flavor: m1.small
            image: debian-12
            networks: [{ subnet: { get_resource: subnet } }]
      """;

  private final RunningSystem system = new RunningSystem();
  private final Person alice = new Person(system, "alice");
  private final SimulatedClouds clouds = new SimulatedClouds(system);

  @BeforeEach
  void fineWeather() throws Exception {
    clouds.clearWeather();
    system.awaitClouds(alice);
  }

  @AfterEach
  void clearUp() throws Exception {
    clouds.clearWeather();
  }

  @Test
  void answersThatAreLostAfterTheEffectMakeNoDoubles() throws Exception {
    int servers = clouds.count("servers");
    int volumes = clouds.count("volumes");
    int ports = clouds.count("ports");
    int balancers = clouds.count("loadbalancers");
    for (String cloud : SimulatedClouds.NAMES) {
      clouds.weather(
          cloud,
          "[{\"method\": \"POST\", \"path\": \"/(servers|volumes|ports|networks|loadbalancers|pools)$\","
              + " \"lose_rate\": 1, \"times\": 4}]");
    }
    StackUnderTest stack = StackUnderTest.of(alice, Shop.plan(alice, "lost-answers", 3));
    stack.awaitComplete();

    assertThat(clouds.count("servers")).isEqualTo(servers + 4);
    assertThat(clouds.count("volumes")).isEqualTo(volumes + 1);
    assertThat(clouds.count("loadbalancers")).isEqualTo(balancers + 2);
    clouds.clearWeather();
    stack.delete();
    assertThat(clouds.count("servers")).isEqualTo(servers);
    assertThat(clouds.count("ports")).isEqualTo(ports);
  }

  @Test
  void aCloudThatGoesDarkHoldsUpItsOwnPartsOnlyAndIsWaitedFor() throws Exception {
    StackUnderTest stack = StackUnderTest.of(alice, Shop.plan(alice, "dark-cloud", 3));
    clouds.weather("bhs", "[{\"outage\": \"refuse\"}]");

    Await.until(
        Duration.ofMinutes(3),
        "all parts elsewhere are made",
        stack::resources,
        parts ->
            parts.stream()
                .filter(part -> !part.getString("cloud").equals("bhs"))
                .allMatch(part -> part.getString("status").equals("CREATE_COMPLETE")));
    assertThat(stack.look().getString("status")).isEqualTo("CREATE_IN_PROGRESS");

    clouds.clearWeather();
    stack.awaitComplete();
    stack.delete();
  }

  @Test
  void aCloudThatAnswersWithErrorsTimeAndAgainIsLeftForAnother() throws Exception {
    int servers = clouds.count("servers");
    int ports = clouds.count("ports");
    JsonObject plan = alice.plan("erring-cloud", ONE_SERVER, "", Map.of());
    String erring =
        plan.getJsonArray("resources").getValuesAs(JsonObject.class).stream()
            .filter(part -> part.getString("resource").equals("one"))
            .findFirst()
            .orElseThrow()
            .getString("cloud");
    clouds.weather(erring, "[{\"method\": \"POST\", \"path\": \"/servers$\", \"error_rate\": 1}]");
    StackUnderTest stack = StackUnderTest.of(alice, plan);
    stack.awaitComplete();

    assertThat(stack.resources())
        .filteredOn(part -> part.getString("resource").equals("one"))
        .filteredOn(part -> part.getString("status").equals("CREATE_COMPLETE"))
        .singleElement()
        .satisfies(
            part -> {
              assertThat(part.getString("cloud")).isNotEqualTo(erring);
              JsonObject refused = part.getJsonArray("refused").getJsonObject(0);
              assertThat(refused.getString("cloud")).isEqualTo(erring);
              assertThat(refused.getString("code")).isEqualTo("cloud-unavailable");
            });
    clouds.clearWeather();
    Await.until(
        Duration.ofMinutes(2),
        "nothing is left in " + erring,
        () -> clouds.count("servers") + clouds.count("ports"),
        left -> left == servers + ports + 2);
    stack.delete();
    assertThat(clouds.count("servers")).isEqualTo(servers);
    assertThat(clouds.count("ports")).isEqualTo(ports);
  }
}
