package io.isthmus.domain.stack.engine;

import static io.isthmus.domain.stack.engine.TestStacks.NET;
import static io.isthmus.domain.stack.engine.TestStacks.PORT;
import static io.isthmus.domain.stack.engine.TestStacks.SERVER;
import static io.isthmus.domain.stack.engine.TestStacks.VOLUME;
import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackPart.Goal;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.engine.SimulatedClouds.Thing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A cloud is lost, what was there is made anew elsewhere, and the cloud comes back. */
class LostCloudTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final CloudId GRA = new CloudId("gra");

  private static TestStacks shop() {
    return StackReconcilerTest.shop();
  }

  /** What holds data stays; the server in gra and its port are made anew in syd. */
  private static TestStacks without() {
    return new TestStacks()
        .add("net", NET, "bhs")
        .stretch("net", "syd")
        .add("port", PORT, "syd", "net")
        .add("web", SERVER, "syd", "port")
        .add("data", VOLUME, "bhs")
        .add("db", SERVER, "bhs", "net", "data");
  }

  private static EngineHarness dark() {
    EngineHarness harness = StackReconcilerTest.created();
    harness.clouds.letPortsGo();
    harness.clouds.goAway("gra");
    harness.simulation.run(Duration.ofMinutes(3));
    harness.clouds.forgetAsked();
    return harness;
  }

  private static EngineHarness failedOver() {
    EngineHarness harness = dark();
    harness.failOver(without(), "gra");
    assertThat(harness.settles(HOUR)).isTrue();
    return harness;
  }

  private static List<StackPart> replaced(EngineHarness harness) {
    return harness.parts().stream().filter(StackPart::isReplaced).toList();
  }

  private static boolean isStopped(EngineHarness harness) {
    return harness.clouds.things().stream()
        .filter(thing -> thing.part.cloud().equals(GRA) && thing.mark.resource().equals("web"))
        .allMatch(thing -> thing.stopped);
  }

  private static long running(EngineHarness harness, String resource) {
    return harness.clouds.things().stream()
        .filter(thing -> thing.mark.resource().equals(resource) && !thing.stopped)
        .filter(thing -> thing.goneAt.isEmpty())
        .count();
  }

  @Test
  void neitherWaitsForNorAsksACloudThatIsSilent() {
    EngineHarness harness = failedOver();

    assertThat(harness.status())
        .as(harness.stack().reason().toString())
        .isEqualTo(StackStatus.UPDATED);
    assertThat(harness.stack().health()).isEqualTo(StackHealth.HEALTHY);
    assertThat(harness.clouds.asked("gra")).isEmpty();
    assertThat(replaced(harness))
        .extracting(part -> part.id().resource())
        .containsExactlyInAnyOrder("net", "port", "web");
    harness.simulation.run(Duration.ofHours(2));
    assertThat(harness.clouds.asked("gra")).isEmpty();
    assertThat(harness.inClouds()).filteredOn(thing -> thing.endsWith("@gra")).hasSize(3);
    assertThat(harness.stack().course().back()).isEmpty();
  }

  @Test
  void stopsFirstWhatWasReplacedWhenTheCloudIsBackAndRemovesNothingUnasked() {
    EngineHarness harness = failedOver();
    harness.clouds.comeBack("gra");
    harness.simulation.run(Duration.ofMinutes(5));

    assertThat(isStopped(harness)).isTrue();
    assertThat(harness.clouds.asked("gra")).containsExactly("stop web");
    assertThat(running(harness, "web")).isEqualTo(1);
    assertThat(harness.told())
        .containsSubsequence(
            "Server web is ready in syd / R1.",
            "Server web, which was replaced while its cloud was lost, is being stopped in gra / R1.",
            "Server web, which was replaced while its cloud was lost, is stopped in gra / R1.");
    harness.simulation.run(Duration.ofHours(2));
    assertThat(harness.inClouds()).filteredOn(thing -> thing.endsWith("@gra")).hasSize(3);
    assertThat(harness.stack().health()).isEqualTo(StackHealth.HEALTHY);
  }

  @Test
  void removesWhatWasReplacedWhenItIsToAndStopsItBefore() {
    EngineHarness harness = failedOver();
    harness.store.removeReplaced(GRA);
    harness.simulation.run(Duration.ofMinutes(30));
    assertThat(harness.clouds.asked("gra")).isEmpty();

    harness.clouds.comeBack("gra");
    harness.simulation.run(Duration.ofMinutes(5));
    assertThat(harness.clouds.asked("gra").get(0)).isEqualTo("stop web");
    assertThat(harness.clouds.asked("gra").subList(1, harness.clouds.asked("gra").size()))
        .allMatch(asked -> asked.startsWith("delete "));
    harness.assertAllIsAsWished();
    assertThat(harness.status()).isEqualTo(StackStatus.UPDATED);
  }

  @Test
  void stopsBeforeAllElseThereAlsoWhenTheCloudComesBackInTheMiddle() {
    EngineHarness harness = dark();
    harness.clouds.buildTime(Duration.ofMinutes(5));
    harness.failOver(without(), "gra");
    harness.simulation.run(Duration.ofMinutes(1));
    harness.clouds.comeBack("gra");
    assertThat(harness.settles(HOUR)).isTrue();

    assertThat(isStopped(harness)).isTrue();
    assertThat(harness.clouds.asked("gra")).containsExactly("stop web");
    assertThat(harness.status()).isEqualTo(StackStatus.UPDATED);
  }

  @Test
  void whatNobodyGaveUpIsLeftAloneWhenItsCloudComesBack() {
    EngineHarness harness = dark();
    harness.simulation.run(Duration.ofMinutes(25));
    assertThat(harness.stack().health().state()).isEqualTo(StackHealth.State.UNREACHABLE);
    assertThat(harness.status()).isEqualTo(StackStatus.CREATED);
    harness.clouds.comeBack("gra");
    harness.simulation.run(Duration.ofMinutes(5));

    assertThat(harness.stack().health()).isEqualTo(StackHealth.HEALTHY);
    assertThat(harness.clouds.asked("gra")).isEmpty();
    assertThat(running(harness, "web")).isEqualTo(1);
    assertThat(harness.parts()).allMatch(part -> part.goal() == Goal.PRESENT);
  }

  @Test
  void whatIsDeletedWhileItsCloudIsSilentGoesWhenItIsBack() {
    EngineHarness harness = failedOver();
    harness.delete();
    harness.simulation.run(Duration.ofMinutes(10));
    assertThat(harness.status()).isEqualTo(StackStatus.DELETING);
    harness.clouds.comeBack("gra");
    assertThat(harness.settles(HOUR)).isTrue();
    assertThat(harness.status()).isEqualTo(StackStatus.DELETED);
    assertThat(harness.inClouds()).isEmpty();
  }

  @Test
  void whatItsCloudHasLostIsNoMore() {
    EngineHarness harness = failedOver();
    harness.clouds.comeBack("gra");
    harness.clouds.vanishFrom("gra");
    harness.simulation.run(Duration.ofMinutes(10));
    assertThat(replaced(harness)).isEmpty();
    harness.assertAllIsAsWished();
    // A look does not show what was made beside them.
    assertThat(harness.clouds.asked("gra")).contains("delete web", "delete port");
  }

  /** It came late, and nobody ever knew of it: it is neither what ran there nor counted. */
  @Test
  void theDoubleOfWhatWasReplacedGoesOnceAllIsStopped() {
    EngineHarness harness = failedOver();
    harness.clouds.twice("web");
    harness.clouds.comeBack("gra");
    harness.simulation.run(Duration.ofMinutes(10));

    assertThat(isStopped(harness)).isTrue();
    assertThat(harness.inClouds()).filteredOn(thing -> thing.contains("web#1@gra")).hasSize(1);
    assertThat(replaced(harness)).isNotEmpty();
    assertThat(harness.clouds.asked("gra"))
        .startsWith("stop web")
        .noneMatch(asked -> asked.startsWith("delete "));
  }

  @Test
  void goesBackToTheCloudByAPlanOnlyAndWhatWasReplacedMakesRoom() {
    EngineHarness harness = failedOver();
    harness.clouds.comeBack("gra");
    harness.simulation.run(Duration.ofMinutes(5));
    harness.update(shop(), false);
    assertThat(harness.settles(HOUR)).isTrue();
    assertThat(harness.status())
        .as(harness.stack().reason().toString())
        .isEqualTo(StackStatus.UPDATED);
    harness.simulation.run(Duration.ofMinutes(15));
    harness.assertAllIsAsWished();
    assertThat(running(harness, "web")).isEqualTo(1);
  }

  /** A rehearsal: the cloud is given up though it answers. */
  @Test
  void aCloudThatAnswersIsGivenUpAsALostOneAndComesBackToWithNothingLeft() {
    EngineHarness harness = StackReconcilerTest.created();
    harness.clouds.letPortsGo();
    harness.clouds.forgetAsked();
    harness.failOver(without(), "gra");
    assertThat(harness.settles(HOUR)).isTrue();
    harness.simulation.run(Duration.ofMinutes(5));

    assertThat(harness.status()).isEqualTo(StackStatus.UPDATED);
    assertThat(harness.clouds.asked("gra")).containsExactly("stop web");
    assertThat(isStopped(harness)).isTrue();
    assertThat(running(harness, "web")).isEqualTo(1);

    harness.update(shop(), true);
    assertThat(harness.settles(HOUR)).isTrue();
    assertThat(harness.status())
        .as(harness.stack().reason().toString())
        .isEqualTo(StackStatus.UPDATED);
    harness.store.removeReplaced(GRA);
    harness.simulation.run(Duration.ofMinutes(15));
    harness.assertAllIsAsWished();
    assertThat(running(harness, "web")).isEqualTo(1);
    assertThat(replaced(harness)).isEmpty();
  }

  @Test
  void doesNothingElseThereWhileWhatWasReplacedCannotBeStoppedNow() {
    EngineHarness harness = failedOver();
    harness.store.removeReplaced(GRA);
    harness.clouds.refuseStops(
        Optional.of(new FederationFault(FaultCode.CONFLICT, Phrase.verbatim("It is locked."))));
    harness.clouds.comeBack("gra");
    harness.simulation.run(Duration.ofMinutes(10));
    assertThat(harness.clouds.asked("gra")).isNotEmpty().allMatch("stop web"::equals);
    assertThat(harness.told()).anyMatch(text -> text.contains("It is locked."));

    harness.clouds.refuseStops(Optional.empty());
    harness.simulation.run(Duration.ofMinutes(10));
    harness.assertAllIsAsWished();
  }

  @Test
  void whatIsLockedForLongHoldsUpNothingElseThere() {
    EngineHarness harness = failedOver();
    harness.store.removeReplaced(GRA);
    harness.clouds.refuseStops(
        Optional.of(new FederationFault(FaultCode.CONFLICT, Phrase.verbatim("It is locked."))));
    harness.clouds.comeBack("gra");
    harness.simulation.run(Duration.ofMinutes(25));
    assertThat(harness.clouds.asked("gra")).isNotEmpty().allMatch("stop web"::equals);
    harness.simulation.run(Duration.ofMinutes(30));
    assertThat(harness.told())
        .filteredOn(text -> text.contains("still cannot be stopped"))
        .as("once")
        .hasSize(1);
    harness.assertAllIsAsWished();
  }

  @Test
  void tellsOfWhatItsCloudNeverStopsAndLetsItBeRemoved() {
    EngineHarness harness = failedOver();
    harness.clouds.refuseStops(
        Optional.of(new FederationFault(FaultCode.CLOUD_REJECTED, Phrase.verbatim("Never."))));
    harness.clouds.comeBack("gra");
    harness.simulation.run(Duration.ofMinutes(10));
    assertThat(harness.told())
        .filteredOn(text -> text.contains("could not be stopped in gra / R1. Never."))
        .as("once")
        .hasSize(1);
    assertThat(harness.inClouds()).filteredOn(thing -> thing.endsWith("@gra")).hasSize(3);

    harness.store.removeReplaced(GRA);
    harness.simulation.run(Duration.ofMinutes(10));
    harness.assertAllIsAsWished();
  }

  /** Whatever step it is killed at, another engine goes on, and the same comes of it. */
  @Test
  void survivesBeingKilledAtEachStep() {
    long steps = interactionsOfAll();
    assertThat(steps).isGreaterThan(30);
    for (long step = 1; step <= steps; step++) {
      EngineHarness harness = dark();
      harness.killAt(step);
      harness.failOver(without(), "gra");
      harness.simulation.run(Duration.ofMinutes(1));
      harness.startEngine();
      assertThat(harness.settles(HOUR)).as("killed at " + step).isTrue();
      assertThat(harness.clouds.asked("gra")).as("killed at " + step).isEmpty();
      harness.clouds.comeBack("gra");
      harness.simulation.run(Duration.ofMinutes(3));
      harness.startEngine();
      harness.simulation.run(Duration.ofMinutes(2));
      assertThat(harness.clouds.asked("gra"))
          .as("killed at " + step)
          .isNotEmpty()
          .allMatch("stop web"::equals);
      assertThat(isStopped(harness)).as("killed at " + step).isTrue();
      assertThat(running(harness, "web")).as("killed at " + step).isEqualTo(1);
      harness.store.removeReplaced(GRA);
      harness.simulation.run(Duration.ofMinutes(4));
      harness.assertAllIsAsWished();
    }
  }

  private static long interactionsOfAll() {
    EngineHarness harness = dark();
    long before = harness.interactions();
    harness.failOver(without(), "gra");
    assertThat(harness.settles(HOUR)).isTrue();
    harness.clouds.comeBack("gra");
    assertThat(
            harness.simulation.runUntil(
                () -> harness.parts().stream().noneMatch(StackPart::mayStillRun), HOUR))
        .isTrue();
    return harness.interactions() - before;
  }

  @Test
  void survivesBadWeatherOnTheWayBack() {
    for (long seed = 1; seed <= 5; seed++) {
      EngineHarness harness = new EngineHarness(seed, shop());
      harness.startEngine();
      assertThat(harness.settles(HOUR)).isTrue();
      harness.clouds.goAway("gra");
      harness.simulation.run(Duration.ofMinutes(2));
      harness.clouds.forgetAsked();
      harness.failOver(without(), "gra");
      harness.clouds.badWeather(0.2);
      harness.settles(HOUR);
      harness.clouds.comeBack("gra");
      harness.simulation.run(Duration.ofMinutes(20));
      harness.clouds.goodWeather();
      harness.simulation.run(Duration.ofMinutes(40));
      assertThat(isStopped(harness)).as("seed " + seed).isTrue();
      assertThat(harness.clouds.asked("gra")).as("seed " + seed).allMatch("stop web"::equals);
      List<Thing> left =
          harness.clouds.things().stream().filter(thing -> thing.part.cloud().equals(GRA)).toList();
      assertThat(left).as("seed " + seed).hasSize(3);
    }
  }
}
