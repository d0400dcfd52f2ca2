package io.isthmus.domain.stack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Relocation;
import io.isthmus.domain.stack.InMemoryStackStore;
import io.isthmus.domain.stack.Lease;
import io.isthmus.domain.stack.engine.QueueReady.Finding;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class QueueReadyTest {

  private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

  private final InMemoryStackStore store = new InMemoryStackStore();

  @Test
  void isUpWhileTheQueueIsLookedInto() {
    Finding finding = look(pulse(29, true), store);

    assertThat(finding.failure()).isEmpty();
    assertThat(finding.backlog().orElseThrow().stacks()).isZero();
  }

  @Test
  void isDownWhenNobodyHasLookedForLong() {
    assertThat(look(pulse(31, true), store).failure()).hasValue("not looked into for 31 s");
  }

  @Test
  void tellsWhyTheQueueCannotBeRead() {
    Pulse failed = new Pulse(NOW, true, Optional.of("connection refused"));

    assertThat(look(failed, store).failure()).hasValue("connection refused");
  }

  @Test
  void isDownWhenTheBacklogCannotBeRead() {
    InMemoryStackStore broken =
        new InMemoryStackStore() {
          @Override
          public synchronized Backlog backlog(Instant now) {
            throw new IllegalStateException("canceling statement due to statement timeout");
          }
        };

    assertThat(look(pulse(0, true), broken).failure().orElseThrow()).contains("timeout");
  }

  @Test
  void isDownWhenWhatIsDueIsNotTakenAlthoughThereIsRoom() {
    due(61);

    assertThat(look(pulse(0, true), store).failure())
        .hasValue("a stack waits for 61 s and is not taken");
  }

  @Test
  void isUpWhenWorkWaitsOnlyBecauseAllHandsAreFull() {
    due(61);

    Finding finding = look(pulse(0, false), store);

    assertThat(finding.failure()).isEmpty();
    assertThat(finding.backlog().orElseThrow().stacks()).isEqualTo(1);
  }

  @Test
  void goesOnLookingAfterTheDatabaseWasAway() {
    Simulation simulation = new Simulation(1);
    boolean[] away = {true};
    InMemoryStackStore moody =
        new InMemoryStackStore() {
          @Override
          public synchronized Optional<Lease> lease(String owner, Instant now, Duration length) {
            if (away[0]) {
              throw new IllegalStateException("the database refused");
            }
            return super.lease(owner, now, length);
          }
        };
    StackReconciler reconciler =
        new StackReconciler(
            new Engine(
                "engine",
                EngineLimits.DEFAULT,
                simulation.clock(),
                simulation.process(),
                simulation.random(),
                moody,
                stack -> new TestStacks().graph(),
                (stack, graph, standing) -> new Relocation.Stays(),
                (project, cloud) -> Optional.empty(),
                new Drivers(List.of())),
            10,
            Duration.ofSeconds(1));
    reconciler.start();
    simulation.run(Duration.ofSeconds(10));
    assertThat(reconciler.pulse().failure()).hasValue("the database refused");

    away[0] = false;
    simulation.run(Duration.ofSeconds(2));

    assertThat(reconciler.pulse().failure()).isEmpty();
    assertThat(reconciler.pulse().hasRoom()).isTrue();
  }

  private void due(int secondsAgo) {
    store.add(
        TestStacks.stack("shop", NOW.minusSeconds(secondsAgo), new UUID(7, 7)),
        new TestStacks().add("net", TestStacks.NET, "gra").parts(NOW),
        Phrase.verbatim("asked for"));
  }

  private static Pulse pulse(int secondsAgo, boolean hasRoom) {
    return new Pulse(NOW.minusSeconds(secondsAgo), hasRoom, Optional.empty());
  }

  private static Finding look(Pulse pulse, InMemoryStackStore store) {
    return new QueueReady(() -> pulse, store, Clock.fixed(NOW, ZoneOffset.UTC)).look();
  }
}
