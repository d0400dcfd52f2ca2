package io.isthmus.domain.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.PartState;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.stack.engine.TestStacks;
import io.isthmus.domain.stack.store.TransactionPerCall;
import io.isthmus.domain.start.TestDatabase;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks, and what they compare with, in a real database. */
class LeakStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-28T00:00:00Z");
  private static final CloudId GRA = new CloudId("gra");

  private final TestDatabase database = TestDatabase.create();
  private final LeakStore store = new LeakStore(database.dataSource());
  private final StackStore stacks = new TransactionPerCall(database.dataSource()).stacks();

  @BeforeEach
  void letIn() {
    database.execute(
        "insert into tenant (name) values ('acme');"
            + " insert into project (id, tenant, name) values ('acme/demo', 'acme', 'demo');"
            + " insert into cloud_operator (id, name) values ('x', 'X');"
            + " insert into cloud (id, name, operator, hue, auth_url, endpoint_interface, facts)"
            + " values ('gra', 'gra', 'x', 1, 'https://x', 'public', '{}');"
            + " insert into cloud_access (project, cloud, regions, credential)"
            + " values ('acme/demo', 'gra', '[]', 'x')");
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Stack stack() {
    Stack stack = TestStacks.stack("shop", NOW, UUID.randomUUID());
    stacks.add(
        stack,
        new TestStacks()
            .add("web", TestStacks.SERVER, "gra").parts(NOW).stream()
                .map(part -> part.with(complete(part.state())))
                .toList(),
        Phrase.verbatim("asked"));
    return stack;
  }

  private static PartState complete(PartState state) {
    return state
        .asking(StackStatus.CREATING, Optional.of(JsonObject.EMPTY_JSON_OBJECT), NOW)
        .known(Optional.of("server"), Optional.of("ACTIVE"), JsonObject.EMPTY_JSON_OBJECT, NOW)
        .in(StackStatus.CREATED, StackHealth.HEALTHY, NOW);
  }

  @Test
  void knowsPartsAndWhereTheyHaveToBe() {
    Stack stack = stack();
    StackId stranger = new StackId(UUID.randomUUID());

    assertThat(store.known(List.of(stack.id(), stranger))).containsExactly(stack.id());
    List<KnownPart> parts = store.parts(List.of(stack.id()));
    assertThat(parts).hasSize(1);
    KnownPart part = parts.get(0);
    assertThat(part.is("server")).isTrue();
    assertThat(part.mustBeThere()).isTrue();
    assertThat(part.mark().resource()).isEqualTo("web");
    assertThat(store.partsOf(List.of(TestStacks.SERVER))).isEqualTo(parts);
    assertThat(store.required(stack.project(), GRA, part.region())).isEqualTo(parts);
    assertThat(store.required(stack.project(), GRA, "elsewhere")).isEmpty();
    assertThat(store.presences())
        .containsExactly(new LeakFacts.Presence(stack.project(), GRA, part.region()));
  }

  @Test
  void holdsAStackThatNobodyElseHolds() {
    StackId stack = stack().id();

    long fence = store.hold(stack, "leaks", NOW, NOW.plusSeconds(60)).orElseThrow();

    assertThat(store.keep(stack, fence, NOW, NOW.plusSeconds(90))).isTrue();
    assertThat(store.hold(stack, "other", NOW, NOW.plusSeconds(60))).isEmpty();
    assertThat(stacks.lease("engine", NOW, Duration.ofMinutes(1))).isEmpty();
    assertThat(store.keep(stack, fence, NOW.plusSeconds(91), NOW.plusSeconds(120))).isFalse();
    store.letGo(stack, fence);
    assertThat(store.keep(stack, fence, NOW, NOW.plusSeconds(90))).isFalse();
    assertThat(stacks.lease("engine", NOW, Duration.ofMinutes(1)))
        .hasValueSatisfying(lease -> assertThat(lease.stack()).isEqualTo(stack));
    assertThat(store.hold(stack, "leaks", NOW, NOW.plusSeconds(60))).isEmpty();
  }

  @Test
  void keepsChecksOneAtATime() {
    LeakCheck first = LeakCheck.begun(UUID.randomUUID(), "admin", NOW);
    assertThat(store.begin(first, "one")).isTrue();
    assertThat(store.begin(LeakCheck.begun(UUID.randomUUID(), "admin", NOW), "two")).isFalse();
    Finding finding =
        new Finding(
            "f1",
            Finding.Kind.LEAKED,
            GRA,
            "R1",
            TestStacks.PROJECT,
            TestStacks.VOLUME,
            "v1",
            "data",
            Optional.of("mark"),
            Optional.of(new StackId(UUID.randomUUID())),
            Optional.of("shop"),
            Optional.of("data"),
            Phrase.of("leak.copy-gone"),
            Finding.Repair.NONE,
            Optional.of(Phrase.of("leak.gone-already")));
    Unseen unseen =
        new Unseen(
            GRA, Optional.empty(), TestStacks.PROJECT, Optional.empty(), Phrase.verbatim("dark"));
    LeakCheck done =
        new LeakCheck(
            first.id(),
            LeakCheck.State.DONE,
            "admin",
            NOW,
            Optional.of(NOW.plusSeconds(3)),
            1,
            1,
            2,
            3,
            4,
            List.of(finding),
            5,
            List.of(unseen));
    assertThat(store.write(done, "one", NOW)).isTrue();
    assertThat(store.find(first.id(), NOW)).contains(done);
    assertThat(store.write(done, "one", NOW)).as("a check that is over").isFalse();

    assertThat(store.beginRepair(LeakChecks.choose(done, Set.of("f1")), "three", NOW)).isTrue();
    assertThat(store.newest(NOW))
        .singleElement()
        .satisfies(
            check -> {
              assertThat(check.state()).isEqualTo(LeakCheck.State.REPAIRING);
              assertThat(check.findings().get(0).repair()).isEqualTo(Finding.Repair.CHOSEN);
            });
    Instant later = NOW.plus(LeakStore.SILENCE).plusSeconds(1);
    assertThat(store.newest(later).get(0).state()).isEqualTo(LeakCheck.State.INTERRUPTED);
    assertThat(store.begin(LeakCheck.begun(UUID.randomUUID(), "admin", later), "two")).isTrue();
  }

  @Test
  void whoWasTakenForDeadWritesNothingOverWhatWasBegunAfterIt() {
    LeakCheck check = LeakCheck.begun(UUID.randomUUID(), "admin", NOW);
    store.begin(check, "one");
    Instant later = NOW.plus(LeakStore.SILENCE).plusSeconds(1);
    assertThat(store.touch(check.id(), "one", NOW.plusSeconds(30))).isTrue();
    assertThat(store.beginRepair(check, "two", NOW.plusSeconds(40))).as("it is alive").isFalse();
    assertThat(store.beginRepair(check, "two", later.plusSeconds(30))).isTrue();

    assertThat(store.touch(check.id(), "one", later)).isFalse();
    assertThat(store.write(check, "one", later)).isFalse();
    assertThat(store.find(check.id(), later).orElseThrow().state())
        .isEqualTo(LeakCheck.State.REPAIRING);
    assertThat(store.touch(check.id(), "two", later)).isTrue();
  }

  @Test
  void isWrittenNowAndThenAndLivesHoweverLongItTakes() {
    Instant[] now = {NOW};
    Clock clock =
        new Clock() {
          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return now[0];
          }
        };
    LeakCheck check = LeakCheck.begun(UUID.randomUUID(), "admin", NOW);
    store.begin(check, "one");
    LeakProgress progress = new LeakProgress(store, check, "one", clock);
    AtomicInteger asked = new AtomicInteger();
    for (int second = 0; second < 360; second++) {
      for (int call = 0; call < 10; call++) {
        progress.tell(
            () -> {
              asked.incrementAndGet();
              return check;
            });
      }
      now[0] = now[0].plusSeconds(1);
    }
    assertThat(store.find(check.id(), now[0]).orElseThrow().state())
        .isEqualTo(LeakCheck.State.RUNNING);
    assertThat(asked.get()).as("reports that were put together").isEqualTo(180);

    Instant silent = now[0].plus(LeakStore.SILENCE).plusSeconds(1);
    store.beginRepair(check, "two", silent);
    now[0] = silent;
    assertThatThrownBy(() -> progress.tell(() -> check)).isInstanceOf(IllegalStateException.class);
    progress.breakOff();
    assertThat(store.find(check.id(), silent).orElseThrow().state())
        .isEqualTo(LeakCheck.State.REPAIRING);
  }

  @Test
  void remembersMarksOfCopiesThatAreGone() {
    database.execute(
        "insert into image_copy_gone (mark, sha512) values ('m1', 'ABC'), ('m2', null)");

    assertThat(store.copies(List.of("m1", "m3")))
        .singleElement()
        .satisfies(
            copy -> {
              assertThat(copy.gone()).isTrue();
              assertThat(copy.settled()).isTrue();
              assertThat(copy.digests()).containsExactly("abc");
            });
  }
}
