package io.isthmus.domain.stack.engine;

import static io.isthmus.domain.stack.engine.TestStacks.NET;
import static io.isthmus.domain.stack.engine.TestStacks.PORT;
import static io.isthmus.domain.stack.engine.TestStacks.SERVER;
import static io.isthmus.domain.stack.engine.TestStacks.VOLUME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.StackAction;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Stacks are checked, put to sleep and woken. */
class SleepTest {

  private static final Duration HOUR = Duration.ofHours(1);

  /** The web server needs the gate by way of its port, and the gate needs the database. */
  private static TestStacks house() {
    return new TestStacks()
        .add("net", NET, "gra")
        .add("data", VOLUME, "gra")
        .add("db", SERVER, "gra", "net", "data")
        .add("gate", SERVER, "gra", "net", "db")
        .add("port", PORT, "gra", "net", "gate")
        .add("web", SERVER, "gra", "port");
  }

  private static EngineHarness created() {
    EngineHarness harness = new EngineHarness(1, house());
    harness.startEngine();
    settle(harness, StackStatus.CREATED);
    harness.clouds.forgetAsked();
    return harness;
  }

  private static EngineHarness asleep() {
    EngineHarness harness = created();
    harness.act(StackAction.SUSPEND);
    settle(harness, StackStatus.SUSPENDED);
    return harness;
  }

  private static void settle(EngineHarness harness, StackStatus status) {
    assertThat(harness.settles(HOUR)).isTrue();
    assertThat(harness.status()).as(harness.stack().reason().toString()).isEqualTo(status);
  }

  private static Map<String, StackStatus> statuses(EngineHarness harness) {
    Map<String, StackStatus> statuses = new TreeMap<>();
    harness.parts().stream()
        .filter(part -> part.goal() == StackPart.Goal.PRESENT)
        .forEach(part -> statuses.put(part.id().resource(), part.status()));
    return statuses;
  }

  private static boolean allServersAre(EngineHarness harness, boolean asleep) {
    return harness.clouds.things().stream()
        .filter(thing -> thing.mark.resource().matches("db|gate|web|server.*"))
        .allMatch(thing -> thing.asleep == asleep);
  }

  private static FederationFault never() {
    return new FederationFault(FaultCode.CLOUD_REJECTED, Phrase.verbatim("It never sleeps."));
  }

  @Example
  void servesNoServerThatSleepsAndNeedsOneThatIsAwake() {
    EngineHarness harness = asleep();

    assertThat(harness.clouds.asked("gra"))
        .containsExactly("suspend web", "suspend gate", "suspend db");
    assertThat(statuses(harness))
        .containsEntry("web", StackStatus.SUSPENDED)
        .containsEntry("db", StackStatus.SUSPENDED)
        .containsEntry("net", StackStatus.CREATED)
        .containsEntry("data", StackStatus.CREATED);
    assertThat(harness.stack().health()).isEqualTo(StackHealth.HEALTHY);
    harness.simulation.run(Duration.ofHours(2));
    assertThat(harness.stack().health()).isEqualTo(StackHealth.HEALTHY);

    harness.clouds.forgetAsked();
    harness.act(StackAction.RESUME);
    settle(harness, StackStatus.RESUMED);
    assertThat(harness.clouds.asked("gra"))
        .containsExactly("resume db", "resume gate", "resume web");
    assertThat(harness.told())
        .containsSubsequence(
            "Server web is being put to sleep in gra / R1.",
            "Server web sleeps in gra / R1.",
            "Server gate is being put to sleep in gra / R1.",
            "Server db sleeps in gra / R1.",
            "Server db is being woken in gra / R1.",
            "Server web is awake in gra / R1.");
    assertThat(harness.stack().health()).isEqualTo(StackHealth.HEALTHY);
  }

  @Example
  void isNotChangedWhileItSleepsAndChangedAgainWhenItIsAwake() {
    EngineHarness harness = asleep();
    assertThatThrownBy(harness.stack()::requireRest)
        .isInstanceOfSatisfying(
            FederationFault.class, fault -> assertThat(fault.code()).isEqualTo(FaultCode.CONFLICT));
    harness.act(StackAction.SUSPEND);
    assertThat(harness.status()).isEqualTo(StackStatus.SUSPENDED);

    harness.act(StackAction.RESUME);
    settle(harness, StackStatus.RESUMED);
    harness.update(house().value("web", "new"), false);
    settle(harness, StackStatus.UPDATED);
    harness.assertAllIsAsWished();
    assertThatThrownBy(() -> harness.act(StackAction.RESUME)).isInstanceOf(FederationFault.class);
  }

  @Example
  void makesNothingAnewThatVanishesUntilItWakes() {
    EngineHarness harness = asleep();
    harness.clouds.vanish("web");
    harness.simulation.run(Duration.ofMinutes(30));
    assertThat(harness.inClouds()).noneMatch(thing -> thing.contains(" web#"));
    assertThat(harness.status()).isEqualTo(StackStatus.SUSPENDED);
    assertThat(harness.stack().health().state()).isEqualTo(StackHealth.State.DEGRADED);

    harness.act(StackAction.RESUME);
    settle(harness, StackStatus.RESUMED);
    harness.simulation.run(Duration.ofMinutes(15));
    harness.assertAllIsAsWished();
    assertThat(allServersAre(harness, false)).isTrue();
    assertThat(harness.stack().health()).isEqualTo(StackHealth.HEALTHY);
  }

  @Example
  void putsToSleepWhatIsThereAlsoWhenSomethingIsNot() {
    EngineHarness harness = created();
    harness.clouds.vanish("gate");
    harness.act(StackAction.SUSPEND);
    settle(harness, StackStatus.SUSPENDED);
    assertThat(allServersAre(harness, true)).isTrue();
  }

  @Example
  void saysWhatCannotBePutToSleepAndGoesOnFromThereOrBack() {
    EngineHarness harness = created();
    harness.clouds.refuseSleep("gate", never());
    harness.act(StackAction.SUSPEND);
    settle(harness, StackStatus.SUSPEND_FAILED);
    assertThat(harness.stack().reason())
        .hasToString("Server gate could not be put to sleep in gra / R1. It never sleeps.");
    assertThat(statuses(harness))
        .containsEntry("web", StackStatus.SUSPENDED)
        .containsEntry("gate", StackStatus.SUSPEND_FAILED)
        .containsEntry("db", StackStatus.CREATED);

    harness.clouds.acceptSleep();
    harness.clouds.forgetAsked();
    harness.retry();
    settle(harness, StackStatus.SUSPENDED);
    assertThat(harness.clouds.asked("gra")).containsExactly("suspend gate", "suspend db");

    harness.clouds.refuseSleep("db", never());
    harness.act(StackAction.RESUME);
    settle(harness, StackStatus.RESUME_FAILED);
    assertThat(harness.stack().health().state()).isEqualTo(StackHealth.State.DEGRADED);
    assertThat(harness.stack().isAsleep()).isTrue();
    harness.clouds.acceptSleep();
    harness.act(StackAction.SUSPEND);
    settle(harness, StackStatus.SUSPENDED);
    harness.act(StackAction.RESUME);
    settle(harness, StackStatus.RESUMED);
    assertThat(allServersAre(harness, false)).isTrue();
  }

  @Example
  void isDeletedAlsoWhileItSleeps() {
    EngineHarness harness = asleep();
    harness.delete();
    settle(harness, StackStatus.DELETED);
    assertThat(harness.inClouds()).isEmpty();
  }

  @Example
  void survivesBeingKilledAtEachStep() {
    EngineHarness whole = created();
    long before = whole.interactions();
    whole.act(StackAction.SUSPEND);
    whole.settles(HOUR);
    long interactions = whole.interactions() - before;
    for (long kill = 1; kill <= interactions; kill++) {
      EngineHarness harness = created();
      harness.killAt(kill);
      harness.act(StackAction.SUSPEND);
      harness.simulation.run(Duration.ofMinutes(2));
      harness.startEngine();
      settle(harness, StackStatus.SUSPENDED);
      assertThat(allServersAre(harness, true)).as("kill %d", kill).isTrue();
      harness.act(StackAction.RESUME);
      settle(harness, StackStatus.RESUMED);
      assertThat(allServersAre(harness, false)).as("kill %d", kill).isTrue();
      StackReconcilerTest.assertExactlyOneOfEach(harness);
    }
  }

  @Property(tries = 100, shrinking = ShrinkingMode.OFF)
  void comesWhereItIsWishedInAnyWeather(@ForAll long seed) {
    Random random = new Random(seed);
    EngineHarness harness = new EngineHarness(seed, TestStacks.random(random));
    harness.startEngine();
    settle(harness, StackStatus.CREATED);
    harness.clouds.badWeather(random.nextDouble() / 4);
    for (StackAction action :
        new StackAction[] {StackAction.SUSPEND, StackAction.CHECK, StackAction.RESUME}) {
      harness.act(action);
      Simulation.Process process = harness.startEngine();
      harness.simulation.run(Duration.ofSeconds(random.nextInt(60)));
      process.kill();
      harness.startEngine();
      assertThat(harness.settles(Duration.ofHours(3))).as("%s", action).isTrue();
      if (action != StackAction.CHECK) {
        assertThat(harness.status()).isIn(StackStatus.SUSPENDED, StackStatus.RESUMED);
        assertThat(
                harness.parts().stream()
                    .filter(part -> part.goal() == StackPart.Goal.PRESENT)
                    .filter(StackPart::isSuspendable)
                    .filter(part -> part.status().isOfSleep()))
            .allMatch(part -> part.status().action() == action);
      }
    }
  }

  @Example
  void aCheckLooksAtAllAndChangesNothing() {
    EngineHarness harness = created();
    int calls = harness.clouds.calls();
    harness.act(StackAction.CHECK);
    settle(harness, StackStatus.CHECKED);
    assertThat(harness.clouds.calls() - calls).as("one list for each type").isEqualTo(4);
    assertThat(harness.clouds.asked("gra")).isEmpty();

    harness.clouds.breakNow("db");
    harness.act(StackAction.CHECK);
    settle(harness, StackStatus.CHECK_FAILED);
    assertThat(harness.stack().reason().toString())
        .contains("“shop” found something wrong with db");
    assertThat(harness.stack().health().state()).isEqualTo(StackHealth.State.DEGRADED);
    harness.clouds.mend("db");
    harness.retry();
    settle(harness, StackStatus.CHECKED);
    assertThat(harness.stack().health()).isEqualTo(StackHealth.HEALTHY);
  }

  @Example
  void aCheckSaysWhatIsMissingAndItsStacksChoiceMakesItAnewAfter() {
    EngineHarness harness = created();
    harness.clouds.vanish("web");
    harness.act(StackAction.CHECK);
    assertThat(
            harness.simulation.runUntil(
                () -> harness.status().equals(StackStatus.CHECK_FAILED), HOUR))
        .isTrue();
    assertThat(harness.stack().reason().toString()).contains("web");
    harness.simulation.run(Duration.ofMinutes(15));
    assertThat(harness.status()).isEqualTo(StackStatus.CHECK_FAILED);
    assertThat(harness.stack().health()).isEqualTo(StackHealth.HEALTHY);
    harness.assertAllIsAsWished();
  }

  @Example
  void aCheckFailsWhereACloudCannotBeAsked() {
    EngineHarness harness = created();
    harness.clouds.goAway("gra");
    harness.act(StackAction.CHECK);
    settle(harness, StackStatus.CHECK_FAILED);
    assertThat(harness.stack().health().state()).isEqualTo(StackHealth.State.UNREACHABLE);
    harness.clouds.comeBack("gra");
    harness.act(StackAction.CHECK);
    settle(harness, StackStatus.CHECKED);
  }

  @Example
  void aCheckOfWhatSleepsLeavesItAsleep() {
    EngineHarness harness = asleep();
    harness.act(StackAction.CHECK);
    settle(harness, StackStatus.CHECKED);
    assertThat(harness.stack().isAsleep()).isTrue();
    harness.act(StackAction.RESUME);
    settle(harness, StackStatus.RESUMED);
    assertThat(allServersAre(harness, false)).isTrue();
  }
}
