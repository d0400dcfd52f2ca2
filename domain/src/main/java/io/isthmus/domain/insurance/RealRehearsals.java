package io.isthmus.domain.insurance;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.audit.AuditedId;
import io.isthmus.domain.cloud.Area;
import io.isthmus.domain.cloud.ClosedArea;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.insurance.RehearsalRun.Person;
import io.isthmus.domain.insurance.RehearsalRun.Phase;
import io.isthmus.domain.insurance.RehearsalRun.Returns;
import io.isthmus.domain.insurance.RehearsalRun.Times;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Failover;
import io.isthmus.domain.placement.Leaving;
import io.isthmus.domain.placement.LeavingPlan;
import io.isthmus.domain.placement.LossPlan;
import io.isthmus.domain.placement.LostResource;
import io.isthmus.domain.probe.ProbeResult;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackChange.Happening;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackPart.Goal;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Plays the loss of a cloud in earnest: what the stack's policy has made anew elsewhere is made
 * anew elsewhere, what it leaves is stopped, and then all moves back. {@link RehearsalPass} carries
 * on what is begun here. Each method is one transaction and calls no cloud.
 */
@ApplicationScoped
public class RealRehearsals {

  private static final String SERVER = "OS::Nova::Server";
  private static final int MOST_NAMED = 8;

  private StackStore stacks;
  private RehearsalService rehearsals;
  private RehearsalStore store;
  private RehearsalRunStore runs;
  private RehearsalWork work;
  private TenantService tenants;
  private Clock clock;

  @Inject
  RealRehearsals(
      StackStore stacks,
      RehearsalService rehearsals,
      RehearsalStore store,
      RehearsalRunStore runs,
      RehearsalWork work,
      TenantService tenants) {
    this(stacks, rehearsals, store, runs, work, tenants, Clock.systemUTC());
  }

  RealRehearsals(
      StackStore stacks,
      RehearsalService rehearsals,
      RehearsalStore store,
      RehearsalRunStore runs,
      RehearsalWork work,
      TenantService tenants,
      Clock clock) {
    this.stacks = stacks;
    this.rehearsals = rehearsals;
    this.store = store;
    this.runs = runs;
    this.work = work;
    this.tenants = tenants;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected RealRehearsals() {}

  /**
   * Begins to play the loss of a cloud. What has “standby” there is made anew elsewhere at once,
   * and the one that it leaves is stopped, as if the cloud had just been found to be lost.
   *
   * @param confirmation the stack's name, by which the caller says that its servers may be
   *     interrupted
   * @throws FederationFault NOT_FOUND; FORBIDDEN for who may look but not change; REQUEST_INVALID
   *     without confirmation, or for a cloud in which the stack has nothing; CONFLICT when the
   *     stack is not whole, something else is done to it, one of its clouds is silent or being
   *     drained, nothing of it there is standby, or not all of that would find a place;
   *     BUDGET_EXCEEDED
   */
  @Audited(action = "create/real", target = "rehearsal")
  @Transactional
  public Rehearsal begin(
      StackId id, CloudId cloud, Returns returns, String confirmation, Caller caller) {
    Stack stack = rehearsals.stack(id, caller);
    tenants.requireMember(caller, stack.project());
    if (!stack.name().equals(confirmation)) {
      throw FederationFault.invalid(
          "confirm",
          Phrase.of("insurance.unconfirmed", stack.name()),
          Phrase.of("insurance.unconfirmed-remedy", stack.name()));
    }
    runs.lock(id);
    List<StackPart> parts = stacks.parts(id);
    requireQuiet(stack, parts, cloud);
    Map<String, Failover> standby = standby(stack, parts, cloud);
    LossPlan report = requireRoom(stack, cloud, standby);
    LeavingPlan plan = plan(stack, cloud, standby, caller);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Phrase why =
        Phrase.of(
            "insurance.begun",
            caller.name(),
            cloud.text(),
            stack.name(),
            Phrase.names(List.copyOf(standby.keySet()), MOST_NAMED));
    work.failOver(id, plan.plan().orElseThrow().id(), why);
    List<ProbeResult> probes = work.probes(id);
    RehearsalRun run =
        new RehearsalRun(
            UUID.randomUUID(),
            id,
            cloud,
            Phase.MOVING,
            returns,
            Optional.empty(),
            why,
            new Person(caller.subject(), caller.name()),
            Optional.empty(),
            detection(standby),
            plan.plan().orElseThrow().id(),
            Optional.empty(),
            false,
            0,
            parts.stream()
                .filter(part -> isThere(part, cloud) && standby.containsKey(part.id().resource()))
                .map(
                    part ->
                        RehearsedServer.standing(
                            part.id().resource(),
                            Measuring.place(part),
                            Measuring.answers(part.id(), probes),
                            now))
                .toList(),
            Times.from(now),
            List.of(new RehearsalRun.Told(now, why)));
    Rehearsal rehearsal =
        new Rehearsal(
            run.rehearsal(),
            id,
            stack.project(),
            stack.name(),
            cloud,
            caller.name(),
            now,
            report,
            Optional.of(run));
    runs.add(run, now.plus(RehearsalPass.SOON));
    store.add(rehearsal, RehearsalService.MOST);
    return rehearsal;
  }

  /**
   * Has all move back now; what is still on its way arrives first. Safe to repeat.
   *
   * @throws FederationFault NOT_FOUND; FORBIDDEN; CONFLICT when it was planned only, or is over
   */
  @Audited(action = "update/return", target = "rehearsal")
  @Transactional
  public Rehearsal moveBack(@AuditedId UUID id, Caller caller) {
    Rehearsal rehearsal = rehearsals.require(id, caller);
    tenants.requireMember(caller, rehearsal.project());
    RehearsalRun run =
        rehearsal
            .run()
            .filter(one -> one.phase() != Phase.ENDED)
            .orElseThrow(() -> conflict(Phrase.of("insurance.over", rehearsal.stackName())));
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    if (runs.moveBack(id, new Person(caller.subject(), caller.name()), now)) {
      stacks
          .find(run.stack())
          .ifPresent(
              stack ->
                  stacks.tell(
                      stack.id(),
                      List.of(
                          Happening.of(
                              stack.status(),
                              Phrase.of(
                                  "insurance.back-asked", caller.name(), run.cloud().text()))),
                      now));
    }
    return rehearsals.require(id, caller);
  }

  /**
   * The one of a stack that is not over.
   *
   * @throws FederationFault NOT_FOUND
   */
  @Audited(action = "read/list", target = "rehearsal")
  @Transactional
  public Optional<Rehearsal> underWay(StackId stack, Caller caller) {
    rehearsals.stack(stack, caller);
    return runs.open(stack).flatMap(run -> store.find(run.rehearsal()));
  }

  private void requireQuiet(Stack stack, List<StackPart> parts, CloudId cloud) {
    if (runs.open(stack.id()).isPresent()) {
      throw conflict(Phrase.of("insurance.under-way", stack.name()));
    }
    if (parts.stream().noneMatch(part -> isThere(part, cloud))) {
      throw FederationFault.invalid(
          "cloud",
          Phrase.of("insurance.nothing-there", stack.name(), cloud.text()),
          Phrase.of("insurance.nothing-there-remedy"));
    }
    boolean well =
        stack.health().state() == StackHealth.State.HEALTHY
            || stack.health().state() == StackHealth.State.UNKNOWN;
    boolean right =
        parts.stream()
            .filter(part -> !part.isGone())
            .allMatch(part -> part.goal() == Goal.PRESENT && part.isRight());
    if (!stack.status().isWhole() || !well || !right) {
      throw conflict(
          Phrase.of("insurance.not-whole", stack.name(), stack.status(), stack.reason()));
    }
    if (work.isLosing(stack.id())) {
      throw conflict(Phrase.of("insurance.being-lost", stack.name()));
    }
    Set<CloudId> clouds =
        parts.stream()
            .filter(part -> part.goal() == Goal.PRESENT)
            .map(part -> part.id().cloud())
            .collect(Collectors.toSet());
    Set<CloudId> silent = work.silent(stack, clouds);
    if (!silent.isEmpty()) {
      throw conflict(
          Phrase.of(
              "insurance.silent",
              Phrase.names(silent.stream().map(CloudId::text).toList(), MOST_NAMED)));
    }
    work.closed(stack, cloud)
        .ifPresent(
            area -> {
              throw conflict(Phrase.of("insurance.closed-for-return", area.reason()));
            });
  }

  private static boolean isThere(StackPart part, CloudId cloud) {
    return part.goal() == Goal.PRESENT && part.id().cloud().equals(cloud);
  }

  /** Servers there that are made anew elsewhere when it is lost, by path. */
  private Map<String, Failover> standby(Stack stack, List<StackPart> parts, CloudId cloud) {
    Map<String, Failover> said = work.failovers(stack.plan());
    Map<String, Failover> standby = new TreeMap<>();
    parts.stream()
        .filter(part -> isThere(part, cloud) && part.type().equals(SERVER))
        .map(part -> part.id().resource())
        .filter(path -> said.containsKey(path))
        .filter(path -> said.get(path).mode() == Failover.Mode.STANDBY)
        .forEach(path -> standby.put(path, said.get(path)));
    if (standby.isEmpty()) {
      throw conflict(Phrase.of("insurance.nothing-standby", stack.name(), cloud.text()));
    }
    return standby;
  }

  private LossPlan requireRoom(Stack stack, CloudId cloud, Map<String, Failover> standby) {
    LossPlan report = rehearsals.foresee(stack.id(), cloud);
    List<LostResource> homeless =
        report.resources().stream()
            .filter(one -> one.outcome() == LostResource.Outcome.NO_PLACE)
            .filter(one -> standby.containsKey(one.resource()))
            .toList();
    if (!homeless.isEmpty()) {
      throw noRoom(
          stack, homeless.stream().map(LostResource::resource).toList(), homeless.get(0).why());
    }
    return report;
  }

  private LeavingPlan plan(
      Stack stack, CloudId cloud, Map<String, Failover> standby, Caller caller) {
    LeavingPlan plan =
        work.planAway(
            stack.id(),
            Leaving.lost(
                new ClosedArea(Area.of(cloud), Phrase.of("insurance.played", cloud.text())),
                standby.keySet()),
            caller.name());
    if (!plan.held().isEmpty() || plan.plan().isEmpty() || plan.moves().isEmpty()) {
      throw noRoom(
          stack,
          plan.held().isEmpty()
              ? List.copyOf(standby.keySet())
              : plan.held().stream().map(Leaving.Held::resource).distinct().sorted().toList(),
          plan.held().stream().flatMap(one -> one.why().stream()).toList());
    }
    return plan;
  }

  private static FederationFault noRoom(Stack stack, List<String> names, List<Phrase> why) {
    return conflict(
        Phrase.of(
            "insurance.would-not-fit",
            stack.name(),
            Phrase.names(names, MOST_NAMED),
            why.isEmpty() ? Phrase.of("insurance.no-reason") : why.get(0)));
  }

  /** A true loss has to last so long for the slowest of them. */
  private static Duration detection(Map<String, Failover> standby) {
    return standby.values().stream()
        .map(Failover::after)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private static FederationFault conflict(Phrase why) {
    return new FederationFault(FaultCode.CONFLICT, why);
  }
}
