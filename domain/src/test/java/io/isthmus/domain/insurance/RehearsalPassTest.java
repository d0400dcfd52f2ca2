package io.isthmus.domain.insurance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.audit.AuditRecord;
import io.isthmus.domain.cloud.Area;
import io.isthmus.domain.cloud.ClosedArea;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.failover.FailoverStore;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.insurance.RehearsalRun.Outcome;
import io.isthmus.domain.insurance.RehearsalRun.Phase;
import io.isthmus.domain.insurance.RehearsalRun.Returns;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.CostDifference;
import io.isthmus.domain.placement.Estimate;
import io.isthmus.domain.placement.Failover;
import io.isthmus.domain.placement.Leaving;
import io.isthmus.domain.placement.LeavingPlan;
import io.isthmus.domain.placement.LossPlan;
import io.isthmus.domain.placement.LostResource;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.Placement;
import io.isthmus.domain.placement.Plan;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.placement.PlanStore;
import io.isthmus.domain.placement.Probe;
import io.isthmus.domain.placement.ResourceChange;
import io.isthmus.domain.placement.Wiring;
import io.isthmus.domain.probe.ProbeResult;
import io.isthmus.domain.probe.ProbeState;
import io.isthmus.domain.probe.Vantage;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackEvent;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.stack.engine.TestStacks;
import io.isthmus.domain.stack.store.TransactionPerCall;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.template.TemplateSource;
import io.isthmus.domain.tenant.TenantService;
import io.isthmus.domain.tenant.TenantStores;
import jakarta.json.JsonObject;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real rehearsals over a real database: what planning and the engine would do is done by hand. */
class RehearsalPassTest {

  private static final CloudId GRA = new CloudId("gra");
  private static final CloudId BHS = new CloudId("bhs");
  private static final Caller ALICE = new Caller("a-1", "alice", Set.of("acme"), Set.of());
  private static final Caller BOB = new Caller("b-1", "bob", Set.of("globex"), Set.of());
  private static final Probe ASKED = Probe.parse("tcp:80");
  private static final Failover SAID =
      new Failover(
          Failover.Mode.STANDBY,
          Duration.ofSeconds(30),
          3,
          List.of(ASKED),
          Failover.OnReturn.REMOVE);

  private final TestDatabase database = TestDatabase.create();
  private final StackStore stacks = new TransactionPerCall(database.dataSource()).stacks();
  private final FailoverStore failovers = new FailoverStore(database.dataSource());
  private final RehearsalRunStore runs = new RehearsalRunStore(database.dataSource());
  private final List<AuditRecord> audited = new ArrayList<>();
  private final List<StackId> woken = new ArrayList<>();
  private final Set<CloudId> silent = new TreeSet<>();
  private final List<Boolean> interrupted = new ArrayList<>();
  private List<ProbeResult> probes = List.of();
  private List<Leaving.Held> held = List.of();
  private Failover said = SAID;
  private Optional<ClosedArea> closed = Optional.empty();
  private LostResource.Outcome foreseen = LostResource.Outcome.MOVES;
  private Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final Clock clock =
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
          return now;
        }
      };
  private TenantService tenants;
  private RehearsalService rehearsals;
  private RealRehearsals real;
  private RehearsalPass pass;
  private StackId id;

  private final class ByHand extends RehearsalWork {
    ByHand() {
      super(
          stacks,
          (PlanStore)
              Proxy.newProxyInstance(
                  PlanStore.class.getClassLoader(),
                  new Class<?>[] {PlanStore.class},
                  (proxy, method, arguments) -> Optional.empty()),
          failovers,
          runs,
          audited::add,
          woken::add);
    }

    @Override
    List<ProbeResult> probes(StackId stack) {
      return probes;
    }

    @Override
    Set<CloudId> silent(Stack stack, Collection<CloudId> clouds) {
      Set<CloudId> found = new TreeSet<>(silent);
      found.retainAll(clouds);
      return found;
    }

    @Override
    Map<String, Failover> failovers(PlanId plan) {
      return Map.of("web", said);
    }

    @Override
    Optional<ClosedArea> closed(Stack stack, CloudId cloud) {
      return closed;
    }

    @Override
    LeavingPlan planAway(StackId stack, Leaving leaving, String author) {
      return plan(GRA, BHS);
    }

    @Override
    LeavingPlan planBack(Stack stack, RehearsalRun run) {
      return plan(BHS, GRA);
    }

    @Override
    void failOver(StackId stack, PlanId plan, Phrase happened) {
      begun(plan);
      part(
          "update stack_part set goal = 'REPLACED', physical_id = 's', cloud_status = 'ACTIVE',"
              + " health = '{\"state\": \"UNREACHABLE\", \"reasons\": []}'");
      make("bhs", 1);
    }

    @Override
    void leave(StackId stack, PlanId plan, Phrase happened) {
      begun(plan);
      part("update stack_part set goal = 'OUTGOING' where cloud = 'bhs'");
      part("update stack_part set goal = 'ABSENT' where cloud = 'gra'");
      make("gra", 2);
    }

    @Override
    void interrupt(StackId stack, boolean back, Phrase why, Instant at) {
      interrupted.add(back);
    }
  }

  @BeforeEach
  void begin() {
    tenants =
        TenantStores.withProjects(
            database, TestStacks.PROJECT, io.isthmus.domain.access.ProjectId.parse("globex/demo"));
    RehearsalStore store = new RehearsalStore(database.dataSource());
    rehearsals =
        new RehearsalService(stacks, store, (stack, cloud, foresight) -> report(), tenants, clock);
    RehearsalWork work = new ByHand();
    real = new RealRehearsals(stacks, rehearsals, store, runs, work, tenants, clock);
    pass = new RehearsalPass(runs, work, clock);
    Stack stack = TestStacks.stack("shop", now, UUID.randomUUID());
    id = stack.id();
    stacks.add(
        stack,
        new TestStacks().add("web", TestStacks.SERVER, "gra").parts(now),
        Phrase.verbatim("asked"));
    part(
        "update stack_part set status = 'CREATE_COMPLETE', physical_id = 's',"
            + " health = '{\"state\": \"HEALTHY\", \"reasons\": []}'");
    status("CREATE_COMPLETE");
  }

  @AfterEach
  void close() {
    database.close();
  }

  private LossPlan report() {
    return new LossPlan(
        List.of(
            new LostResource(
                "web",
                TestStacks.SERVER,
                List.of(Place.inRegion(GRA, "R")),
                List.of(),
                foreseen,
                List.of(Phrase.verbatim("Because.")),
                List.of(),
                Optional.empty())),
        new CostDifference(new TreeMap<>(), List.of(), true));
  }

  private LeavingPlan plan(CloudId from, CloudId to) {
    Plan plan =
        new Plan(
            new PlanId(UUID.randomUUID()),
            TestStacks.PROJECT,
            "shop",
            TemplateSource.of("x"),
            JsonObject.EMPTY_JSON_OBJECT,
            "",
            new Placement.Placed(
                List.of(), new Wiring(List.of(), List.of()), List.of(), new Estimate(List.of())),
            "f",
            now,
            now,
            "alice",
            Optional.of(now),
            Optional.empty());
    ResourceChange moves =
        new ResourceChange(
            "web",
            TestStacks.SERVER,
            ResourceChange.Kind.MOVED,
            List.of(Place.inRegion(from, "R")),
            List.of(Place.inRegion(to, "R")),
            List.of(),
            Optional.empty());
    return new LeavingPlan(Optional.of(plan), List.of(moves), held, List.of());
  }

  private void begun(PlanId plan) {
    status("UPDATE_IN_PROGRESS");
    database.execute("update stack set plan = '%s' where id = '%s'".formatted(plan.value(), id));
  }

  private void status(String status) {
    database.execute("update stack set status = '%s' where id = '%s'".formatted(status, id));
  }

  private void part(String sql) {
    database.execute(sql + (sql.contains(" where ") ? " and" : " where") + " stack = '" + id + "'");
  }

  /** What the engine makes. */
  private void make(String cloud, int generation) {
    // What is encrypted is of the same stack.
    database.execute(
        ("insert into stack_part (stack, resource, cloud, region, generation, type, resolutions,"
                + " requires, deletion_policy, goal, status, health, attributes, attempts,"
                + " replacements, since, updated_at) select stack, resource, '%s', region, %d, type,"
                + " resolutions, requires, deletion_policy, 'PRESENT', 'CREATE_IN_PROGRESS',"
                + " '{\"state\": \"UNKNOWN\", \"reasons\": []}', attributes, 0, 0, '%s', '%s'"
                + " from stack_part where stack = '%s' and generation = 1 limit 1")
            .formatted(cloud, generation, now, now, id));
  }

  private void complete(String cloud) {
    part(
        ("update stack_part set status = 'CREATE_COMPLETE', since = '%s' where goal = 'PRESENT'"
                + " and cloud = '%s'")
            .formatted(now, cloud));
  }

  private void stopped() {
    part(
        "update stack_part set cloud_status = 'SHUTOFF', health = '{\"state\": \"HEALTHY\","
            + " \"reasons\": []}' where goal = 'REPLACED'");
  }

  private void gone(String where) {
    part("update stack_part set status = 'DELETE_COMPLETE', goal = 'ABSENT' where " + where);
  }

  private void answers(CloudId cloud) {
    probes =
        List.of(
            new ProbeResult(
                new PartId("web", cloud, region(cloud)),
                ASKED,
                Vantage.OUTSIDE,
                Optional.of("192.0.2.1"),
                3,
                30,
                new ProbeState(
                    ProbeState.Outcome.ANSWERED,
                    Optional.empty(),
                    0,
                    now,
                    Optional.of(now),
                    false)));
  }

  private String region(CloudId cloud) {
    return stacks.parts(id).stream()
        .filter(part -> part.id().cloud().equals(cloud))
        .findFirst()
        .orElseThrow()
        .id()
        .region();
  }

  private void later(long seconds) {
    for (long passed = 0; passed < seconds; passed += 2) {
      now = now.plusSeconds(2);
      pass.run();
    }
  }

  private Rehearsal begin(Returns returns) {
    return real.begin(id, GRA, returns, "shop", ALICE);
  }

  private RehearsalRun run(Rehearsal one) {
    return rehearsals.find(one.id(), ALICE).run().orElseThrow();
  }

  private static FaultCode fault(ThrowingCallable call) {
    return catchThrowableOfType(FederationFault.class, call).code();
  }

  private List<String> story() {
    return stacks.events(id, 1, 500).stream()
        .map(StackEvent::phrase)
        .map(phrase -> phrase.in(Locale.ENGLISH))
        .toList();
  }

  /** Until all works elsewhere: 10 s by its cloud. */
  private void movesAway() {
    later(4);
    stopped();
    later(4);
    now = now.plusSeconds(2);
    complete("bhs");
    status("UPDATE_COMPLETE");
    pass.run();
  }

  private void movesBack() {
    later(6);
    complete("gra");
    gone("cloud = 'bhs'");
    gone("goal = 'ABSENT'");
    status("UPDATE_COMPLETE");
    later(4);
  }

  @Test
  void allMovesIsMeasuredMovesBackAndNothingIsLeft() {
    Rehearsal one = begin(Returns.AT_ONCE);
    assertThat(one.mode()).isEqualTo(Rehearsal.Mode.REAL);
    assertThat(rehearsals.find(one.id(), ALICE)).isEqualTo(one);
    assertThat(run(one).detection()).isEqualTo(Duration.ofSeconds(30));
    movesAway();
    assertThat(run(one).recovery()).contains(Duration.ofSeconds(10));
    assertThat(run(one).servers().get(0).stoppedAt()).contains(one.askedAt().plusSeconds(6));
    assertThat(run(one).servers().get(0).to().orElseThrow().cloud()).isEqualTo(BHS);
    assertThat(run(one).phase()).isEqualTo(Phase.RETURNING);
    assertThat(audited)
        .singleElement()
        .satisfies(record -> assertThat(record.action()).isEqualTo("update/rehearsal"));
    assertThat(stacks.replacedToRemove(id)).isEmpty();

    movesBack();

    RehearsalRun over = run(one);
    assertThat(over.phase()).isEqualTo(Phase.ENDED);
    assertThat(over.outcome()).contains(Outcome.RETURNED);
    assertThat(over.homecoming()).contains(Duration.ofSeconds(6));
    assertThat(over.servers().get(0).interruption(over.servers().get(0).back()))
        .as("the one before was there until the last look before")
        .contains(Duration.ZERO);
    assertThat(stacks.replacedToRemove(id)).isEmpty();
    assertThat(story()).last().asString().contains("10 s", "6 s", "nothing is left behind");
    assertThat(over.story())
        .extracting(told -> told.why().key())
        .containsExactly(
            "insurance.begun",
            "insurance.moved",
            "insurance.returning",
            "insurance.back",
            "insurance.ended");
    later(20);
    assertThat(pass.run()).as("nothing is left to do").isZero();
  }

  @Test
  void probesThatAreAnsweredSayWhenItIsOver() {
    answers(GRA);
    Rehearsal one = begin(Returns.ASK);
    assertThat(run(one).servers().get(0).probed()).isTrue();
    movesAway();
    later(6);
    assertThat(run(one).recovery()).as("its probe is not answered").isEmpty();
    assertThat(run(one).phase()).isEqualTo(Phase.MOVING);
    answers(BHS);
    later(2);
    assertThat(run(one).recovery()).contains(Duration.ofSeconds(16));
    assertThat(run(one).phase()).isEqualTo(Phase.AWAY);
    later(120);
    assertThat(run(one).phase()).as("until a person says so").isEqualTo(Phase.AWAY);
    assertThat(fault(() -> real.moveBack(one.id(), BOB))).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(real.moveBack(one.id(), ALICE).run().orElseThrow().mayReturn()).isFalse();
    real.moveBack(one.id(), ALICE);
    later(4);
    movesBack();
    assertThat(run(one).phase()).as("its probe is waited for again").isEqualTo(Phase.RETURNING);
    answers(GRA);
    later(4);
    assertThat(run(one).outcome()).contains(Outcome.RETURNED);
    assertThat(fault(() -> real.moveBack(one.id(), ALICE))).isEqualTo(FaultCode.CONFLICT);
  }

  @Test
  void whatDoesNotAnswerElsewhereIsAFindingAndMovesBack() {
    answers(GRA);
    Rehearsal one = begin(Returns.AT_ONCE);
    movesAway();
    later(Measuring.PATIENCE.toSeconds() + 4);
    assertThat(run(one).phase()).isEqualTo(Phase.RETURNING);
    assertThat(run(one).servers().get(0).away().unanswered()).isTrue();
    movesBack();
    answers(GRA);
    later(4);
    assertThat(run(one).outcome()).contains(Outcome.FAILED);
    assertThat(run(one).recovery()).isEmpty();
    assertThat(story()).anyMatch(text -> text.contains("do not answer their probes: web"));
  }

  @Test
  void aMoveThatFailsMovesBackToo() {
    Rehearsal one = begin(Returns.ASK);
    later(4);
    status("UPDATE_FAILED");
    later(2);
    assertThat(run(one).outcome()).contains(Outcome.FAILED);
    later(2);
    movesBack();
    assertThat(run(one).phase()).isEqualTo(Phase.ENDED);
    assertThat(run(one).outcome()).contains(Outcome.FAILED);
  }

  @Test
  void whereThereIsNoRoomToReturnWhatWasLeftBehindMakesSome() {
    Rehearsal one = begin(Returns.AT_ONCE);
    held =
        List.of(
            new Leaving.Held(
                "web",
                TestStacks.SERVER,
                Place.inRegion(BHS, "R"),
                false,
                List.of(Phrase.verbatim("Full.")),
                List.of()));
    movesAway();
    assertThat(run(one).why().in(Locale.ENGLISH)).contains("web", "Full.", "tried again");
    assertThat(stacks.replacedToRemove(id)).containsExactly(GRA);
    held = List.of();
    later(RehearsalPass.AGAIN.toSeconds() + 2);
    assertThat(run(one).backPlan()).isPresent();
    movesBack();
    assertThat(run(one).outcome()).contains(Outcome.RETURNED);
  }

  @Test
  void aReturnThatIsRolledBackIsTriedAgain() {
    Rehearsal one = begin(Returns.AT_ONCE);
    movesAway();
    later(4);
    database.execute(
        "update stack set plan = '%s' where id = '%s'".formatted(run(one).plan().value(), id));
    status("ROLLBACK_COMPLETE");
    part("delete from stack_part where generation = 2");
    part("update stack_part set goal = 'PRESENT' where cloud = 'bhs'");
    later(2);
    assertThat(run(one).backPlan()).isEmpty();
    assertThat(run(one).tries()).isEqualTo(1);
    later(RehearsalPass.AGAIN.toSeconds() + 2);
    movesBack();
    assertThat(run(one).outcome()).contains(Outcome.RETURNED);
  }

  @Test
  void aTrueLossOfThatCloudGoesBefore() {
    Rehearsal one = begin(Returns.ASK);
    movesAway();
    silent.add(GRA);
    later(12);
    assertThat(run(one).phase()).isEqualTo(Phase.ENDED);
    assertThat(run(one).outcome()).contains(Outcome.OVERTAKEN);
    assertThat(failovers.isWatched(id)).as("as after any loss").isTrue();
    assertThat(story()).last().asString().contains("does not answer in truth");
  }

  @Test
  void aTrueLossOfWhereItWentGoesBeforeAndNothingIsLeftBehind() {
    Rehearsal one = begin(Returns.ASK);
    later(4);
    silent.add(BHS);
    later(2);
    assertThat(interrupted).containsExactly(false);
    assertThat(run(one).phase()).isEqualTo(Phase.CLEARING);
    assertThat(stacks.replacedToRemove(id)).containsExactly(GRA);
    later(10);
    assertThat(run(one).phase()).isEqualTo(Phase.CLEARING);
    gone("goal = 'REPLACED'");
    later(2);
    assertThat(run(one).phase()).isEqualTo(Phase.ENDED);
    assertThat(run(one).outcome()).contains(Outcome.OVERTAKEN);
    assertThat(failovers.isWatched(id)).isFalse();
  }

  @Test
  void aStackThatIsChangedOrDeletedMeanwhileEndsIt() {
    Rehearsal one = begin(Returns.ASK);
    movesAway();
    begun(new PlanId(UUID.randomUUID()));
    status("UPDATE_COMPLETE");
    later(12);
    assertThat(run(one).outcome()).contains(Outcome.CHANGED);
    gone("goal = 'REPLACED'");
    later(2);
    assertThat(run(one).phase()).isEqualTo(Phase.ENDED);

    part("delete from stack_part where cloud = 'bhs'");
    part("update stack_part set goal = 'PRESENT', status = 'CREATE_COMPLETE'");
    Rehearsal other = begin(Returns.ASK);
    status("DELETE_IN_PROGRESS");
    later(2);
    assertThat(run(other).outcome()).contains(Outcome.ABANDONED);
  }

  @Test
  void isRefusedWhereItCouldNotBeWhole() {
    assertThat(fault(() -> real.begin(id, GRA, Returns.ASK, "other", ALICE)))
        .isEqualTo(FaultCode.REQUEST_INVALID);
    assertThat(fault(() -> real.begin(id, GRA, Returns.ASK, "shop", BOB)))
        .isEqualTo(FaultCode.NOT_FOUND);
    assertThat(fault(() -> real.begin(id, BHS, Returns.ASK, "shop", ALICE)))
        .isEqualTo(FaultCode.REQUEST_INVALID);
    status("UPDATE_FAILED");
    assertThat(fault(() -> begin(Returns.ASK))).isEqualTo(FaultCode.CONFLICT);
    status("CREATE_COMPLETE");
    silent.add(GRA);
    assertThat(fault(() -> begin(Returns.ASK))).isEqualTo(FaultCode.CONFLICT);
    silent.clear();
    closed = Optional.of(new ClosedArea(Area.of(GRA), Phrase.verbatim("Drained.")));
    assertThat(fault(() -> begin(Returns.ASK))).isEqualTo(FaultCode.CONFLICT);
    closed = Optional.empty();
    foreseen = LostResource.Outcome.NO_PLACE;
    assertThat(catchThrowableOfType(FederationFault.class, () -> begin(Returns.ASK)).getMessage())
        .contains("would find a place", "Because.");
    foreseen = LostResource.Outcome.MOVES;
    said =
        new Failover(
            Failover.Mode.NEVER, Duration.ofSeconds(30), 3, List.of(), Failover.OnReturn.ASK);
    assertThat(fault(() -> begin(Returns.ASK))).isEqualTo(FaultCode.CONFLICT);
    said = SAID;
    begin(Returns.ASK);
    assertThat(catchThrowableOfType(FederationFault.class, () -> begin(Returns.ASK)).getMessage())
        .contains("under way");
  }

  @Test
  void whoLosesTheTurnWritesNothing() {
    Rehearsal one = begin(Returns.ASK);
    now = now.plusSeconds(2);
    RehearsalRunStore.Turn turn = runs.take(now.plusSeconds(1), now).orElseThrow();
    now = now.plusSeconds(5);
    RehearsalRunStore.Turn next = runs.take(now.plusSeconds(60), now).orElseThrow();
    assertThat(
            catchThrowableOfType(
                RehearsalRunStore.TurnLost.class,
                () -> runs.release(turn, turn.run(), Optional.empty(), now)))
        .isNotNull();
    runs.release(next, next.run(), Optional.of(now), now);
    assertThat(run(one).phase()).isEqualTo(Phase.MOVING);
  }
}
