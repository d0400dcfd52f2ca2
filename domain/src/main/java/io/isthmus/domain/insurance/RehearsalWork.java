package io.isthmus.domain.insurance;

import io.isthmus.domain.audit.AuditLog;
import io.isthmus.domain.audit.AuditRecord;
import io.isthmus.domain.audit.Face;
import io.isthmus.domain.cloud.Area;
import io.isthmus.domain.cloud.ClosedArea;
import io.isthmus.domain.cloud.CloudHealth;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.cloud.Elsewhere;
import io.isthmus.domain.cloud.FederationService;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.failover.FailoverStore;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Failover;
import io.isthmus.domain.placement.Leaving;
import io.isthmus.domain.placement.LeavingPlan;
import io.isthmus.domain.placement.Plan;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.placement.PlanService;
import io.isthmus.domain.placement.PlanStore;
import io.isthmus.domain.probe.ProbeResult;
import io.isthmus.domain.probe.Witnesses;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackChange.Happening;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackService;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.stack.StackWanted;
import io.isthmus.domain.trace.RequestId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What is seen of a stack whose loss of a cloud is played, and what is done to it, in the name of
 * who asked. No cloud is called: the engine carries out what is accepted here.
 */
@ApplicationScoped
public class RehearsalWork {

  private StackStore stacks;
  private StackService service;
  private PlanService plans;
  private PlanStore kept;
  private FederationService federation;
  private Witnesses witnesses;
  private FailoverStore failovers;
  private RehearsalRunStore runs;
  private Consumer<AuditRecord> audit;
  private Consumer<StackId> wanted;

  @Inject
  RehearsalWork(
      StackStore stacks,
      StackService service,
      PlanService plans,
      PlanStore kept,
      FederationService federation,
      Witnesses witnesses,
      FailoverStore failovers,
      RehearsalRunStore runs,
      AuditLog audit,
      Event<StackWanted> wanted) {
    this.stacks = stacks;
    this.service = service;
    this.plans = plans;
    this.kept = kept;
    this.federation = federation;
    this.witnesses = witnesses;
    this.failovers = failovers;
    this.runs = runs;
    this.audit = audit::add;
    this.wanted = stack -> wanted.fire(new StackWanted(stack));
  }

  /** For the container's proxies. */
  protected RehearsalWork() {}

  /** What plans, what is probed, and which clouds there are, its heirs say. */
  RehearsalWork(
      StackStore stacks,
      PlanStore kept,
      FailoverStore failovers,
      RehearsalRunStore runs,
      Consumer<AuditRecord> audit,
      Consumer<StackId> wanted) {
    this.stacks = stacks;
    this.kept = kept;
    this.failovers = failovers;
    this.runs = runs;
    this.audit = audit;
    this.wanted = wanted;
  }

  Optional<Stack> find(StackId stack) {
    return stacks.find(stack);
  }

  List<StackPart> parts(StackId stack) {
    return stacks.parts(stack);
  }

  List<ProbeResult> probes(StackId stack) {
    return witnesses.probes(stack);
  }

  /** Of some clouds, those that do not answer the stack's project. */
  Set<CloudId> silent(Stack stack, Collection<CloudId> clouds) {
    return federation.snapshot(stack.project()).clouds().stream()
        .filter(cloud -> clouds.contains(cloud.id()))
        .filter(cloud -> cloud.health().state() == CloudHealth.State.UNREACHABLE)
        .map(CloudView::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What the stack's policy says of its servers whose place is lost, by path. */
  Map<String, Failover> failovers(PlanId plan) {
    return kept.find(plan).map(Plan::failovers).orElse(Map.of());
  }

  /** Whether a cloud of the stack is lost, may be, or what was replaced there is there still. */
  boolean isLosing(StackId stack) {
    return failovers.isWatched(stack);
  }

  /** Why nothing new is placed in some of a cloud. */
  Optional<ClosedArea> closed(Stack stack, CloudId cloud) {
    return federation.snapshotToPlan(stack.project()).closed().stream()
        .filter(one -> one.area().cloud().equals(cloud))
        .findFirst();
  }

  /** As {@link PlanService#previewLeaving}. */
  LeavingPlan planAway(StackId stack, Leaving leaving, String author) {
    return plans.previewLeaving(stack.value(), leaving, author);
  }

  /** As {@link StackService#failOver}. */
  void failOver(StackId stack, PlanId plan, Phrase happened) {
    service.failOver(stack, plan, happened);
  }

  /** As {@link StackService#leave}. */
  void leave(StackId stack, PlanId plan, Phrase happened) {
    service.leave(stack, plan, happened);
  }

  /** Plans how what has moved moves to where it stood, and keeps the plan. */
  LeavingPlan planBack(Stack stack, RehearsalRun run) {
    Set<Place> homes =
        run.servers().stream().map(RehearsedServer::from).collect(Collectors.toSet());
    List<ClosedArea> left =
        Elsewhere.of(federation.snapshot(stack.project()).clouds(), homes).stream()
            .map(area -> closed(area, run.cloud()))
            .toList();
    return plans.previewLeaving(
        stack.id().value(),
        Leaving.alone(
            left,
            run.servers().stream().map(RehearsedServer::resource).collect(Collectors.toSet())),
        by(run).name());
  }

  private static ClosedArea closed(Area area, CloudId home) {
    return new ClosedArea(area, Phrase.of("insurance.returns", home.text()));
  }

  private static RehearsalRun.Person by(RehearsalRun run) {
    return run.backBy().orElse(run.askedBy());
  }

  /**
   * Begins to move back by a plan, records whose act it is, and writes it; all of it or nothing.
   *
   * @throws RehearsalRunStore.TurnLost when another has the turn
   * @throws FederationFault as {@link StackService#leave}
   */
  @Transactional
  public void beginReturn(
      RehearsalRunStore.Turn turn, Stack stack, RehearsalRun returning, Instant due) {
    runs.require(turn);
    RequestId request = RequestId.fresh();
    try (RequestId.Scope scope = request.serve()) {
      leave(stack.id(), returning.backPlan().orElseThrow(), returning.why());
    }
    RehearsalRun.Person person = by(returning);
    audit.accept(
        new AuditRecord(
            UUID.randomUUID(),
            returning.times().returningAt().orElseThrow(),
            Face.ENGINE,
            Optional.of(new AuditRecord.Actor(person.subject(), person.name())),
            Optional.of(stack.project()),
            "update/rehearsal",
            new AuditRecord.Target("stack", stack.id().toString()),
            Optional.of(new AuditRecord.Where(returning.cloud().text(), Optional.empty())),
            AuditRecord.Outcome.SUCCESS,
            Optional.empty(),
            request));
    runs.release(turn, returning, Optional.of(due), returning.times().returningAt().orElseThrow());
  }

  /**
   * Writes how far it is, and what of it is new into the stack's story; all of it or nothing.
   *
   * @param due when it is looked at again; empty when nothing is left to do
   * @param looks whether the engine is to look at the stack
   * @throws RehearsalRunStore.TurnLost when another has the turn
   */
  @Transactional
  public void note(
      RehearsalRunStore.Turn turn,
      RehearsalRun next,
      Optional<Instant> due,
      boolean looks,
      Instant now) {
    runs.release(turn, next, due, now);
    if (!next.why().equals(turn.run().why())) {
      tell(next, now);
    }
    if (looks) {
      wake(next.stack(), now);
    }
  }

  /**
   * The cloud whose loss was played is lost in truth: what is done about lost clouds goes on with
   * what was left behind there, and the rehearsal is over.
   *
   * @throws RehearsalRunStore.TurnLost when another has the turn
   */
  @Transactional
  public void handOver(RehearsalRunStore.Turn turn, RehearsalRun ended, Instant now) {
    runs.release(turn, ended, Optional.empty(), now);
    Map<String, Failover> said = failovers(ended.plan());
    boolean removes =
        !said.isEmpty()
            && ended.servers().stream()
                .map(one -> Optional.ofNullable(said.get(one.resource())))
                .allMatch(
                    one -> one.filter(it -> it.onReturn() == Failover.OnReturn.REMOVE).isPresent());
    failovers.takeOver(ended.stack(), ended.cloud(), ended.plan(), removes, ended.why(), now);
    tell(ended, now);
  }

  /** Ends what is under way, so that what has to go before can; what cannot be ended goes on. */
  void interrupt(StackId stack, boolean back, Phrase why, Instant now) {
    try {
      stacks.requestCancel(stack, OptionalLong.empty(), back, why, now);
      wanted.accept(stack);
    } catch (FederationFault fault) {
      if (fault.code() != FaultCode.CONFLICT) {
        throw fault;
      }
    }
  }

  private void tell(RehearsalRun run, Instant now) {
    stacks
        .find(run.stack())
        .ifPresent(
            stack ->
                stacks.tell(stack.id(), List.of(Happening.of(stack.status(), run.why())), now));
  }

  private void wake(StackId stack, Instant now) {
    runs.wake(stack, now);
    wanted.accept(stack);
  }
}
