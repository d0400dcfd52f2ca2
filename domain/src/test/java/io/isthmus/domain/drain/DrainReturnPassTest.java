package io.isthmus.domain.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.audit.AuditRecord;
import io.isthmus.domain.cloud.Area;
import io.isthmus.domain.cloud.CloudId;
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
import io.isthmus.domain.placement.Wiring;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.stack.engine.TestStacks;
import io.isthmus.domain.stack.store.TransactionPerCall;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.template.TemplateSource;
import io.isthmus.domain.tenant.TenantStores;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Moving back after a drain over a real database; what planning would say is said by hand. */
class DrainReturnPassTest {

  private static final CloudId GRA = new CloudId("gra");
  private static final Caller ADMIN =
      new Caller("0", "admin", Set.of(), Set.of(Caller.FEDERATION_ADMIN));
  private static final Caller ALICE = new Caller("a-1", "alice", Set.of("acme"), Set.of());

  private final TestDatabase database = TestDatabase.create();
  private final StackStore stacks = new TransactionPerCall(database.dataSource()).stacks();
  private final DrainStore drains = new DrainStore(database.dataSource());
  private final DrainReturnStore store = new DrainReturnStore(database.dataSource());
  private final List<AuditRecord> audited = new ArrayList<>();
  private final List<StackId> begun = new ArrayList<>();
  private final Map<StackId, FederationFault> faults = new HashMap<>();
  private List<Leaving.Held> held = List.of();
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
  private DrainReturnPass pass;
  private DrainReturns returns;
  private Drain drain;

  private final class ByHand extends Homecoming {
    ByHand() {
      super(stacks, store, audited::add);
    }

    @Override
    Map<String, Place> homes(DrainedStack moved) {
      return Map.of("web", Place.inZone(GRA, "R", "nova"));
    }

    @Override
    LeavingPlan foresee(StackId stack, Map<String, Place> homes, Foresight foresight) {
      return new LeavingPlan(Optional.empty(), List.of(), held, List.of());
    }

    @Override
    LeavingPlan plan(StackId stack, Map<String, Place> homes, String author) {
      if (faults.containsKey(stack)) {
        throw faults.get(stack);
      }
      return new LeavingPlan(Optional.of(kept()), List.of(), held, List.of());
    }

    @Override
    void leave(StackId stack, PlanId plan, Phrase happened) {
      begun.add(stack);
      status(stack, "UPDATE_IN_PROGRESS");
      database.execute(
          "update stack set plan = '%s' where id = '%s'".formatted(plan.value(), stack));
    }
  }

  @BeforeEach
  void begin() {
    TenantStores.withProjects(database, TestStacks.PROJECT);
    Homecoming homecoming = new ByHand();
    pass = new DrainReturnPass(store, homecoming, clock);
    returns = new DrainReturns(drains, store, homecoming, clock);
    drain =
        new Drain(
            UUID.randomUUID(),
            Area.of(GRA),
            "The hall is rebuilt",
            1,
            false,
            Drain.Status.TAKEN_BACK,
            "admin",
            "0",
            now,
            Optional.of(now));
    drains.add(drain);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Plan kept() {
    return new Plan(
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
        "admin",
        Optional.of(now),
        Optional.empty());
  }

  /** One that the drain has moved. */
  private StackId moved(String name) {
    Stack stack = TestStacks.stack(name, now, UUID.randomUUID());
    stacks.add(
        stack,
        new TestStacks().add("web", TestStacks.SERVER, "bhs").parts(now),
        Phrase.verbatim("asked"));
    status(stack.id(), "UPDATE_COMPLETE");
    database.execute(
        ("insert into drain_stack (drain, stack, tenant, project, name, state, parts, moved, plan,"
                + " held, tries, changed_at) values ('%s', '%s', 'acme', 'demo', '%s', 'MOVED', 0,"
                + " 1, '%s', '[]', 0, now())")
            .formatted(drain.id(), stack.id(), name, UUID.randomUUID()));
    return stack.id();
  }

  private void status(StackId id, String status) {
    database.execute("update stack set status = '%s' where id = '%s'".formatted(status, id));
  }

  private void later(long seconds) {
    for (long passed = 0; passed < seconds; passed += 5) {
      now = now.plusSeconds(5);
      pass.run();
    }
  }

  private DrainReturn.State state(StackId stack) {
    return returns.list(drain.id(), ADMIN).stream()
        .filter(one -> one.stack().equals(stack))
        .findFirst()
        .orElseThrow()
        .state();
  }

  private static FaultCode fault(ThrowingCallable call) {
    return catchThrowableOfType(FederationFault.class, call).code();
  }

  @Test
  void stacksMoveBackAsManyAtOnceAsTheDrainMoved() {
    StackId first = moved("a");
    StackId second = moved("b");
    returns.moveBack(drain.id(), ADMIN);
    assertThat(returns.moveBack(drain.id(), ADMIN)).as("safe to repeat").hasSize(2);
    later(20);
    assertThat(begun).containsExactly(first);
    assertThat(state(second)).isEqualTo(DrainReturn.State.WAITING);
    status(first, "UPDATE_COMPLETE");
    later(10);
    assertThat(state(first)).isEqualTo(DrainReturn.State.BACK);
    assertThat(begun).containsExactly(first, second);
    status(second, "UPDATE_COMPLETE");
    later(10);
    assertThat(state(second)).isEqualTo(DrainReturn.State.BACK);
    assertThat(audited).hasSize(2).allMatch(one -> one.action().equals("update/move-back"));
    later(600);
    assertThat(begun).as("once").hasSize(2);
    assertThat(pass.run()).isZero();
  }

  @Test
  void whatCannotMoveBackIsToldAndTriedAgainAndHoldsUpNoOther() {
    StackId busy = moved("a");
    StackId failing = moved("b");
    faults.put(busy, new FederationFault(FaultCode.CONFLICT, Phrase.verbatim("At work.")));
    returns.moveBack(drain.id(), ADMIN);
    later(10);
    assertThat(state(busy)).isEqualTo(DrainReturn.State.AT_WORK);
    assertThat(begun).containsExactly(failing);
    status(failing, "ROLLBACK_COMPLETE");
    faults.clear();
    held =
        List.of(
            new Leaving.Held(
                "web",
                TestStacks.SERVER,
                Place.inRegion(GRA, "R"),
                false,
                List.of(Phrase.verbatim("Full.")),
                List.of()));
    later(30);
    assertThat(state(failing)).isEqualTo(DrainReturn.State.FAILED);
    assertThat(state(busy)).isEqualTo(DrainReturn.State.HELD);
    assertThat(
            returns.list(drain.id(), ADMIN).stream()
                .filter(one -> one.stack().equals(busy))
                .flatMap(one -> one.why().stream())
                .map(why -> why.in(Locale.ENGLISH)))
        .singleElement()
        .asString()
        .contains("web");
    held = List.of();
    status(busy, "DELETE_COMPLETE");
    later(75);
    status(failing, "UPDATE_COMPLETE");
    later(75);
    assertThat(state(failing)).isEqualTo(DrainReturn.State.BACK);
    assertThat(state(busy)).isEqualTo(DrainReturn.State.GONE);
    assertThat(begun).containsExactly(failing, failing);
  }

  @Test
  void onlyAfterTheDrainIsTakenBackAndByAdministrators() {
    assertThat(fault(() -> returns.moveBack(drain.id(), ADMIN))).isEqualTo(FaultCode.CONFLICT);
    moved("a");
    assertThat(fault(() -> returns.moveBack(drain.id(), ALICE))).isEqualTo(FaultCode.FORBIDDEN);
    assertThat(fault(() -> returns.list(drain.id(), ALICE))).isEqualTo(FaultCode.FORBIDDEN);
    assertThat(fault(() -> returns.moveBack(UUID.randomUUID(), ADMIN)))
        .isEqualTo(FaultCode.NOT_FOUND);
    assertThat(returns.preview(drain.id(), ADMIN).stacks()).hasSize(1);
    database.execute("update drain set status = 'COMPLETE'");
    assertThat(fault(() -> returns.moveBack(drain.id(), ADMIN))).isEqualTo(FaultCode.CONFLICT);
  }
}
