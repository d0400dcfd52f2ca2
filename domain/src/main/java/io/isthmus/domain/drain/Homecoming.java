package io.isthmus.domain.drain;

import io.isthmus.domain.audit.AuditLog;
import io.isthmus.domain.audit.AuditRecord;
import io.isthmus.domain.audit.Face;
import io.isthmus.domain.cloud.ClosedArea;
import io.isthmus.domain.cloud.Elsewhere;
import io.isthmus.domain.cloud.FederationService;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Foresight;
import io.isthmus.domain.placement.Leaving;
import io.isthmus.domain.placement.LeavingPlan;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.placement.PlanService;
import io.isthmus.domain.placement.PlanStore;
import io.isthmus.domain.placement.PlannedUpdate;
import io.isthmus.domain.placement.ResourceChange;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackService;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.trace.RequestId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What moving back does to one stack at a time, in the name of who asked for it. No cloud is
 * called: the engine carries out what is accepted here.
 */
@ApplicationScoped
public class Homecoming {

  private static final String SERVER = "OS::Nova::Server";

  private PlanService plans;
  private PlanStore kept;
  private StackService stacks;
  private StackStore store;
  private FederationService federation;
  private DrainReturnStore returns;
  private Consumer<AuditRecord> audit;

  @Inject
  Homecoming(
      PlanService plans,
      PlanStore kept,
      StackService stacks,
      StackStore store,
      FederationService federation,
      DrainReturnStore returns,
      AuditLog audit) {
    this.plans = plans;
    this.kept = kept;
    this.stacks = stacks;
    this.store = store;
    this.federation = federation;
    this.returns = returns;
    this.audit = audit::add;
  }

  /** For the container's proxies. */
  protected Homecoming() {}

  /** What plans, and which clouds there are, its heirs say. */
  Homecoming(StackStore store, DrainReturnStore returns, Consumer<AuditRecord> audit) {
    this.store = store;
    this.returns = returns;
    this.audit = audit;
  }

  Optional<Stack> find(StackId stack) {
    return store.find(stack);
  }

  /** Where the servers of a stack stood that a drain has moved, by path. */
  Map<String, Place> homes(DrainedStack moved) {
    Map<String, Place> homes = new TreeMap<>();
    moved
        .plan()
        .flatMap(kept::find)
        .flatMap(plan -> plan.update().map(PlannedUpdate::changes))
        .orElse(List.of())
        .stream()
        .filter(change -> change.kind() == ResourceChange.Kind.MOVED)
        .filter(change -> change.type().equals(SERVER) && !change.from().isEmpty())
        .forEach(change -> homes.put(change.resource(), change.from().get(0)));
    return homes;
  }

  /** As {@link PlanService#foreseeLeaving}. */
  LeavingPlan foresee(StackId stack, Map<String, Place> homes, Foresight foresight) {
    return plans.foreseeLeaving(stack.value(), leaving(stack, homes), foresight);
  }

  /** As {@link PlanService#previewLeaving}. */
  LeavingPlan plan(StackId stack, Map<String, Place> homes, String author) {
    return plans.previewLeaving(stack.value(), leaving(stack, homes), author);
  }

  private Leaving leaving(StackId stack, Map<String, Place> homes) {
    List<ClosedArea> left =
        store.find(stack).stream()
            .flatMap(
                found ->
                    Elsewhere.of(
                        federation.snapshot(found.project()).clouds(),
                        new HashSet<>(homes.values()))
                        .stream())
            .map(area -> new ClosedArea(area, Phrase.of("drain.returns")))
            .toList();
    return Leaving.alone(left, homes.keySet());
  }

  /** As {@link StackService#leave}. */
  void leave(StackId stack, PlanId plan, Phrase happened) {
    stacks.leave(stack, plan, happened);
  }

  /**
   * Begins to move a stack back by a plan, records whose act it is, and writes it; all of it or
   * nothing.
   *
   * @throws DrainReturnStore.TurnLost when another carries it on
   * @throws io.isthmus.domain.fault.FederationFault as {@link StackService#leave}
   */
  @Transactional
  public void begin(DrainReturnStore.Turn turn, DrainReturn moving, Instant now, Instant due) {
    returns.release(turn, moving, Optional.of(due));
    RequestId request = RequestId.fresh();
    try (RequestId.Scope scope = request.serve()) {
      leave(
          moving.stack(),
          moving.plan().orElseThrow(),
          Phrase.of("drain.stack-returns", moving.name(), moving.askedBy()));
    }
    audit.accept(
        new AuditRecord(
            UUID.randomUUID(),
            now,
            Face.ENGINE,
            Optional.of(new AuditRecord.Actor(moving.askedBySubject(), moving.askedBy())),
            Optional.of(moving.project()),
            "update/move-back",
            new AuditRecord.Target("stack", moving.stack().toString()),
            Optional.empty(),
            AuditRecord.Outcome.SUCCESS,
            Optional.empty(),
            request));
  }
}
