package io.isthmus.domain.stack.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.AuditRecord;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Measure;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.cloud.PriceItem;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.image.ImageUses;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.keypair.KeyPairUses;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.placement.Refusal;
import io.isthmus.domain.quota.Consumption;
import io.isthmus.domain.stack.InMemoryStackStore;
import io.isthmus.domain.stack.Lease;
import io.isthmus.domain.stack.LeaseLost;
import io.isthmus.domain.stack.PartChange;
import io.isthmus.domain.stack.PartCount;
import io.isthmus.domain.stack.ProjectEvent;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackAction;
import io.isthmus.domain.stack.StackChange;
import io.isthmus.domain.stack.StackChange.Happening;
import io.isthmus.domain.stack.StackChange.Header;
import io.isthmus.domain.stack.StackCourse;
import io.isthmus.domain.stack.StackEvent;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackPresence;
import io.isthmus.domain.stack.StackRevision;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.stack.StackUpdate;
import io.isthmus.domain.stack.TestUpdates;
import io.isthmus.domain.stack.Trouble;
import io.isthmus.domain.stack.engine.TestStacks;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.trace.RequestId;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The store's contract: the database and its stand-in in memory keep the same. */
class StackStoreTest {

  enum Kind {
    POSTGRESQL,
    MEMORY
  }

  private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");
  private static final Duration LEASE = Duration.ofSeconds(30);

  private Optional<TestDatabase> database = Optional.empty();

  @AfterEach
  void close() {
    database.ifPresent(TestDatabase::close);
  }

  private StackStore store(Kind kind) {
    if (kind == Kind.MEMORY) {
      return new InMemoryStackStore();
    }
    database = Optional.of(TestDatabase.create());
    TransactionPerCall transactions = new TransactionPerCall(database.get().dataSource());
    return transactions.stacks();
  }

  private static Stack added(StackStore store, String name, int second) {
    Stack stack = TestStacks.stack(name, NOW.plusSeconds(second), UUID.randomUUID());
    store.add(stack, parts(), Phrase.of("stack.requested", name, "alice"));
    return stack;
  }

  private static List<StackPart> parts() {
    return new TestStacks()
        .add("net", TestStacks.NET, "gra")
        .stretch("net", "bhs")
        .add("web", TestStacks.SERVER, "gra", "net")
        .parts(NOW);
  }

  private static Lease leased(StackStore store) {
    return store.lease("one", NOW.plusSeconds(60), LEASE).orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void tellsWhatIsDueAndHeldByNobody(Kind kind) {
    StackStore store = store(kind);
    added(store, "shop", 0);
    added(store, "blog", 5);
    Instant later = NOW.plusSeconds(60);

    assertThat(store.backlog(NOW.minusSeconds(1)).stacks()).isZero();
    assertThat(store.backlog(later)).isEqualTo(new StackStore.Backlog(2, Optional.of(NOW)));

    Lease lease = leased(store);
    assertThat(store.backlog(later))
        .isEqualTo(new StackStore.Backlog(1, Optional.of(NOW.plusSeconds(5))));
    store.release(lease, Optional.empty());
    assertThat(store.backlog(later).stacks()).isEqualTo(1);
  }

  @Test
  void whatCannotBeAuditedIsNotWritten() {
    database = Optional.of(TestDatabase.create());
    StackStore store =
        new TransactionPerCall(database.get().dataSource())
            .stacks(
                record -> {
                  throw new FederationFault(
                      FaultCode.AUDIT_UNAVAILABLE, Phrase.of("audit.unavailable"));
                });
    Stack stack = added(store, "shop", 0);
    StackPart web = parts().get(0);
    StackChange change =
        new StackChange(
            Optional.empty(),
            List.of(web.with(web.state().in(StackStatus.CREATED, StackHealth.UNKNOWN, NOW))),
            List.of(),
            List.of(),
            List.of(),
            List.of(
                new StackChange.Act(
                    web.id(), web.type(), "create", AuditRecord.Outcome.PENDING, Optional.empty())),
            Optional.empty());

    assertThatThrownBy(() -> store.write(leased(store), change, NOW))
        .isInstanceOf(FederationFault.class);
    assertThat(store.parts(stack.id()))
        .extracting(StackPart::status)
        .doesNotContain(StackStatus.CREATED);
  }

  @ParameterizedTest
  @EnumSource
  void tellsWhatIsWishedForAndNotCompleteOrSince(Kind kind) {
    StackStore store = store(kind);
    Stack stack = added(store, "shop", 0);
    ProjectId project = stack.project();
    StackPart web = parts().get(2);
    Lease lease = leased(store);

    assertThat(store.claims(List.of(project), NOW.plusSeconds(60)))
        .singleElement()
        .satisfies(
            claim -> {
              assertThat(claim.region()).isEqualTo(web.id().place());
              assertThat(claim.counts()).isEqualTo(Map.of(LimitKind.INSTANCES, 1L));
              assertThat(claim.pursued()).isTrue();
              assertThat(claim.made()).isFalse();
              assertThat(claim.isHeld(NOW.plusSeconds(60))).isTrue();
            });
    assertThat(store.claims(List.of(new ProjectId("globex", "demo")), NOW)).isEmpty();
    assertThat(store.awaited(project))
        .isEqualTo(
            Map.of(new CloudId("gra"), List.of(new Measure(PriceItem.flavor("m1.small"), 1))));
    assertThat(store.awaited(new ProjectId("globex", "demo"))).isEmpty();

    Instant made = NOW.plusSeconds(10);
    StackPart complete =
        web.with(
            web.state()
                .known(Optional.of("id"), Optional.empty(), web.state().attributes(), made)
                .in(StackStatus.CREATED, StackHealth.UNKNOWN, made));
    store.write(lease, new StackChange(Optional.empty(), List.of(complete), List.of()), made);
    assertThat(store.awaited(project)).isEmpty();

    assertThat(store.claims(List.of(project), made))
        .singleElement()
        .satisfies(
            claim -> {
              assertThat(claim.made()).isTrue();
              assertThat(claim.isHeld(made)).isTrue();
              assertThat(claim.isHeld(made.plusSeconds(1))).isFalse();
            });
    assertThat(store.claims(List.of(project), made.plusSeconds(1))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void tellsWhichStacksWereMadeWithTheProjectsKeyPairs(Kind kind) {
    StackStore store = store(kind);
    Stack stack = added(store, "shop", 0);

    assertThat(store.find(stack.id()).orElseThrow().template().keyPairs())
        .isEqualTo(Map.of("laptop", "ssh-ed25519 AAAA"));
    assertThat(store.keyPairUses(stack.project()))
        .containsExactly(new KeyPairUses.Use("shop", "laptop", "ssh-ed25519 AAAA"));
    assertThat(store.keyPairUses(new ProjectId("globex", "demo"))).isEmpty();
    store.requestDeletion(stack.id(), OptionalLong.empty(), Phrase.verbatim("go"), NOW);
    assertThat(store.keyPairUses(stack.project())).hasSize(1);
    Header gone =
        new Header(
            stack.actionSince(),
            StackStatus.DELETED,
            Phrase.of("stack.requested", "shop", "alice"),
            StackHealth.UNKNOWN);
    store.write(leased(store), new StackChange(Optional.of(gone), List.of(), List.of()), NOW);
    assertThat(store.keyPairUses(stack.project())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void tellsWhichStacksWerePlannedWithTheProjectsImages(Kind kind) {
    StackStore store = store(kind);
    Stack stack = added(store, "shop", 0);

    assertThat(store.find(stack.id()).orElseThrow().template().images())
        .isEqualTo(stack.template().images())
        .containsOnlyKeys("debian");
    assertThat(store.imageUses(stack.project())).containsExactly(new ImageUses.Use("shop", "i-1"));
    assertThat(store.imageUses(new ProjectId("globex", "demo"))).isEmpty();
    store.requestDeletion(stack.id(), OptionalLong.empty(), Phrase.verbatim("go"), NOW);
    Header gone =
        new Header(
            stack.actionSince(),
            StackStatus.DELETED,
            Phrase.of("stack.requested", "shop", "alice"),
            StackHealth.UNKNOWN);
    store.write(leased(store), new StackChange(Optional.of(gone), List.of(), List.of()), NOW);
    assertThat(store.imageUses(stack.project())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void countsWhatIsWishedForOrNotGone(Kind kind) {
    StackStore store = store(kind);
    Stack stack = added(store, "shop", 0);
    added(store, "blog", 1);
    StackPart web = parts().get(2);
    Lease lease = leased(store);
    String tenant = stack.project().tenant();

    assertThat(store.consumed(tenant)).containsExactly(servers(stack, web, 2));
    assertThat(store.consumed("globex")).isEmpty();
    // As while what somebody removed in a cloud is made again.
    Header complete =
        new Header(
            stack.actionSince(),
            StackStatus.CREATED,
            Phrase.of("stack.requested", "shop", "alice"),
            StackHealth.HEALTHY);
    store.write(lease, new StackChange(Optional.of(complete), List.of(), List.of()), NOW);
    assertThat(store.consumed(tenant)).containsExactly(servers(stack, web, 2));

    StackPart made =
        web.with(
            web.state()
                .known(Optional.of("id"), Optional.empty(), web.state().attributes(), NOW)
                .in(StackStatus.CREATED, StackHealth.UNKNOWN, NOW));
    StackPart leaving =
        made.with(
            StackPart.Goal.ABSENT, made.state().in(StackStatus.DELETING, StackHealth.UNKNOWN, NOW));
    store.write(lease, new StackChange(Optional.empty(), List.of(leaving), List.of()), NOW);
    assertThat(store.consumed(tenant)).containsExactly(servers(stack, web, 2));

    StackPart gone =
        leaving.with(leaving.state().in(StackStatus.DELETED, StackHealth.UNKNOWN, NOW));
    store.write(lease, new StackChange(Optional.empty(), List.of(gone), List.of()), NOW);
    assertThat(store.consumed(tenant)).containsExactly(servers(stack, web, 1));
  }

  /** Whoever is accepted next finds the room taken. */
  @ParameterizedTest
  @EnumSource
  void countsWhatFailedFromWhenItIsTakenUp(Kind kind) {
    StackStore store = store(kind);
    Stack stack = added(store, "shop", 0);
    StackPart web = parts().get(2);
    StackPart failed =
        web.with(web.state().in(StackStatus.CREATE_FAILED, StackHealth.UNKNOWN, NOW));
    Header stands =
        new Header(
            stack.actionSince(),
            StackStatus.CREATE_FAILED,
            Phrase.of("stack.requested", "shop", "alice"),
            StackHealth.UNKNOWN);
    store.write(
        leased(store), new StackChange(Optional.of(stands), List.of(failed), List.of()), NOW);
    String tenant = stack.project().tenant();
    assertThat(store.consumed(tenant)).isEmpty();
    store.requestRetry(
        stack.id(), OptionalLong.empty(), Phrase.verbatim("again"), NOW.plusSeconds(9));
    assertThat(store.consumed(tenant)).containsExactly(servers(stack, web, 1));
  }

  private static Consumption.Consumed servers(Stack stack, StackPart part, long count) {
    return new Consumption.Consumed(
        stack.project(), part.id().place(), Map.of(LimitKind.INSTANCES, count));
  }

  /** Both would be accepted if each looked before the other had written. */
  @Test
  void ofTwoWhoTakeTheLastAtTheSameTimeOneIsLeft() throws Exception {
    database = Optional.of(TestDatabase.create());
    TransactionPerCall transactions = new TransactionPerCall(database.get().dataSource());
    StackStore store = transactions.inOneTransaction();
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Stack stack = TestStacks.stack("shop" + i, NOW, UUID.randomUUID());
        Callable<?> take =
            transactions.around(
                Callable.class,
                (Callable<Boolean>)
                    () -> {
                      store.takeTurns(Set.of("reservations of " + stack.project().tenant()));
                      boolean free = store.claims(List.of(stack.project()), NOW).isEmpty();
                      if (free) {
                        store.add(stack, parts(), Phrase.of("stack.requested", "shop", "alice"));
                      }
                      return free;
                    });
        all.add(pool.submit(() -> (Boolean) take.call()));
      }
      int taken = 0;
      for (Future<Boolean> one : all) {
        taken += one.get() ? 1 : 0;
      }
      assertThat(taken).isEqualTo(1);
    } finally {
      pool.shutdownNow();
    }
  }

  /** Waiting for each other would end in an error of the database. */
  @Test
  void whoTakesSeveralTurnsNeverWaitsForOneWhoWaitsForHim() throws Exception {
    database = Optional.of(TestDatabase.create());
    TransactionPerCall transactions = new TransactionPerCall(database.get().dataSource());
    StackStore store = transactions.inOneTransaction();
    List<String> names = List.of("tenant a", "tenant b", "account 1", "account 2", "account 3");
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(6);
    try {
      List<Future<Object>> all = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        List<String> some = new ArrayList<>(names.subList(i % 3, 3 + i % 3));
        Collections.rotate(some, i);
        Callable<?> take =
            transactions.around(
                Callable.class,
                (Callable<Boolean>)
                    () -> {
                      store.takeTurns(new LinkedHashSet<>(some));
                      // All want "account 1".
                      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                      Thread.yield();
                      inside.decrementAndGet();
                      return true;
                    });
        all.add(pool.submit(() -> take.call()));
      }
      for (Future<Object> one : all) {
        one.get(1, TimeUnit.MINUTES);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(most).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource
  void tellsWhichStacksStillHaveSomethingInACloud(Kind kind) {
    StackStore store = store(kind);
    Stack stack = added(store, "shop", 0);
    Stack other = added(store, "blog", 1);
    CloudId gra = new CloudId("gra");
    CloudId bhs = new CloudId("bhs");

    assertThat(store.presences(gra, Optional.empty()))
        .containsExactly(
            new StackPresence(other.id(), "blog", other.project(), inCloud(gra)),
            new StackPresence(stack.id(), "shop", stack.project(), inCloud(gra)));
    assertThat(store.presences(bhs, Optional.of(stack.project()))).hasSize(2);
    assertThat(store.presences(bhs, Optional.of(new ProjectId("globex", "demo")))).isEmpty();

    Lease lease = leased(store);
    List<StackPart> gone =
        parts().stream()
            .filter(part -> part.id().cloud().equals(gra))
            .map(part -> part.with(part.state().in(StackStatus.DELETED, StackHealth.UNKNOWN, NOW)))
            .toList();
    store.write(lease, new StackChange(Optional.empty(), gone, List.of()), NOW);
    assertThat(store.presences(gra, Optional.empty()))
        .extracting(StackPresence::name)
        .containsExactly("blog");
  }

  private static int inCloud(CloudId cloud) {
    return (int) parts().stream().filter(part -> part.id().cloud().equals(cloud)).count();
  }

  @ParameterizedTest
  @EnumSource
  void givesBackWhatItWasGiven(Kind kind) {
    StackStore store = store(kind);
    Stack stack = added(store, "shop", 0);

    assertThat(store.find(stack.id())).contains(stack.counted(2, 1));
    assertThat(store.ofPlan(stack.plan())).contains(stack.id());
    assertThat(store.parts(stack.id())).containsExactlyInAnyOrderElementsOf(parts());
    StackPart web = parts().get(2);
    assertThat(store.parts(stack.id(), web.id())).containsExactly(web);
    assertThat(store.events(stack.id(), 0, 10))
        .containsExactly(
            new StackEvent(
                stack.id(),
                1,
                NOW,
                Optional.empty(),
                StackStatus.CREATING,
                Optional.empty(),
                Phrase.of("stack.requested", "shop", "alice"),
                Optional.of(stack.request()),
                Optional.empty()));
  }

  @ParameterizedTest
  @EnumSource
  void keepsAllThatTheEngineLearnsOfAPart(Kind kind) {
    StackStore store = store(kind);
    Stack stack = added(store, "shop", 0);
    StackPart web = parts().get(2);
    Trouble trouble =
        new Trouble(
            FaultCode.CLOUD_FULL,
            Phrase.verbatim("No valid host"),
            Json.createObjectBuilder().add("status", 500).build(),
            NOW);
    StackPart learned =
        web.with(
            web.state()
                .asking(
                    StackStatus.CREATING,
                    Optional.of(Json.createObjectBuilder().add("user_data", "hush").build()),
                    NOW)
                .known(
                    Optional.of("id-1"),
                    Optional.of("BUILD"),
                    Json.createObjectBuilder().add("first_address", "10.0.0.4").build(),
                    NOW.plusSeconds(1))
                .named(Optional.of("came-as"))
                .troubled(trouble, Optional.of(NOW.plusSeconds(9)), NOW.plusSeconds(2))
                .healthy(
                    StackHealth.of(StackHealth.State.DEGRADED, Phrase.verbatim("slow")),
                    Optional.of(NOW.plusSeconds(3)),
                    NOW.plusSeconds(4)));
    StackPart next = learned.successor(2, NOW.plusSeconds(5));

    Stack after =
        store.write(
            leased(store),
            new StackChange(
                Optional.of(
                    new Header(
                        stack.actionSince(),
                        StackStatus.CREATED,
                        Phrase.verbatim("done"),
                        StackHealth.HEALTHY)),
                List.of(learned, next),
                List.of(Happening.of(learned, Phrase.verbatim("one")))),
            NOW.plusSeconds(6));

    assertThat(store.parts(stack.id())).contains(learned, next).hasSize(4);
    assertThat(store.find(stack.id())).contains(after);
    assertThat(after.status()).isEqualTo(StackStatus.CREATED);
    assertThat(after.version()).isEqualTo(3);
    assertThat(store.events(stack.id(), 1, 10))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.sequence()).isEqualTo(2);
              assertThat(event.part()).contains(web.id());
              assertThat(event.physicalId()).contains("id-1");
            });
    assertThat(store.tallies(List.of(stack.id())).get(stack.id()))
        .satisfies(
            tally -> {
              assertThat(tally.present()).isEqualTo(4);
              assertThat(tally.regions()).hasSize(2);
            });
    assertThat(store.counts(stack.project()).stream().mapToInt(PartCount::parts).sum())
        .isEqualTo(4);
    assertThat(store.counts(new ProjectId("globex", "demo"))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void keepsThePlacesThatRefused(Kind kind) {
    StackStore store = store(kind);
    Stack stack = added(store, "shop", 0);
    Refusal region =
        new Refusal(
            "web",
            Place.inRegion(new CloudId("gra"), "R1"),
            FaultCode.QUOTA_EXCEEDED,
            Phrase.of("placement.why.nowhere"),
            NOW.plusSeconds(1));
    Refusal zone =
        new Refusal(
            "web",
            Place.inZone(new CloudId("bhs"), "R1", "a"),
            FaultCode.CLOUD_FULL,
            Phrase.verbatim("No valid host was found."),
            NOW.plusSeconds(2));

    store.write(
        leased(store),
        new StackChange(
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(region, zone),
            List.of(),
            List.of(),
            Optional.empty()),
        NOW.plusSeconds(3));

    assertThat(store.refusals(stack.id())).containsExactly(region, zone);
  }

  @ParameterizedTest
  @EnumSource
  void refusesANameThatIsTakenUntilItsStackIsDeleted(Kind kind) {
    StackStore store = store(kind);
    Stack first = added(store, "shop", 0);
    assertThatThrownBy(() -> added(store, "shop", 1))
        .isInstanceOfSatisfying(
            FederationFault.class,
            fault -> assertThat(fault.code()).isEqualTo(FaultCode.NAME_TAKEN));

    store.requestDeletion(first.id(), OptionalLong.empty(), Phrase.verbatim("go"), NOW);
    store.write(
        leased(store),
        new StackChange(
            Optional.of(
                new Header(
                    first.actionSince(),
                    StackStatus.DELETED,
                    Phrase.verbatim("gone"),
                    StackHealth.UNKNOWN)),
            List.of(),
            List.of()),
        NOW);
    added(store, "shop", 1);
  }

  @ParameterizedTest
  @EnumSource
  void leasesEachStackToOneOnly(Kind kind) throws Exception {
    StackStore store = store(kind);
    int count = 12;
    for (int i = 0; i < count; i++) {
      added(store, "shop-" + i, 0);
    }
    ExecutorService workers = Executors.newFixedThreadPool(4);
    List<Callable<Optional<Lease>>> calls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String owner = "worker-" + i;
      calls.add(() -> store.lease(owner, NOW.plusSeconds(60), LEASE));
    }
    Set<StackId> taken = new HashSet<>();
    for (Future<Optional<Lease>> call : workers.invokeAll(calls)) {
      call.get().ifPresent(lease -> assertThat(taken.add(lease.stack())).isTrue());
    }
    workers.shutdown();

    // A worker may pass over a row that another holds locked just then; it is there the next time.
    for (Optional<Lease> rest = store.lease("late", NOW.plusSeconds(60), LEASE);
        rest.isPresent();
        rest = store.lease("late", NOW.plusSeconds(60), LEASE)) {
      assertThat(taken.add(rest.get().stack())).isTrue();
    }
    assertThat(taken).hasSize(count);
  }

  @ParameterizedTest
  @EnumSource
  void refusesWritesUnderALeaseThatAnotherHasTaken(Kind kind) {
    StackStore store = store(kind);
    Stack stack = added(store, "shop", 0);
    Lease first = leased(store);
    assertThat(store.lease("two", NOW.plusSeconds(61), LEASE)).isEmpty();

    Lease second = store.lease("two", first.until(), LEASE).orElseThrow();
    assertThat(second.fence()).isGreaterThan(first.fence());
    StackChange change =
        new StackChange(
            Optional.empty(),
            List.of(),
            List.of(Happening.of(StackStatus.CREATING, Phrase.verbatim("x"))));

    assertThatThrownBy(() -> store.write(first, change, NOW)).isInstanceOf(LeaseLost.class);
    assertThatThrownBy(() -> store.renew(first, NOW.plusSeconds(600)))
        .isInstanceOf(LeaseLost.class);
    store.release(first, Optional.empty());
    store.write(second, change, NOW);
    assertThat(store.events(stack.id(), 1, 10)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void isDueAgainWhenItWasReleasedForThenOrWantedMeanwhile(Kind kind) {
    StackStore store = store(kind);
    Stack stack = added(store, "shop", 0);
    Instant later = NOW.plusSeconds(600);
    store.release(leased(store), Optional.of(later));
    assertThat(store.lease("one", later.minusSeconds(1), LEASE)).isEmpty();
    Lease again = store.lease("one", later, LEASE).orElseThrow();

    store.requestDeletion(stack.id(), OptionalLong.empty(), Phrase.verbatim("go"), later);
    store.release(again, Optional.of(later.plusSeconds(600)));
    Lease wanted = store.lease("one", later, LEASE).orElseThrow();
    store.release(wanted, Optional.empty());
    assertThat(store.lease("one", later.plusSeconds(100_000), LEASE)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void neverOverwritesAPersonsWishToDelete(Kind kind) {
    StackStore store = store(kind);
    Stack stack = added(store, "shop", 0);
    Lease lease = leased(store);
    store.requestDeletion(stack.id(), OptionalLong.empty(), Phrase.verbatim("go"), NOW);

    Stack after =
        store.write(
            lease,
            new StackChange(
                Optional.of(
                    new Header(
                        stack.actionSince(),
                        StackStatus.CREATED,
                        Phrase.verbatim("done"),
                        StackHealth.HEALTHY)),
                List.of(),
                List.of()),
            NOW);
    assertThat(after.status()).isEqualTo(StackStatus.DELETING);
  }

  @ParameterizedTest
  @EnumSource
  void takesUpAFailedCreationAtOnceAndNeverOverwritesThatWish(Kind kind) {
    StackStore store = store(kind);
    Stack stack = added(store, "shop", 0);
    Lease lease = leased(store);
    Header failed =
        new Header(
            stack.actionSince(),
            StackStatus.CREATE_FAILED,
            Phrase.verbatim("full"),
            StackHealth.UNKNOWN);
    StackChange change = new StackChange(Optional.of(failed), List.of(), List.of());
    assertThat(store.write(lease, change, NOW).status()).isEqualTo(StackStatus.CREATE_FAILED);
    store.release(lease, Optional.of(NOW.plusSeconds(60)));

    Instant later = NOW.plusSeconds(9);
    store.requestRetry(stack.id(), OptionalLong.empty(), Phrase.verbatim("again"), later);
    Lease again = store.lease("two", later, LEASE).orElseThrow();
    Stack after = store.write(again, change, later);

    assertThat(after.status()).isEqualTo(StackStatus.CREATING);
    assertThat(after.actionSince()).isEqualTo(later);
    assertThat(store.events(stack.id(), 0, 9)).hasSize(2);
    store.requestDeletion(stack.id(), OptionalLong.empty(), Phrase.verbatim("go"), later);
    assertThatThrownBy(
            () ->
                store.requestRetry(
                    stack.id(), OptionalLong.empty(), Phrase.verbatim("again"), later))
        .isInstanceOfSatisfying(
            FederationFault.class, fault -> assertThat(fault.code()).isEqualTo(FaultCode.CONFLICT));
  }

  private static Stack whole(StackStore store) {
    Stack stack = added(store, "shop", 0);
    Lease lease = leased(store);
    store.write(
        lease,
        new StackChange(
            Optional.of(
                new Header(
                    stack.actionSince(),
                    StackStatus.CREATED,
                    Phrase.verbatim("complete"),
                    StackHealth.HEALTHY)),
            List.of(),
            List.of()),
        NOW);
    store.release(lease, Optional.of(NOW.plusSeconds(60)));
    return store.find(stack.id()).orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void putsToSleepAndWakesAtOnceAndKnowsThatItSleepsWhateverIsDoneToIt(Kind kind) {
    StackStore store = store(kind);
    StackId id = whole(store).id();
    Instant later = NOW.plusSeconds(9);
    store.requestAction(
        id, OptionalLong.empty(), StackAction.SUSPEND, Phrase.verbatim("sleep"), later);
    store.requestAction(
        id, OptionalLong.empty(), StackAction.SUSPEND, Phrase.verbatim("sleep"), later);
    assertThat(store.find(id).orElseThrow().status()).isEqualTo(StackStatus.SUSPENDING);
    assertThat(store.find(id).orElseThrow().course().suspended()).isTrue();
    assertThat(store.events(id, 0, 9)).hasSize(2);
    Lease lease = store.lease("two", later, LEASE).orElseThrow();
    Header done =
        new Header(later, StackStatus.SUSPENDED, Phrase.verbatim("asleep"), StackHealth.HEALTHY);
    store.write(lease, new StackChange(Optional.of(done), List.of(), List.of()), later);

    store.requestAction(
        id, OptionalLong.empty(), StackAction.CHECK, Phrase.verbatim("look"), later);
    assertThat(store.find(id).orElseThrow().isAsleep()).isTrue();
    store.write(
        lease,
        new StackChange(
            Optional.of(
                new Header(
                    later, StackStatus.CHECK_FAILED, Phrase.verbatim("gone"), StackHealth.HEALTHY)),
            List.of(),
            List.of()),
        later);
    store.requestAction(
        id, OptionalLong.empty(), StackAction.RESUME, Phrase.verbatim("wake"), later);
    assertThat(store.find(id).orElseThrow().course().suspended()).isFalse();
    assertThat(store.find(id).orElseThrow().status()).isEqualTo(StackStatus.RESUMING);
  }

  @ParameterizedTest
  @EnumSource
  void forgetsWhatIsAbandonedAndWhoeverHoldsItLosesIt(Kind kind) {
    StackStore store = store(kind);
    Stack stack = whole(store);
    Instant later = NOW.plusSeconds(61);
    Lease lease = store.lease("two", later, LEASE).orElseThrow();
    JsonObject document = Json.createObjectBuilder().add("name", "shop").build();
    assertThat(store.abandonment(stack.id())).isEmpty();

    store.abandon(
        stack.abandoned(Phrase.verbatim("left"), later, RequestId.fresh()),
        store.parts(stack.id()).stream().map(part -> part.leftBehind(later)).toList(),
        document,
        Phrase.verbatim("left"),
        later);

    assertThat(store.abandonment(stack.id())).contains(document);
    assertThat(store.find(stack.id()).orElseThrow().status()).isEqualTo(StackStatus.DELETED);
    assertThatThrownBy(
            () ->
                store.write(
                    lease,
                    new StackChange(Optional.empty(), parts(), List.of()),
                    later.plusSeconds(1)))
        .isInstanceOf(LeaseLost.class);
    added(store, "shop", 70);
  }

  @ParameterizedTest
  @EnumSource
  void whatWasTakenFromWhoIsGoneIsFreeWhenNoneOfItsCallsCanBeUnderWay(Kind kind) {
    StackStore store = store(kind);
    Stack stack = added(store, "shop", 0);
    Lease lease = leased(store);
    Header complete =
        new Header(
            stack.actionSince(),
            StackStatus.CREATED,
            Phrase.verbatim("complete"),
            StackHealth.HEALTHY);
    store.write(lease, new StackChange(Optional.of(complete), List.of(), List.of()), NOW);
    TestStacks next = new TestStacks().add("web", TestStacks.SERVER, "gra");
    StackUpdate update = new StackUpdate(next.planned(), List.of(), List.of());
    PlanId plan = new PlanId(new UUID(8, 9));
    TestUpdates.apply(store, stack.id(), update, plan, "", next.graph(), true, NOW.plusSeconds(61));

    Instant free = lease.until().plus(Lease.CALLS_END);
    assertThat(store.lease("two", free.minusSeconds(1), LEASE)).isEmpty();
    assertThat(store.backlog(free.minusSeconds(1)).stacks()).isZero();
    assertThat(store.lease("two", free, LEASE)).isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void keepsWhatAStackWasAndTakesItFromWhoHeldIt(Kind kind) {
    StackStore store = store(kind);
    Stack stack = added(store, "shop", 0);
    Lease lease = leased(store);
    StackPart made =
        parts()
            .get(2)
            .asked(
                parts()
                    .get(2)
                    .state()
                    .asking(
                        StackStatus.CREATING, Optional.of(Json.createObjectBuilder().build()), NOW),
                1,
                Set.of(parts().get(0).key()));
    Header complete =
        new Header(
            stack.actionSince(),
            StackStatus.CREATED,
            Phrase.verbatim("complete"),
            StackHealth.HEALTHY);
    made = made.with(made.state().in(StackStatus.CREATED, StackHealth.HEALTHY, NOW));
    store.write(lease, new StackChange(Optional.of(complete), List.of(made), List.of()), NOW);
    assertThat(store.parts(stack.id())).contains(made);

    Instant later = NOW.plusSeconds(61);
    TestStacks next = new TestStacks().add("web", TestStacks.SERVER, "gra");
    StackUpdate update =
        new StackUpdate(
            next.planned(),
            List.of(new PartChange(made.id(), PartChange.Kind.UPDATED, List.of("flavor"), true)),
            List.of());
    PlanId plan = new PlanId(new UUID(8, 8));
    TestUpdates.apply(store, stack.id(), update, plan, "new", next.graph(), true, later);

    Stack updated = store.find(stack.id()).orElseThrow();
    assertThat(updated.status()).isEqualTo(StackStatus.UPDATING);
    assertThat(updated.policy()).isEqualTo("new");
    assertThat(updated.course().rollsBack()).isTrue();
    assertThat(store.ofPlan(plan)).contains(stack.id());
    assertThat(store.ofPlan(stack.plan())).contains(stack.id());
    StackRevision before = store.revision(stack.id(), 1).orElseThrow();
    assertThat(before.template()).isEqualTo(stack.template());
    assertThat(before.policy()).isEqualTo(stack.policy());
    assertThat(before.parts()).hasSize(3);
    assertThat(store.earlier(stack.id())).extracting(StackRevision::number).containsExactly(1);
    StackPart changing =
        store.parts(stack.id()).stream().filter(part -> part.next().isPresent()).findFirst().get();
    assertThat(changing).isEqualTo(made.becoming(changing.next().get()));
    assertThat(store.tallies(List.of(stack.id())).get(stack.id()).complete()).isZero();
    assertThat(store.growing(stack.project())).as("it costs what it did").isEmpty();
    assertThatThrownBy(
            () ->
                store.write(lease, new StackChange(Optional.empty(), List.of(), List.of()), later))
        .isInstanceOf(LeaseLost.class);

    assertThat(store.lease("two", later, LEASE))
        .as("calls of who held it may be under way")
        .isEmpty();
    Instant longestCall = lease.until().plus(Lease.LONGEST_CALL);
    assertThat(LEASE).isLessThan(Lease.LONGEST_CALL);
    assertThat(store.lease("two", longestCall, LEASE))
        .as("a call that was begun at the lease's end may take longer than a lease")
        .isEmpty();
    store.release(lease, Optional.of(later));
    Lease again = store.lease("two", later, LEASE).orElseThrow();
    store.requestCancel(
        stack.id(), OptionalLong.empty(), true, Phrase.verbatim("back"), later.plusSeconds(1));
    Stack turning = store.find(stack.id()).orElseThrow();
    assertThat(turning.status()).isEqualTo(StackStatus.ROLLING_BACK);
    Stack back =
        store.write(
            again,
            new StackChange(
                Optional.of(
                    new Header(
                        turning.actionSince(),
                        turning.status(),
                        turning.reason(),
                        turning.health())),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(
                    new StackChange.Reform(turning.course().returning(), Optional.of(before)))),
            later.plusSeconds(2));
    assertThat(back.course()).isEqualTo(new StackCourse(3, OptionalInt.empty(), false, false));
    assertThat(store.find(stack.id()).map(Stack::plan)).contains(stack.plan());
    assertThat(store.find(stack.id()).map(Stack::policy)).contains(stack.policy());
    assertThat(store.revision(stack.id(), 1)).as("nothing goes back to it any more").isEmpty();
    assertThat(store.revision(stack.id(), 2)).as("nor to what it left").isEmpty();
    assertThat(store.earlier(stack.id()))
        .as("what clouds may still show something of")
        .extracting(StackRevision::policy)
        .containsExactly("new");
    assertThat(store.ofPlan(plan)).contains(stack.id());
  }

  @ParameterizedTest
  @EnumSource
  void numbersTheEventsOfAProjectWithoutGapsAcrossItsStacks(Kind kind) {
    StackStore store = store(kind);
    Stack shop = added(store, "shop", 0);
    Stack blog = added(store, "blog", 1);
    store.requestDeletion(shop.id(), OptionalLong.empty(), Phrase.verbatim("go"), NOW);

    List<ProjectEvent> events = store.projectEvents(shop.project(), 0, 10);
    assertThat(events).extracting(ProjectEvent::position).containsExactly(1L, 2L, 3L);
    assertThat(events).extracting(ProjectEvent::stackName).containsExactly("shop", "blog", "shop");
    assertThat(events).extracting(event -> event.event().sequence()).containsExactly(1L, 1L, 2L);
    assertThat(store.projectEvents(blog.project(), 1, 1)).containsExactly(events.get(1));
    assertThat(store.newestEvent(shop.project())).isEqualTo(3);
    assertThat(store.newestEvent(new ProjectId("globex", "demo"))).isZero();
    assertThat(store.projectEvents(new ProjectId("globex", "demo"), 0, 10)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void refusesADeletionByWhoSawAnOlderVersion(Kind kind) {
    StackStore store = store(kind);
    Stack stack = added(store, "shop", 0);
    long version = store.find(stack.id()).orElseThrow().version();

    assertThatThrownBy(
            () ->
                store.requestDeletion(
                    stack.id(), OptionalLong.of(version - 1), Phrase.verbatim("go"), NOW))
        .isInstanceOfSatisfying(
            FederationFault.class,
            fault -> assertThat(fault.code()).isEqualTo(FaultCode.STALE_VERSION));
    store.requestDeletion(stack.id(), OptionalLong.of(version), Phrase.verbatim("go"), NOW);
  }
}
