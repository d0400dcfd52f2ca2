package io.isthmus.itests.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.Shop;
import io.isthmus.itests.SimulatedClouds;
import io.isthmus.itests.StackUnderTest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clouds misbehave while a stack is made. */
@Tag("fault")
class BadWeatherIT {

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
}
