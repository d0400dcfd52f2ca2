package io.isthmus.itests.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.Shop;
import io.isthmus.itests.SimulatedClouds;
import io.isthmus.itests.StackUnderTest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The application server dies in the middle of its work. */
@Tag("fault")
class KilledServerIT {

  private final RunningSystem system = new RunningSystem();
  private final Person alice = new Person(system, "alice");
  private final SimulatedClouds clouds = new SimulatedClouds(system);
  private final Launcher launcher = new Launcher(system);

  @AfterEach
  void clearUp() throws Exception {
    clouds.clearWeather();
  }

  @Test
  void aStackInCreationIsFinishedAfterAKillWithoutDoubles() throws Exception {
    system.awaitClouds(alice);
    int servers = clouds.count("servers");
    int volumes = clouds.count("volumes");
    // Slow clouds, so that the kill falls into the middle.
    for (String cloud : SimulatedClouds.NAMES) {
      clouds.weather(cloud, "[{\"latency_ms\": 400}]");
    }
    StackUnderTest stack = StackUnderTest.of(alice, Shop.plan(alice, "killed", 6));
    Await.until(Duration.ofMinutes(2), "some parts are made", stack::partsDone, done -> done >= 5);

    launcher.killServer();
    assertThat(clouds.count("servers")).as("servers at the kill").isLessThan(servers + 7);
    launcher.start();
    clouds.clearWeather();
    stack.awaitComplete();

    assertThat(clouds.count("servers")).isEqualTo(servers + 7);
    assertThat(clouds.count("volumes")).isEqualTo(volumes + 1);
    assertOneOfEach(stack);
    Map<String, Integer> full = clouds.contents();
    stack.delete();
    assertThat(clouds.count("servers")).as("after %s", full).isEqualTo(servers);
    assertThat(clouds.count("volumes")).isEqualTo(volumes);
  }

  private static void assertOneOfEach(StackUnderTest stack) throws Exception {
    assertThat(stack.resources())
        .extracting(
            part ->
                part.getString("type")
                    + " "
                    + part.getString("region")
                    + " "
                    + part.getString("physical_id"))
        .doesNotHaveDuplicates();
  }
}
