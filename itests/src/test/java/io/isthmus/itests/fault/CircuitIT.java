package io.isthmus.itests.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.SimulatedClouds;
import jakarta.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A cloud that fails time and again is left alone, tried by one call, and asked again. */
@Tag("fault")
class CircuitIT {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final RunningSystem system = new RunningSystem();
  private final Person alice = new Person(system, "alice");
  private final Person admin = new Person(system, "admin");
  private final SimulatedClouds clouds = new SimulatedClouds(system);

  /**
   * A connection test and what it made of the cloud.
   *
   * @param calls how many calls arrived there meanwhile, whoever's
   */
  private record Trial(boolean passed, String told, int calls) {
    boolean leftAlone() {
      return !passed
          && calls == 0
          && told.contains("times in a row (it answered 503); it is tried again at");
    }
  }

  @BeforeEach
  void fineWeather() throws Exception {
    clouds.clearWeather();
    system.awaitClouds(alice);
  }

  @AfterEach
  void clearUp() throws Exception {
    clouds.clearWeather();
  }

  private Trial trial(String cloud) throws Exception {
    int before = clouds.calls(cloud);
    JsonObject outcome =
        Person.read(admin.post("/clouds/" + cloud + "/accesses/acme/demo/tests", "null", "en"), 200)
            .asJsonObject();
    return new Trial(
        outcome.getBoolean("passed"), outcome.toString(), clouds.calls(cloud) - before);
  }

  @Test
  void opensForTheCloudThatFailsAloneAndClosesWhenItServesAgain() throws Exception {
    clouds.weather("bhs", "[{\"outage\": \"unavailable\"}]");

    Trial open = Await.until(PATIENCE, "bhs is left alone", () -> trial("bhs"), Trial::leftAlone);
    assertThat(open.told()).contains("bhs");
    for (String other : new String[] {"gra", "syd"}) {
      assertThat(trial(other)).as("%s meanwhile", other).matches(Trial::passed);
    }

    clouds.clearWeather();
    Trial closed = Await.until(PATIENCE, "bhs is asked again", () -> trial("bhs"), Trial::passed);
    assertThat(closed.calls()).isPositive();
    system.awaitClouds(alice);
  }
}
