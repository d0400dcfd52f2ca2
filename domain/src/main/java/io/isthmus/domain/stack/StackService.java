package io.isthmus.domain.stack;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.stack.StackStore.Tally;
import io.isthmus.domain.template.DeletionPolicy;
import io.isthmus.domain.template.HiddenValues;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.template.ResourceNode;
import io.isthmus.domain.tenant.TenantService;
import io.isthmus.domain.trace.RequestId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What can be asked of stacks. Each method is one transaction and calls no cloud; the reconciler
 * does what is wished for. A stack of a project that the caller does not belong to looks like one
 * that does not exist.
 */
@ApplicationScoped
public class StackService {

  /** Most stacks or events in one answer. */
  public static final int MOST = 500;

  private StackStore store;
  private Supplier<Plans> plans;
  private Supplier<Blueprints> blueprints;
  private TenantService tenants;
  private Consumer<StackWanted> wishes;
  private ComputedValues computed;
  private RoomToRetry room;
  private Clock clock;

  @Inject
  StackService(
      StackStore store,
      Instance<Plans> plans,
      Instance<Blueprints> blueprints,
      TenantService tenants,
      Event<StackWanted> wishes,
      RoomToRetry room) {
    this(
        store,
        plans::get,
        blueprints::get,
        tenants,
        wishes::fire,
        new ComputedValues(new SecureRandom()),
        room,
        Clock.systemUTC());
  }

  StackService(
      StackStore store,
      Supplier<Plans> plans,
      Supplier<Blueprints> blueprints,
      TenantService tenants,
      Consumer<StackWanted> wishes,
      ComputedValues computed,
      RoomToRetry room,
      Clock clock) {
    this.store = store;
    this.plans = plans;
    this.blueprints = blueprints;
    this.tenants = tenants;
    this.wishes = wishes;
    this.computed = computed;
    this.room = room;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected StackService() {}

  /**
   * Accepts a plan: its stack exists from then on, and the reconciler begins to make it.
   *
   * @throws FederationFault STALE_PLAN when the plan does not hold any more, saying what changed;
   *     NAME_TAKEN; NOT_FOUND for a plan or project of others; FORBIDDEN
   */
  @Audited(action = "create", target = "stack")
  @Transactional
  public StackId create(CreateStack wish, Caller caller) {
    tenants.requireMember(caller, wish.project());
    Plans.Accepted plan = plans.get().accept(wish.plan(), caller);
    if (!plan.project().equals(wish.project())) {
      throw FederationFault.notFound("plan", wish.plan().toString());
    }
    Instant now = now();
    Stack stack =
        new Stack(
            new StackId(UUID.randomUUID()),
            wish.project(),
            wish.name(),
            plan.template(),
            plan.parameters(),
            JsonValue.EMPTY_JSON_OBJECT,
            plan.policy(),
            plan.id(),
            StackStatus.CREATING,
            Phrase.of("stack.accepted", wish.name()),
            StackHealth.UNKNOWN,
            now,
            1,
            0,
            now,
            now,
            caller.name(),
            RequestId.currentOrFresh(),
            StackCourse.FIRST);
    ResourceGraph graph = blueprints.get().graph(stack);
    List<StackPart> parts =
        plan.placement().parts().stream()
            .map(part -> StackPart.planned(part, deletionPolicy(graph, part.id().resource()), now))
            .toList();
    store.add(
        stack.with(computed.draw(graph)),
        parts,
        Phrase.of("stack.requested", wish.name(), caller.name()));
    if (wish.onDrift() != DriftChoice.REPLACE_VANISHED) {
      store.chooseOnDrift(
          stack.id(),
          OptionalLong.empty(),
          wish.onDrift(),
          driftChosen(stack, wish.onDrift(), caller),
          now);
    }
    wishes.accept(new StackWanted(stack.id()));
    return stack.id();
  }

  private static DeletionPolicy deletionPolicy(ResourceGraph graph, String resource) {
    return graph.find(resource).map(ResourceNode::deletionPolicy).orElse(DeletionPolicy.DELETE);
  }

  /**
   * Wishes that a stack shall not exist. Safe to repeat; what is deleted already stays so, and a
   * deletion that failed is tried anew.
   *
   * @param version when given, the version that the caller has seen
   * @throws FederationFault NOT_FOUND, FORBIDDEN, STALE_VERSION
   */
  @Audited(action = "delete", target = "stack")
  @Transactional
  public void delete(StackId id, OptionalLong version, Caller caller) {
    Stack stack = visible(id, caller);
    tenants.requireMember(caller, stack.project());
    store.requestDeletion(
        id, version, Phrase.of("stack.deletion-requested", stack.name(), caller.name()), now());
    wishes.accept(new StackWanted(id));
  }

  /**
   * Accepts the plan of an update: the stack is another one from then on, and the reconciler begins
   * to make it so.
   *
   * @param disableRollback whether it stays where it stands when the update fails, as Heat's stacks
   *     do unless asked; else it goes back to what it was
   * @param version when given, the version that the caller has seen
   * @throws FederationFault NOT_FOUND, FORBIDDEN, STALE_VERSION; CONFLICT when the stack is not at
   *     rest, saying what to do; STALE_PLAN when the plan does not hold any more, saying what
   *     changed; BUDGET_EXCEEDED
   */
  @Audited(action = "update", target = "stack")
  @Transactional
  public void update(
      StackId id, PlanId plan, boolean disableRollback, OptionalLong version, Caller caller) {
    tenants.requireMember(caller, visible(id, caller).project());
    Plans.AcceptedUpdate accepted = plans.get().acceptUpdate(plan, id, caller);
    change(
        id,
        accepted,
        disableRollback,
        version,
        stack -> Phrase.of("stack.update-requested", stack.name(), caller.name()));
  }

  /**
   * Accepts the plan by which a stack leaves places: the federation's act, not that of the
   * project's people. When it fails the stack goes back to what it was. Asks nobody whether they
   * may.
   *
   * @param happened what the stack's people are told
   * @throws FederationFault NOT_FOUND; CONFLICT when the stack is not at rest; STALE_PLAN when the
   *     plan does not hold any more, saying what changed; BUDGET_EXCEEDED
   */
  @Transactional
  public void leave(StackId id, PlanId plan, Phrase happened) {
    carryOut(id, plan, false, happened);
  }

  /**
   * Accepts the plan of an update for who acts in another's name, and has asked whether that one
   * may.
   *
   * @param disableRollback as {@link #update}
   * @param happened what the stack's people are told
   * @throws FederationFault as {@link #leave}
   */
  @Transactional
  public void carryOut(StackId id, PlanId plan, boolean disableRollback, Phrase happened) {
    Plans.AcceptedUpdate accepted = plans.get().acceptLeaving(plan, id);
    change(id, accepted, disableRollback, OptionalLong.empty(), stack -> happened);
  }

  /**
   * Has a stack go back of which an update has failed, for who acts in another's name, and has
   * asked whether that one may.
   *
   * @param happened what the stack's people are told
   * @throws FederationFault NOT_FOUND; CONFLICT when there is no way back
   */
  @Transactional
  public void goBack(StackId id, Phrase happened) {
    store.requestCancel(id, OptionalLong.empty(), true, happened, now());
    wishes.accept(new StackWanted(id));
  }

  /**
   * Makes parts of a stack anew elsewhere whose cloud is lost. What it had there is neither waited
   * for nor removed, and there is no way back. Asks nobody whether they may.
   *
   * @param plan of {@link io.isthmus.domain.placement.PlanService#previewLeaving}
   * @throws FederationFault NOT_FOUND; STALE_PLAN; CONFLICT when the stack is at work or deleted;
   *     BUDGET_EXCEEDED
   */
  @Transactional
  public void failOver(StackId id, PlanId plan, Phrase happened) {
    Plans.AcceptedUpdate accepted = plans.get().acceptLeaving(plan, id);
    if (accepted.update().lost().isEmpty()) {
      throw new IllegalArgumentException("no plan for a lost cloud: " + plan);
    }
    change(id, accepted, true, OptionalLong.empty(), stack -> happened);
  }

  private void change(
      StackId id,
      Plans.AcceptedUpdate accepted,
      boolean disableRollback,
      OptionalLong version,
      Function<Stack, Phrase> happened) {
    Stack stack = store.lock(id).orElseThrow();
    stack.requireVersion(version);
    stack.requireRest();
    Instant now = now();
    List<StackPart> parts = store.parts(id);
    Stack wished = wished(stack, accepted, disableRollback, happened.apply(stack), now);
    ResourceGraph graph = blueprints.get().graph(wished);
    store.applyUpdate(
        wished.with(computed.redraw(graph, blueprints.get().graph(stack), stack.computed())),
        stack.revision(parts),
        Reshaping.update(accepted.update(), parts, graph, now),
        wished.reason(),
        now);
    wishes.accept(new StackWanted(id));
  }

  private static Stack wished(
      Stack stack,
      Plans.AcceptedUpdate accepted,
      boolean disableRollback,
      Phrase why,
      Instant now) {
    StackCourse course =
        accepted.update().lost().isEmpty()
            ? stack.course().updating(!disableRollback)
            : stack.course().onward();
    return stack.updating(
        new StackRevision(
            course.revision(),
            accepted.template(),
            accepted.parameters(),
            stack.computed(),
            accepted.policy(),
            accepted.id(),
            List.of()),
        course,
        why,
        now,
        RequestId.currentOrFresh());
  }

  /**
   * Ends an update that is under way. What clouds were asked for they finish. Safe to repeat.
   *
   * @param back whether the stack goes back to what it was, which can also be asked for when the
   *     update has failed; else it stays where it stands, UPDATE_FAILED, and can be taken up again
   * @param version when given, the version that the caller has seen
   * @throws FederationFault NOT_FOUND, FORBIDDEN, STALE_VERSION; CONFLICT when no update is under
   *     way, or all that it wants is there, so that there is no way back
   */
  @Audited(action = "update/cancel", target = "stack")
  @Transactional
  public void cancel(StackId id, boolean back, OptionalLong version, Caller caller) {
    Stack stack = visible(id, caller);
    tenants.requireMember(caller, stack.project());
    store.requestCancel(
        id,
        version,
        back,
        Phrase.of(
            back ? "stack.rollback-requested" : "stack.cancel-requested",
            stack.name(),
            caller.name()),
        now());
    wishes.accept(new StackWanted(id));
  }

  /**
   * Has all that the stack shall have looked at in its clouds now: CHECK_COMPLETE when it is there
   * and works, else CHECK_FAILED, naming what is not. Changes nothing in any cloud.
   *
   * @param version when given, the version that the caller has seen
   * @throws FederationFault NOT_FOUND, FORBIDDEN, STALE_VERSION; CONFLICT when the stack is at
   *     work, or was not brought to what it shall be
   */
  @Audited(action = "update/check", target = "stack")
  @Transactional
  public void check(StackId id, OptionalLong version, Caller caller) {
    act(id, StackAction.CHECK, "stack.check-requested", version, caller);
  }

  /**
   * Puts the stack's servers to sleep, in the reverse order of their needs; all else stays, and all
   * is paid for and counted as before. What sleeps is watched, and neither changed nor made anew
   * elsewhere. Safe to repeat.
   *
   * @param version when given, the version that the caller has seen
   * @throws FederationFault NOT_FOUND, FORBIDDEN, STALE_VERSION; CONFLICT when the stack is at
   *     work, or was not brought to what it shall be
   */
  @Audited(action = "update/suspend", target = "stack")
  @Transactional
  public void suspend(StackId id, OptionalLong version, Caller caller) {
    act(id, StackAction.SUSPEND, "stack.suspend-requested", version, caller);
  }

  /**
   * Wakes what was put to sleep, in the order of its needs. Safe to repeat.
   *
   * @param version when given, the version that the caller has seen
   * @throws FederationFault NOT_FOUND, FORBIDDEN, STALE_VERSION; CONFLICT when the stack is at work
   *     or does not sleep
   */
  @Audited(action = "update/resume", target = "stack")
  @Transactional
  public void resume(StackId id, OptionalLong version, Caller caller) {
    act(id, StackAction.RESUME, "stack.resume-requested", version, caller);
  }

  private void act(
      StackId id, StackAction action, String happened, OptionalLong version, Caller caller) {
    Stack stack = visible(id, caller);
    tenants.requireMember(caller, stack.project());
    store.requestAction(
        id, version, action, Phrase.of(happened, stack.name(), caller.name()), now());
    wishes.accept(new StackWanted(id));
  }

  /**
   * Forgets a stack, as Heat's {@code abandon}: nothing is asked of any cloud, and what the stack
   * has stays there, as it is, and ours no more. Safe to repeat.
   *
   * @param confirmed the stack's name, as a person has written it
   * @param version when given, the version that the caller has seen
   * @return what was known of the stack, hidden parameters and drawn values left out
   * @throws FederationFault NOT_FOUND, FORBIDDEN, STALE_VERSION; REQUEST_INVALID when the name is
   *     another; CONFLICT while something is done to the stack, or when it is deleted
   */
  @Audited(action = "delete/abandon", target = "stack")
  @Transactional
  public JsonObject abandon(StackId id, String confirmed, OptionalLong version, Caller caller) {
    tenants.requireMember(caller, visible(id, caller).project());
    Stack stack = store.lock(id).orElseThrow();
    if (!stack.name().equals(confirmed)) {
      throw invalid("name", Phrase.of("stack.abandon-unconfirmed", stack.name()));
    }
    Optional<JsonObject> before = store.abandonment(id);
    if (before.isPresent()) {
      return before.get();
    }
    stack.requireVersion(version);
    stack.requireAbandonable();
    Instant now = now();
    List<StackPart> parts = store.parts(id);
    JsonObject document = StackDocument.of(stack, parts);
    Phrase happened = Phrase.of("stack.abandoned", stack.name(), caller.name());
    store.abandon(
        stack.abandoned(happened, now, RequestId.currentOrFresh()),
        parts.stream().map(part -> part.leftBehind(now)).toList(),
        document,
        happened,
        now);
    wishes.accept(new StackWanted(id));
    return document;
  }

  /**
   * What abandoning a stack would tell of it, or told when it was abandoned.
   *
   * @throws FederationFault NOT_FOUND
   */
  @Audited(action = "read", target = "stack-document")
  @Transactional
  public JsonObject document(StackId id, Caller caller) {
    Stack stack = visible(id, caller);
    return store.abandonment(id).orElseGet(() -> StackDocument.of(stack, store.parts(id)));
  }

  /**
   * Takes up what failed, other than a deletion, where it stood: what is as it shall be stays, what
   * failed is asked for again, if what is missing has room as far as is known. Safe to repeat.
   *
   * @param version when given, the version that the caller has seen
   * @throws FederationFault NOT_FOUND, FORBIDDEN, STALE_VERSION; CONFLICT when nothing has failed;
   *     QUOTA_EXCEEDED when quotas leave too little and no other place is left
   */
  @Audited(action = "update/retry", target = "stack")
  @Transactional
  public void retry(StackId id, OptionalLong version, Caller caller) {
    Stack stack = visible(id, caller);
    tenants.requireMember(caller, stack.project());
    boolean makes = stack.status().action() == StackAction.CREATE || stack.status().isOfUpdate();
    if (makes && stack.status().status() == ActionStatus.FAILED) {
      stack.requireVersion(version);
      room.require(stack, store.parts(id), now());
    }
    store.requestRetry(
        id,
        version,
        Phrase.of(
            switch (stack.status().action()) {
              case UPDATE -> "stack.update-retry-requested";
              case ROLLBACK -> "stack.rollback-retry-requested";
              case ADOPT -> "stack.adopt-retry-requested";
              case CHECK -> "stack.check-requested";
              case SUSPEND -> "stack.suspend-requested";
              case RESUME -> "stack.resume-requested";
              default -> "stack.retry-requested";
            },
            stack.name(),
            caller.name()),
        now());
    wishes.accept(new StackWanted(id));
  }

  /**
   * Chooses what is done about what is changed in the stack's clouds behind our back. What has
   * vanished already is made anew at once where that is chosen.
   *
   * @param version when given, the version that the caller has seen
   * @throws FederationFault NOT_FOUND, FORBIDDEN, STALE_VERSION
   */
  @Audited(action = "update", target = "stack")
  @Transactional
  public void chooseOnDrift(StackId id, OptionalLong version, DriftChoice choice, Caller caller) {
    Stack stack = visible(id, caller);
    tenants.requireMember(caller, stack.project());
    store.chooseOnDrift(id, version, choice, driftChosen(stack, choice, caller), now());
    wishes.accept(new StackWanted(id));
  }

  static Phrase driftChosen(Stack stack, DriftChoice choice, Caller caller) {
    return Phrase.of(
        switch (choice) {
          case REPORT -> "stack.drift-told";
          case REPLACE_VANISHED -> "stack.drift-replaced";
          case REPAIR -> "stack.drift-repaired";
        },
        stack.name(),
        caller.name());
  }

  /**
   * What runs where: all stacks of a project, counted by region and type, in that order.
   *
   * @throws FederationFault NOT_FOUND
   */
  @Audited(action = "read/list", target = "stack")
  @Transactional
  public List<PartCount> counts(ProjectId project, Caller caller) {
    tenants.requireReader(caller, project);
    return store.counts(project);
  }

  /**
   * One stack.
   *
   * @throws FederationFault NOT_FOUND
   */
  @Audited(action = "read", target = "stack")
  @Transactional
  public StackView require(StackId id, Caller caller) {
    return views(List.of(visible(id, caller))).get(0);
  }

  /**
   * The physical resources of a stack, by resource, cloud and region; of a replaced one the newest
   * generation.
   *
   * @throws FederationFault NOT_FOUND
   */
  @Audited(action = "read/list", target = "stack-resource")
  @Transactional
  public List<PartView> parts(StackId id, Caller caller) {
    Stack stack = visible(id, caller);
    return PartViews.of(stack, store.parts(id), store.refusals(id));
  }

  /**
   * The same with all that is known of each.
   *
   * @throws FederationFault NOT_FOUND
   */
  @Audited(action = "read/list", target = "stack-resource")
  @Transactional
  public List<PartDetail> details(StackId id, Caller caller) {
    Stack stack = visible(id, caller);
    return shown(stack, PartViews.details(stack, store.parts(id), store.refusals(id)));
  }

  /**
   * All that is known of one physical resource; empty when the stack has it no more.
   *
   * @throws FederationFault NOT_FOUND
   */
  @Audited(action = "read", target = "stack-resource")
  @Transactional
  public Optional<PartDetail> detail(StackId id, PartId part, Caller caller) {
    Stack stack = visible(id, caller);
    return shown(stack, PartViews.details(stack, store.parts(id, part), store.refusals(id)))
        .stream()
        .findFirst();
  }

  private List<PartDetail> shown(Stack stack, List<PartDetail> details) {
    HiddenValues hidden = StackSecrets.of(stack, store, blueprints.get());
    return hidden.isEmpty()
        ? details
        : details.stream().map(detail -> detail.without(hidden)).toList();
  }

  /**
   * What happened to a stack, oldest first.
   *
   * @param after sequence of the last event that is known already; 0 for none
   * @param limit at least 1, at most {@link #MOST}
   * @throws FederationFault NOT_FOUND, REQUEST_INVALID
   */
  @Audited(action = "read/list", target = "stack-event")
  @Transactional
  public List<StackEvent> events(StackId id, long after, int limit, Caller caller) {
    visible(id, caller);
    requireLimit(limit);
    return store.events(id, after, limit);
  }

  /**
   * What happened to the stacks of a project, oldest first.
   *
   * @param after position of the last event that is known already; 0 for none
   * @param limit at least 1, at most {@link #MOST}
   * @throws FederationFault NOT_FOUND, REQUEST_INVALID
   */
  @Audited(action = "read/list", target = "stack-event")
  @Transactional
  public List<ProjectEvent> events(ProjectId project, long after, int limit, Caller caller) {
    tenants.requireReader(caller, project);
    requireLimit(limit);
    return store.projectEvents(project, after, limit);
  }

  /**
   * Position of the project's newest event; 0 when there was none.
   *
   * @throws FederationFault NOT_FOUND
   */
  @Transactional
  public long newestEvent(ProjectId project, Caller caller) {
    tenants.requireReader(caller, project);
    return store.newestEvent(project);
  }

  /**
   * Sequence of the stack's newest event.
   *
   * @throws FederationFault NOT_FOUND
   */
  @Transactional
  public long newestEvent(StackId id, Caller caller) {
    return visible(id, caller).lastEvent();
  }

  /**
   * The outputs of a stack, in the template's order. What hidden parameters go into them is masked.
   *
   * @throws FederationFault NOT_FOUND
   */
  @Audited(action = "read", target = "stack-outputs")
  @Transactional
  public List<OutputView> outputs(StackId id, Caller caller) {
    Stack stack = visible(id, caller);
    ResourceGraph graph = blueprints.get().graph(stack);
    PartReferences references = PartReferences.everywhere(graph, stack.computed(), store.parts(id));
    HiddenValues hidden = StackSecrets.of(stack, store, blueprints.get());
    return graph.outputs().stream()
        .map(
            output ->
                new OutputView(
                    output.name(),
                    output.description(),
                    graph.output(output.name(), references).map(hidden::mask)))
        .toList();
  }

  /**
   * What a stack was made from.
   *
   * @throws FederationFault NOT_FOUND
   */
  @Audited(action = "read", target = "stack-template")
  @Transactional
  public StackSources sources(StackId id, Caller caller) {
    Stack stack = visible(id, caller);
    return new StackSources(stack.template(), stack.policy(), stack.plan());
  }

  /**
   * The stack that a plan became.
   *
   * @return empty while there is none, and for a plan of others
   */
  @Transactional
  public Optional<StackId> ofPlan(PlanId plan, Caller caller) {
    return store.ofPlan(plan).filter(id -> isVisible(id, caller));
  }

  private boolean isVisible(StackId id, Caller caller) {
    try {
      visible(id, caller);
      return true;
    } catch (FederationFault fault) {
      if (fault.code() == FaultCode.NOT_FOUND) {
        return false;
      }
      throw fault;
    }
  }

  private Stack visible(StackId id, Caller caller) {
    Stack stack =
        store.find(id).orElseThrow(() -> FederationFault.notFound("stack", id.toString()));
    try {
      tenants.requireReader(caller, stack.project());
    } catch (FederationFault fault) {
      if (fault.code() == FaultCode.NOT_FOUND) {
        // Not "no such project": that would tell that the stack exists.
        throw FederationFault.notFound("stack", id.toString());
      }
      throw fault;
    }
    return stack;
  }

  private List<StackView> views(List<Stack> stacks) {
    Map<StackId, Tally> tallies = store.tallies(stacks.stream().map(Stack::id).toList());
    Map<StackId, StackDrift> drifts = store.drifts(stacks.stream().map(Stack::id).toList());
    return stacks.stream()
        .map(
            stack ->
                view(
                    stack,
                    tallies.getOrDefault(stack.id(), Tally.NONE),
                    drifts.getOrDefault(stack.id(), StackDrift.NONE)))
        .toList();
  }

  private static StackView view(Stack stack, Tally tally, StackDrift drift) {
    boolean leaving = stack.isLeaving();
    return new StackView(
        stack.id(),
        stack.project(),
        stack.name(),
        stack.status(),
        stack.reason(),
        stack.health(),
        stack.plan(),
        tally.wanted(leaving),
        tally.done(leaving),
        tally.regions(),
        stack.version(),
        stack.createdAt(),
        stack.updatedAt(),
        stack.createdBy(),
        drift,
        stack.isAsleep());
  }

  static void requireLimit(int limit) {
    if (limit < 1 || limit > MOST) {
      throw invalid("limit", Phrase.of("stack.limit-invalid", limit, MOST));
    }
  }

  private static FederationFault invalid(String field, Phrase phrase) {
    return new FederationFault(
        FaultCode.REQUEST_INVALID, phrase, List.of(Violation.at(field, phrase)));
  }

  /** As exact as the database keeps it. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
