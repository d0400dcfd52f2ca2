package io.isthmus.domain.stack.engine;

import static io.isthmus.domain.stack.engine.StackReconcilerTest.HOUR;
import static io.isthmus.domain.stack.engine.StackReconcilerTest.assertExactlyOneOfEach;
import static io.isthmus.domain.stack.engine.StackReconcilerTest.created;
import static io.isthmus.domain.stack.engine.StackReconcilerTest.shop;
import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.stack.StackEvent;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a cloud has no room for, or answers with errors of its own, goes to another place. */
class MovingTest {

  @Test
  void takesWhatAFullCloudRefusesToAnotherWithAllThatHasToBeWithIt() {
    EngineHarness harness = new EngineHarness(1, shop());
    harness.clouds.fill("bhs");
    harness.startEngine();
    assertThat(harness.settles(HOUR)).isTrue();

    assertThat(harness.status()).isEqualTo(StackStatus.CREATED);
    harness.simulation.run(Duration.ofMinutes(2));
    assertExactlyOneOfEach(harness);
    assertThat(harness.inClouds())
        .as("the network went with its server")
        .hasSize(5)
        .allMatch(thing -> thing.endsWith("@gra"));
    assertThat(harness.told())
        .contains("Server db goes to gra / R1 instead of bhs / R1. No valid host was found.");
    assertThat(harness.store.refusals(harness.stack().id()))
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.resource()).isEqualTo("db");
              assertThat(refusal.place().cloud().text()).isEqualTo("bhs");
              assertThat(refusal.code()).isEqualTo(FaultCode.CLOUD_FULL);
            });
  }

  @Test
  void doesNotGoWhereOthersHaveTakenTheLastPlaceMeanwhile() {
    EngineHarness harness = new EngineHarness(1, shop());
    harness.clouds.fill("bhs");
    harness.othersWereFirst = true;
    harness.startEngine();
    assertThat(harness.settles(HOUR)).isTrue();

    assertThat(harness.turns).isEqualTo(1);
    assertThat(harness.status()).isEqualTo(StackStatus.CREATE_FAILED);
    assertThat(harness.stack().reason().toString())
        .contains("No other place is left for it. Others were first.");
    assertThat(harness.inClouds()).noneMatch(thing -> thing.contains("db#"));

    harness.othersWereFirst = false;
    harness.retry();
    assertThat(harness.settles(HOUR)).isTrue();
    assertThat(harness.status()).isEqualTo(StackStatus.CREATED);
    assertThat(harness.turns).isEqualTo(2);
    harness.simulation.run(Duration.ofMinutes(2));
    assertExactlyOneOfEach(harness);
  }

  @Test
  void saysThatNoPlaceIsLeftAndTriesAllAgainWhenItIsTakenUpAgain() {
    EngineHarness harness = new EngineHarness(1, shop());
    TestStacks.CLOUDS.forEach(harness.clouds::fill);
    harness.startEngine();
    assertThat(harness.settles(HOUR)).isTrue();

    assertThat(harness.status()).isEqualTo(StackStatus.CREATE_FAILED);
    assertThat(harness.stack().reason().toString())
        .contains("No other place is left for it. All clouds are full.");
    assertThat(harness.parts())
        .anyMatch(
            part ->
                part.state()
                    .trouble()
                    .map(Trouble::code)
                    .equals(Optional.of(FaultCode.CLOUD_FULL)));

    TestStacks.CLOUDS.forEach(harness.clouds::makeRoom);
    harness.retry();
    assertThat(harness.settles(HOUR)).isTrue();
    assertThat(harness.status()).isEqualTo(StackStatus.CREATED);
    harness.simulation.run(Duration.ofMinutes(2));
    assertExactlyOneOfEach(harness);
  }

  @Test
  void takesElsewhereWhatACloudAnswersTimeAndAgainWithErrorsOfItsOwn() {
    EngineHarness harness = new EngineHarness(1, shop());
    harness.clouds.err("bhs");
    harness.startEngine();
    assertThat(harness.settles(Duration.ofMinutes(3))).isTrue();

    assertThat(harness.status()).isEqualTo(StackStatus.CREATED);
    harness.simulation.run(Duration.ofMinutes(2));
    assertExactlyOneOfEach(harness);
    assertThat(harness.inClouds()).hasSize(5).allMatch(thing -> thing.endsWith("@gra"));
    assertThat(harness.told())
        .contains(
            "Server db goes to gra / R1 instead of bhs / R1."
                + " An unexpected error prevented the server from fulfilling your request.");
    assertThat(harness.store.refusals(harness.stack().id()))
        .singleElement()
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(FaultCode.CLOUD_UNAVAILABLE));
  }

  @Test
  void asksCloudsInTheNameOfTheRequestAndKeepsTheirOwnIdsOfWhatWentWrong() {
    EngineHarness harness = new EngineHarness(1, shop());
    harness.clouds.err("bhs");
    harness.startEngine();
    assertThat(harness.settles(HOUR)).isTrue();

    assertThat(harness.clouds.requests()).containsExactly(Optional.of(harness.stack().request()));
    List<StackEvent> events = harness.store.events(harness.stack().id(), 0, 1000);
    assertThat(events)
        .allMatch(event -> event.request().equals(Optional.of(harness.stack().request())));
    assertThat(events)
        .filteredOn(event -> event.cloudRequest().isPresent())
        .extracting(event -> event.phrase().key() + " " + event.cloudRequest().get())
        .containsExactly("stack.again req-theirs", "stack.moving req-theirs");
  }

  @Test
  void asksOnWhereThereIsNoOtherPlaceThanOneThatAnswersWithErrors() {
    EngineHarness harness = new EngineHarness(1, shop());
    TestStacks.CLOUDS.forEach(harness.clouds::err);
    harness.startEngine();
    harness.simulation.run(Duration.ofMinutes(20));
    assertThat(harness.status()).isEqualTo(StackStatus.CREATING);

    TestStacks.CLOUDS.forEach(harness.clouds::errNoMore);
    assertThat(harness.settles(Duration.ofMinutes(2))).isTrue();

    assertThat(harness.status()).isEqualTo(StackStatus.CREATED);
    harness.simulation.run(Duration.ofMinutes(15));
    assertExactlyOneOfEach(harness);
  }

  @Test
  void keepsWhatAnErringCloudHasMadeAllTheSame() {
    EngineHarness harness = new EngineHarness(1, shop());
    harness.clouds.errAfterTheEffect("bhs");
    harness.startEngine();
    assertThat(harness.settles(HOUR)).isTrue();

    assertThat(harness.status()).isEqualTo(StackStatus.CREATED);
    assertExactlyOneOfEach(harness);
    assertThat(harness.inClouds()).anyMatch(thing -> thing.contains("db#1@bhs"));
    assertThat(harness.store.refusals(harness.stack().id())).isEmpty();
  }

  @Test
  void survivesBeingKilledAtEachStepOfAMove() {
    long interactions = killedAt(Long.MAX_VALUE);
    for (long kill = 1; kill <= interactions; kill++) {
      killedAt(kill);
    }
  }

  private static long killedAt(long kill) {
    EngineHarness harness = new EngineHarness(1, shop());
    harness.clouds.fill("bhs");
    harness.killAt(kill);
    Simulation.Process first = harness.startEngine();
    harness.simulation.runUntil(() -> first.isDead() || harness.status().isTerminal(), HOUR);
    harness.startEngine();
    harness.settles(HOUR);
    assertThat(harness.status()).as("kill %d", kill).isEqualTo(StackStatus.CREATED);
    long interactions = harness.interactions();
    harness.simulation.run(Duration.ofMinutes(2));
    assertExactlyOneOfEach(harness);
    assertThat(harness.inClouds()).as("kill %d", kill).hasSize(5);
    return interactions;
  }

  @Test
  void neverMovesWhatWasComplete() {
    EngineHarness harness = created();
    harness.clouds.fill("gra");
    harness.clouds.vanish("web");
    harness.simulation.run(Duration.ofMinutes(10));

    assertThat(harness.status()).isEqualTo(StackStatus.CREATED);
    assertThat(harness.inClouds()).noneMatch(thing -> thing.contains("web"));

    harness.clouds.makeRoom("gra");
    harness.simulation.run(Duration.ofMinutes(10));
    assertThat(harness.inClouds())
        .anyMatch(thing -> thing.contains("web") && thing.endsWith("@gra"));
  }
}
