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
   * A connection test.
   *
   * @param calls how many calls arrived there meanwhile, whoever's
   */
  private record Trial(boolean passed, int calls) {}

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
    return new Trial(outcome.getBoolean("passed"), clouds.calls(cloud) - before);
  }

  private String cloud(String id) throws Exception {
    return Person.read(admin.get("/clouds/" + id), 200).toString();
  }

  @Test
  void opensForTheCloudThatFailsAloneAndClosesWhenItServesAgain() throws Exception {
    clouds.weather("bhs", "[{\"outage\": \"unavailable\"}]");

    Await.until(
        PATIENCE,
        "bhs is left alone",
        () -> {
          trial("bhs");
          return cloud("bhs");
        },
        told ->
            told.contains("cannot serve now: it answered 503 (")
                && told.contains("times in a row)")
                && told.contains("it is tried again at"));
    Trial insisting = trial("bhs");
    assertThat(insisting.passed()).isFalse();
    assertThat(insisting.calls()).as("who presses Test is answered now").isPositive();
    for (String other : new String[] {"gra", "syd"}) {
      assertThat(trial(other)).as("%s meanwhile", other).matches(Trial::passed);
    }

    clouds.clearWeather();
    Trial closed = Await.until(PATIENCE, "bhs is asked again", () -> trial("bhs"), Trial::passed);
    assertThat(closed.calls()).isPositive();
    system.awaitClouds(alice);
  }
}
