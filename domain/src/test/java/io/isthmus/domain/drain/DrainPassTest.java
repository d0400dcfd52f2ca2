package io.isthmus.domain.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.Area;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.KnownAreas;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Estimate;
import io.isthmus.domain.placement.Foresight;
import io.isthmus.domain.placement.Leaving;
import io.isthmus.domain.placement.LeavingPlan;
import io.isthmus.domain.placement.Placement;
import io.isthmus.domain.placement.Plan;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.placement.ResourceChange;
import io.isthmus.domain.placement.Wiring;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackCourse;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.template.TemplateSource;
import io.isthmus.domain.tenant.TenantService;
import io.isthmus.domain.tenant.TenantStores;
import io.isthmus.domain.trace.RequestId;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Drains over a real database; stacks are planned and moved by hand. */
class DrainPassTest {

  private static final CloudId GRA = new CloudId("gra");
  private static final ProjectId DEMO = ProjectId.parse("acme/demo");
  private static final Caller ADMIN =
      new Caller("0", "admin", Set.of(), Set.of(Caller.FEDERATION_ADMIN));
  private static final Caller ALICE = new Caller("a-1", "alice", Set.of("acme"), Set.of());
  private static final DrainWish WISH =
      new DrainWish(Area.of(GRA), "The hall is rebuilt", 2, false);
  private static final Leaving.Held DISK =
      new Leaving.Held(
          "disk",
          "OS::Cinder::Volume",
          Place.inRegion(GRA, "R"),
          true,
          List.of(Phrase.of("placement.leaving.holds-data", "disk")),
          List.of());

  private Instant now = Instant.parse("2026-11-25T10:00:00Z");
  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  /** By stack: how many of its parts are in the place. */
  private final Map<StackId, Integer> there = new LinkedHashMap<>();

  /** Of which only the removal of what they had is left. */
  private final Set<StackId> leftOver = new HashSet<>();

  private final Map<StackId, StackStatus> statuses = new HashMap<>();
  private final Map<StackId, PlanId> plans = new HashMap<>();
  private final Map<StackId, List<Leaving.Held>> held = new HashMap<>();
  private final Map<StackId, FederationFault> faults = new HashMap<>();
  private final List<StackId> begun = new ArrayList<>();
  private TestDatabase database;
  private DrainStore store;
  private DrainService service;
  private DrainPass pass;

  private final class Places extends DrainStore {
    Places() {
      super(database.dataSource());
    }

    @Override
    List<DrainedStack.Presence> presences(Area area) {
      return there.entrySet().stream()
          .filter(one -> one.getValue() > 0)
          .map(
              one ->
                  new DrainedStack.Presence(
                      one.getKey(),
                      DEMO,
                      "s" + one.getKey().value().getLeastSignificantBits(),
                      one.getValue(),
                      leftOver.contains(one.getKey())))
          .toList();
    }
  }

  /** Happens while a stack is planned. */
  private Runnable meanwhile = () -> {};

  private final class ByHand extends Departures {
    @Override
    Optional<Stack> find(StackId id) {
      return Optional.ofNullable(statuses.get(id)).map(status -> stack(id, status));
    }

    @Override
    LeavingPlan foresee(StackId id, Leaving leaving, Foresight foresight) {
      refuse(id);
      return leavingPlan(id, Optional.empty());
    }

    @Override
    LeavingPlan plan(StackId id, Leaving leaving, String author) {
      refuse(id);
      meanwhile.run();
      assertThat(author).isEqualTo("admin");
      assertThat(leaving.left().get(0).area()).isEqualTo(WISH.area());
      List<Leaving.Held> stays = held.getOrDefault(id, List.of());
      return stays.size() == there.get(id)
          ? new LeavingPlan(Optional.empty(), List.of(), stays, List.of())
          : leavingPlan(id, Optional.of(kept(id)));
    }

    private void refuse(StackId id) {
      if (faults.containsKey(id)) {
        throw faults.get(id);
      }
    }

    @Override
    public boolean begin(
        DrainStore.Turn turn, DrainedStack one, LeavingPlan plan, Instant at, Instant until) {
      if (!store.goOn(turn, until)) {
        return false;
      }
      begun.add(one.stack());
      statuses.put(one.stack(), StackStatus.UPDATING);
      plans.put(one.stack(), plan.plan().orElseThrow().id());
      store.write(
          turn, one.moving(plan.plan().orElseThrow().id(), plan.moves().size(), plan.held(), at));
      return true;
    }
  }

  private LeavingPlan leavingPlan(StackId id, Optional<Plan> plan) {
    return new LeavingPlan(
        plan,
        List.of(
            new ResourceChange(
                "web",
                "OS::Nova::Server",
                ResourceChange.Kind.MOVED,
                List.of(Place.inRegion(GRA, "R")),
                List.of(Place.inRegion(new CloudId("bhs"), "R")),
                List.of(),
                Optional.empty())),
        held.getOrDefault(id, List.of()),
        List.of());
  }

  private Plan kept(StackId id) {
    return new Plan(
        new PlanId(UUID.randomUUID()),
        DEMO,
        id.toString(),
        TemplateSource.of(""),
        JsonValue.EMPTY_JSON_OBJECT,
        "",
        new Placement.Placed(List.of(), new Wiring(List.of(), List.of()), List.of(), Estimate.NONE),
        "",
        now,
        now.plus(Duration.ofHours(1)),
        "admin",
        Optional.empty());
  }

  private Stack stack(StackId id, StackStatus status) {
    return new Stack(
        id,
        DEMO,
        "shop",
        TemplateSource.of(""),
        JsonValue.EMPTY_JSON_OBJECT,
        JsonValue.EMPTY_JSON_OBJECT,
        "",
        plans.getOrDefault(id, new PlanId(new UUID(0, 1))),
        status,
        Phrase.verbatim("The cloud is full."),
        StackHealth.UNKNOWN,
        now,
        1,
        0,
        now,
        now,
        "alice",
        RequestId.fresh(),
        StackCourse.FIRST);
  }

  @BeforeEach
  void open() {
    database = TestDatabase.create();
    TenantService tenants = TenantStores.withProjects(database, DEMO);
    store = new Places();
    Departures departures = new ByHand();
    service = new DrainService(store, departures, new Anywhere(), tenants, clock);
    pass = new DrainPass(store, departures, clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static final class Anywhere extends KnownAreas {
    @Override
    public void require(Area area) {
      // Every place is there.
    }
  }

  private StackId stack(long number, int parts) {
    StackId id = new StackId(new UUID(0, number));
    there.put(id, parts);
    statuses.put(id, StackStatus.CREATED);
    return id;
  }

  private void later(Duration by) {
    now = now.plus(by);
    pass.run();
  }

  private DrainedStack row(Drain drain, StackId id) {
    return service.stacks(drain.id(), ADMIN).stream()
        .filter(one -> one.stack().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private void arrives(StackId id) {
    statuses.put(id, StackStatus.UPDATED);
    there.put(id, held.getOrDefault(id, List.of()).size());
  }

  private static FaultCode fault(ThrowingCallable call) {
    return catchThrowableOfType(FederationFault.class, call).code();
  }

  @Test
  void movesAsManyStacksAtOnceAsWasAskedForAndClosesThePlaceUntilItIsTakenBack() {
    StackId one = stack(1, 2);
    StackId two = stack(2, 1);
    StackId three = stack(3, 1);
    Drain drain = service.start(WISH, ADMIN);
    assertThat(store.closed())
        .singleElement()
        .satisfies(
            closed ->
                assertThat(closed.reason().toString()).contains("gra", "The hall is rebuilt"));

    pass.run();
    assertThat(begun).containsExactly(one, two);
    assertThat(row(drain, one).state()).isEqualTo(DrainedStack.State.MOVING);
    assertThat(row(drain, three).state()).isEqualTo(DrainedStack.State.WAITING);
    later(DrainPass.SOON);
    assertThat(begun).hasSize(2);

    arrives(one);
    later(DrainPass.SOON);
    assertThat(row(drain, one).state()).isEqualTo(DrainedStack.State.MOVED);
    assertThat(begun).containsExactly(one, two, three);
    arrives(two);
    arrives(three);
    later(DrainPass.SOON);
    assertThat(service.find(drain.id(), ADMIN).status()).isEqualTo(Drain.Status.COMPLETE);
    assertThat(service.find(drain.id(), ADMIN).endedAt()).contains(now);
    assertThat(store.closed()).hasSize(1);
    service.takeBack(drain.id(), ADMIN);
    assertThat(store.closed()).isEmpty();
  }

  @Test
  void aPauseHoldsAtOnceAlsoForAStackThatIsBeingPlanned() {
    stack(1, 1);
    Drain drain = service.start(WISH, ADMIN);
    meanwhile = () -> service.pause(drain.id(), ADMIN);
    pass.run();
    assertThat(begun).isEmpty();
    assertThat(service.find(drain.id(), ADMIN).status()).isEqualTo(Drain.Status.PAUSED);

    meanwhile = () -> {};
    service.resume(drain.id(), ADMIN);
    later(DrainPass.SOON);
    assertThat(begun).hasSize(1);
  }

  @Test
  void whatIsUnderWayIsFollowedWhilePausedAndAfterItWasTakenBackAndNothingElseIsBegun() {
    StackId one = stack(1, 1);
    Drain drain = service.start(WISH, ADMIN);
    pass.run();
    service.pause(drain.id(), ADMIN);
    StackId two = stack(2, 1);
    later(DrainPass.SOON);
    assertThat(begun).containsExactly(one);
    assertThat(row(drain, two).state()).isEqualTo(DrainedStack.State.WAITING);

    service.resume(drain.id(), ADMIN);
    later(DrainPass.SOON);
    assertThat(begun).containsExactly(one, two);
    stack(3, 1);
    service.takeBack(drain.id(), ADMIN);
    arrives(one);
    later(DrainPass.SOON);
    assertThat(row(drain, one).state()).isEqualTo(DrainedStack.State.MOVED);
    arrives(two);
    later(DrainPass.SOON);
    assertThat(begun).containsExactly(one, two);
    assertThat(service.stacks(drain.id(), ADMIN)).hasSize(2);
    later(Duration.ofHours(1));
    assertThat(pass.run()).as("nothing is left to do").isZero();
    assertThat(fault(() -> service.resume(drain.id(), ADMIN))).isEqualTo(FaultCode.CONFLICT);
  }

  @Test
  void waitsForOtherWorkTriesAgainWhatStaysAndWhatFailed() {
    StackId busy = stack(1, 1);
    StackId keeps = stack(2, 1);
    held.put(keeps, List.of(DISK));
    faults.put(busy, new FederationFault(FaultCode.CONFLICT, Phrase.verbatim("It is at work.")));
    Drain drain = service.start(WISH, ADMIN);
    pass.run();

    assertThat(row(drain, busy).state()).isEqualTo(DrainedStack.State.AT_WORK);
    assertThat(row(drain, busy).why()).contains(Phrase.verbatim("It is at work."));
    assertThat(row(drain, keeps).state()).isEqualTo(DrainedStack.State.HELD);
    assertThat(row(drain, keeps).held()).containsExactly(DISK);
    faults.clear();
    later(DrainPass.AT_WORK);
    assertThat(begun).containsExactly(busy);
    statuses.put(busy, StackStatus.ROLLED_BACK);
    later(DrainPass.SOON);
    DrainedStack failed = row(drain, busy);
    assertThat(failed.state()).isEqualTo(DrainedStack.State.FAILED);
    assertThat(failed.why().orElseThrow().toString()).contains("The cloud is full.");
    assertThat(failed.tries()).isEqualTo(1);
    assertThat(failed.nextTry()).contains(now.plus(DrainPass.FAILED));

    held.clear();
    later(DrainPass.HELD);
    assertThat(begun).containsExactly(busy, busy, keeps);
    assertThat(service.find(drain.id(), ADMIN).status()).isEqualTo(Drain.Status.RUNNING);
  }

  @Test
  void othersDoNotWaitForEverForWhatTheDrainedCloudDoesNotRemove() {
    StackId one = stack(1, 1);
    StackId two = stack(2, 1);
    StackId three = stack(3, 1);
    StackId four = stack(4, 1);
    Drain drain = service.start(WISH, ADMIN);
    pass.run();
    leftOver.add(one);
    later(DrainPass.MOST_OF_REMOVAL.minusSeconds(1));
    assertThat(begun).containsExactly(one, two);
    assertThat(row(drain, one).why()).isEmpty();

    later(Duration.ofSeconds(6));
    assertThat(begun).containsExactly(one, two, three);
    assertThat(row(drain, one).state()).isEqualTo(DrainedStack.State.MOVING);
    assertThat(row(drain, one).why().orElseThrow().toString()).contains("s1", "3 minutes");
    assertThat(row(drain, two).why()).isEmpty();

    later(DrainPass.MOST_OF_MOVE);
    assertThat(row(drain, two).why().orElseThrow().toString()).contains("s2", "60 minutes");
    assertThat(begun).containsExactly(one, two, three, four);
    arrives(one);
    later(DrainPass.SOON);
    assertThat(row(drain, one).state()).isEqualTo(DrainedStack.State.MOVED);
    assertThat(row(drain, one).why()).isEmpty();
  }

  @Test
  void whatWaitsGoesBeforeWhatIsTriedAgain() {
    FederationFault busy =
        new FederationFault(FaultCode.CONFLICT, Phrase.verbatim("It is at work."));
    StackId one = stack(1, 1);
    StackId two = stack(2, 1);
    faults.put(one, busy);
    faults.put(two, busy);
    service.start(WISH, ADMIN);
    pass.run();
    assertThat(begun).isEmpty();

    StackId three = stack(3, 1);
    faults.clear();
    later(DrainPass.AT_WORK);
    assertThat(begun).containsExactly(three, one);
  }

  @Test
  void whatIsLeftOverOfAStackIsToldByItsParts() {
    UUID id = UUID.randomUUID();
    database.execute(
        ("insert into stack (id, tenant, project, name, template, files, parameters, computed,"
                + " policy, plan, status, reason, health, action_since, version, last_event,"
                + " created_at, updated_at, created_by, request_id) values ('%1$s', 'acme', 'demo',"
                + " 'shop', '', '{}', '', '', '', '%1$s', 'UPDATE_IN_PROGRESS', '{}', '{}', now(),"
                + " 0, 0, now(), now(), 'alice', 'req-1')")
            .formatted(id));
    part(id, "old", "gra", "ABSENT", "DELETE_IN_PROGRESS");
    part(id, "web", "bhs", "PRESENT", "CREATE_IN_PROGRESS");
    DrainStore real = new DrainStore(database.dataSource());
    assertThat(real.presences(Area.of(GRA)))
        .singleElement()
        .satisfies(one -> assertThat(one.leftOver()).isFalse());

    database.execute("update stack_part set status = 'CREATE_COMPLETE' where resource = 'web'");
    assertThat(real.presences(Area.of(GRA)).get(0).leftOver()).isTrue();
    database.execute("update stack_part set next = '{}' where resource = 'web'");
    assertThat(real.presences(Area.of(GRA)).get(0).leftOver()).isFalse();
    database.execute("update stack_part set next = null");
    part(id, "kept", "gra", "OUTGOING", "CREATE_COMPLETE");
    assertThat(real.presences(Area.of(GRA)).get(0).leftOver()).isFalse();
    assertThat(real.presences(Area.of(GRA)).get(0).parts()).isEqualTo(2);
  }

  private void part(UUID stack, String resource, String cloud, String goal, String status) {
    database.execute(
        ("insert into stack_part (stack, resource, cloud, region, generation, type, resolutions,"
                + " requires, deletion_policy, goal, status, health, attributes, attempts,"
                + " replacements, since, updated_at) values ('%s', '%s', '%s', 'R', 1,"
                + " 'OS::Nova::Server', '{}', '[]', 'DELETE', '%s', '%s', '{}', '', 0, 0, now(),"
                + " now())")
            .formatted(stack, resource, cloud, goal, status));
  }

  @Test
  void aStackThatMovesInPartIsHeldWithWhatStays() {
    StackId one = stack(1, 2);
    held.put(one, List.of(DISK));
    Drain drain = service.start(WISH, ADMIN);
    pass.run();
    arrives(one);
    later(DrainPass.SOON);

    assertThat(row(drain, one).state()).isEqualTo(DrainedStack.State.HELD);
    assertThat(row(drain, one).moved()).isEqualTo(1);
    assertThat(row(drain, one).why().orElseThrow().toString()).contains("disk");
    there.put(one, 0);
    later(DrainPass.SOON);
    assertThat(row(drain, one).state()).isEqualTo(DrainedStack.State.MOVED);
    assertThat(service.find(drain.id(), ADMIN).status()).isEqualTo(Drain.Status.COMPLETE);
    there.put(one, 1);
    held.clear();
    later(DrainPass.EMPTY);
    assertThat(service.find(drain.id(), ADMIN).status()).isEqualTo(Drain.Status.RUNNING);
  }

  @Test
  void anotherServerGoesOnWhereOneWasKilledAndWhatThatWritesLateIsNotWritten() {
    StackId one = stack(1, 1);
    Drain drain = service.start(WISH, ADMIN);
    DrainStore.Turn killed = store.take(now.plus(DrainPass.LEASE), now).orElseThrow();
    assertThat(pass.run()).isZero();

    later(DrainPass.LEASE.plusSeconds(1));
    assertThat(begun).containsExactly(one);
    assertThatThrownBy(() -> store.write(killed, row(drain, one).anew(now)))
        .isInstanceOf(DrainStore.TurnLost.class);
    assertThat(row(drain, one).state()).isEqualTo(DrainedStack.State.MOVING);
  }

  @Test
  void onlyAdministratorsDrainAndAPlaceIsDrainedOnce() {
    assertThat(fault(() -> service.start(WISH, ALICE))).isEqualTo(FaultCode.FORBIDDEN);
    assertThat(fault(() -> service.preview(WISH, ALICE))).isEqualTo(FaultCode.FORBIDDEN);
    assertThat(fault(() -> service.list(Optional.empty(), ALICE))).isEqualTo(FaultCode.FORBIDDEN);
    Drain drain = service.start(WISH, ADMIN);
    assertThat(fault(() -> service.pause(drain.id(), ALICE))).isEqualTo(FaultCode.FORBIDDEN);
    DrainWish part = new DrainWish(Area.of(GRA, "R"), "again", 1, false);
    assertThat(fault(() -> service.start(part, ADMIN))).isEqualTo(FaultCode.CONFLICT);
    assertThat(fault(() -> new DrainWish(Area.of(GRA), " ", 1, false)))
        .isEqualTo(FaultCode.REQUEST_INVALID);
    assertThat(fault(() -> new DrainWish(Area.of(GRA), "why", 21, false)))
        .isEqualTo(FaultCode.REQUEST_INVALID);
    service.takeBack(drain.id(), ADMIN);
    assertThat(service.start(part, ADMIN).area()).isEqualTo(part.area());
    assertThat(service.list(Optional.of(GRA), ADMIN)).hasSize(2);
    assertThat(service.closed(DEMO, ALICE)).as("without an access to it").isEmpty();
  }

  @Test
  void aPreviewTellsEachStackAndDoesNothing() {
    StackId one = stack(1, 2);
    StackId busy = stack(2, 1);
    held.put(one, List.of(DISK));
    faults.put(busy, new FederationFault(FaultCode.CONFLICT, Phrase.verbatim("It is at work.")));

    DrainPreview preview = service.preview(WISH, ADMIN);

    assertThat(preview.moves()).isEqualTo(1);
    assertThat(preview.held()).isEqualTo(1);
    assertThat(preview.unplanned()).isZero();
    assertThat(preview.stacks().get(1).problem()).contains(Phrase.verbatim("It is at work."));
    assertThat(begun).isEmpty();
    assertThat(store.closed()).isEmpty();
  }
}
