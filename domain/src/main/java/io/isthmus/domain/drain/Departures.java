package io.isthmus.domain.drain;

import io.isthmus.domain.audit.AuditLog;
import io.isthmus.domain.audit.AuditRecord;
import io.isthmus.domain.audit.Face;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Foresight;
import io.isthmus.domain.placement.Leaving;
import io.isthmus.domain.placement.LeavingPlan;
import io.isthmus.domain.placement.PlanService;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackService;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.trace.RequestId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What a drain does to one stack at a time, in the name of who started it. No cloud is called: the
 * engine carries out what is accepted here.
 */
@ApplicationScoped
public class Departures {

  private PlanService plans;
  private StackService stacks;
  private StackStore store;
  private DrainStore drains;
  private Consumer<AuditRecord> audit;

  @Inject
  Departures(
      PlanService plans, StackService stacks, StackStore store, DrainStore drains, AuditLog audit) {
    this(plans, stacks, store, drains, audit::add);
  }

  Departures(
      PlanService plans,
      StackService stacks,
      StackStore store,
      DrainStore drains,
      Consumer<AuditRecord> audit) {
    this.plans = plans;
    this.stacks = stacks;
    this.store = store;
    this.drains = drains;
    this.audit = audit;
  }

  /** For the container's proxies. */
  protected Departures() {}

  Optional<Stack> find(StackId stack) {
    return store.find(stack);
  }

  /** As {@link PlanService#foreseeLeaving}. */
  LeavingPlan foresee(StackId stack, Leaving leaving, Foresight foresight) {
    return plans.foreseeLeaving(stack.value(), leaving, foresight);
  }

  /** As {@link PlanService#previewLeaving}. */
  LeavingPlan plan(StackId stack, Leaving leaving, String author) {
    return plans.previewLeaving(stack.value(), leaving, author);
  }

  /**
   * Begins to move a stack by a plan, records whose act it is, and writes that it moves; all of it
   * or nothing.
   *
   * @param until how long the turn is held
   * @return false when the drain was paused or taken back meanwhile; then nothing is done
   * @throws DrainStore.TurnLost when another carries the drain on
   * @throws FederationFault as {@link StackService#leave}
   */
  @Transactional
  public boolean begin(
      DrainStore.Turn turn, DrainedStack stack, LeavingPlan plan, Instant now, Instant until) {
    Drain drain = turn.drain();
    if (!drains.goOn(turn, until)) {
      return false;
    }
    RequestId request = RequestId.fresh();
    try (RequestId.Scope scope = request.serve()) {
      stacks.leave(
          stack.stack(),
          plan.plan().orElseThrow().id(),
          Phrase.of(
              "drain.stack-leaves",
              stack.name(),
              drain.area().toString(),
              drain.startedBy(),
              drain.reason()));
    }
    audit.accept(
        new AuditRecord(
            UUID.randomUUID(),
            now,
            Face.ENGINE,
            Optional.of(new AuditRecord.Actor(drain.startedBySubject(), drain.startedBy())),
            Optional.of(stack.project()),
            "update/drain",
            new AuditRecord.Target("stack", stack.stack().toString()),
            Optional.of(new AuditRecord.Where(drain.area().cloud().text(), drain.area().region())),
            AuditRecord.Outcome.SUCCESS,
            Optional.empty(),
            request));
    drains.write(
        turn, stack.moving(plan.plan().orElseThrow().id(), plan.moves().size(), plan.held(), now));
    return true;
  }
}
