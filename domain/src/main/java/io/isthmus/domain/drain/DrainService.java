package io.isthmus.domain.drain;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.audit.AuditedId;
import io.isthmus.domain.cloud.ClosedArea;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.KnownAreas;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Foresight;
import io.isthmus.domain.placement.LeavingPlan;
import io.isthmus.domain.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Administrators of the federation empty a cloud, region or zone. Each method is one transaction
 * and calls no cloud; {@link DrainPass} carries drains on.
 */
@ApplicationScoped
public class DrainService {

  /** Most drains in one answer. */
  public static final int MOST = 200;

  /** Most stacks for which a preview tries what would become of them. */
  public static final int MOST_PREVIEWED = 200;

  private DrainStore store;
  private Departures departures;
  private KnownAreas areas;
  private TenantService tenants;
  private Clock clock;

  @Inject
  DrainService(DrainStore store, Departures departures, KnownAreas areas, TenantService tenants) {
    this(store, departures, areas, tenants, Clock.systemUTC());
  }

  DrainService(
      DrainStore store,
      Departures departures,
      KnownAreas areas,
      TenantService tenants,
      Clock clock) {
    this.store = store;
    this.departures = departures;
    this.areas = areas;
    this.tenants = tenants;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected DrainService() {}

  /**
   * What would move, where to and why, and what could not; nothing is kept and nothing done.
   *
   * @throws FederationFault FORBIDDEN for who does not administer the federation; NOT_FOUND;
   *     REQUEST_INVALID
   */
  @Audited(action = "read/preview", target = "drain")
  @Transactional
  public DrainPreview preview(DrainWish wish, Caller caller) {
    caller.requireFederationAdmin();
    areas.require(wish.area());
    Foresight foresight = new Foresight();
    List<DrainPreview.Of> stacks = new ArrayList<>();
    List<DrainedStack.Presence> there = store.presences(wish.area());
    for (DrainedStack.Presence one : there) {
      if (stacks.size() == MOST_PREVIEWED) {
        break;
      }
      stacks.add(preview(one, wish, foresight));
    }
    return new DrainPreview(stacks, there.size() - stacks.size());
  }

  private DrainPreview.Of preview(
      DrainedStack.Presence there, DrainWish wish, Foresight foresight) {
    try {
      LeavingPlan plan = departures.foresee(there.stack(), wish.leaving(), foresight);
      return of(there, plan, Optional.empty());
    } catch (FederationFault fault) {
      return of(there, LeavingPlan.NONE, Optional.of(fault.phrase()));
    }
  }

  private static DrainPreview.Of of(
      DrainedStack.Presence there, LeavingPlan plan, Optional<Phrase> problem) {
    return new DrainPreview.Of(
        there.stack(),
        there.project(),
        there.name(),
        there.parts(),
        plan.changes(),
        plan.held(),
        plan.decisions(),
        problem);
  }

  /**
   * Closes a place to what is new, and begins to empty it.
   *
   * @throws FederationFault FORBIDDEN; NOT_FOUND; REQUEST_INVALID; CONFLICT when a drain of it, or
   *     of a part of it, is not taken back yet
   */
  @Audited(action = "create", target = "drain")
  @Transactional
  public Drain start(DrainWish wish, Caller caller) {
    caller.requireFederationAdmin();
    areas.require(wish.area());
    store.lock(wish.area().cloud());
    store.list(Optional.of(wish.area().cloud()), MOST).stream()
        .filter(drain -> drain.closes() && drain.area().meets(wish.area()))
        .findFirst()
        .ifPresent(
            drain -> {
              throw new FederationFault(
                  FaultCode.CONFLICT,
                  Phrase.of("drain.there-is-one", drain.area().toString(), drain.startedBy()));
            });
    Drain drain =
        new Drain(
            UUID.randomUUID(),
            wish.area(),
            wish.reason(),
            wish.atOnce(),
            wish.withData(),
            Drain.Status.RUNNING,
            caller.name(),
            caller.subject(),
            now(),
            Optional.empty());
    store.add(drain);
    return drain;
  }

  /**
   * Those that are not taken back first, then the newest; {@link #MOST} of them.
   *
   * @param cloud only those of one cloud; empty for all
   * @throws FederationFault FORBIDDEN for who may not see what is done in the whole federation
   */
  @Audited(action = "read/list", target = "drain")
  @Transactional
  public List<Drain> list(Optional<CloudId> cloud, Caller caller) {
    caller.requireFederationAuditor();
    return store.list(cloud, MOST);
  }

  /**
   * @throws FederationFault FORBIDDEN; NOT_FOUND
   */
  @Audited(action = "read", target = "drain")
  @Transactional
  public Drain find(@AuditedId UUID id, Caller caller) {
    caller.requireFederationAuditor();
    return require(id);
  }

  /**
   * How far each stack is, in the order in which they are moved.
   *
   * @throws FederationFault FORBIDDEN; NOT_FOUND
   */
  @Audited(action = "read/list", target = "drained-stack")
  @Transactional
  public List<DrainedStack> stacks(@AuditedId UUID id, Caller caller) {
    caller.requireFederationAuditor();
    require(id);
    return store.stacks(id);
  }

  /**
   * Where nothing new is placed at present, of the clouds that a project has access to, and why.
   *
   * @throws FederationFault NOT_FOUND when the project is not one of the caller's
   */
  @Audited(action = "read/list", target = "drain")
  @Transactional
  public List<ClosedArea> closed(ProjectId project, Caller caller) {
    tenants.requireReader(caller, project);
    return store.closed(project);
  }

  /**
   * Begins no further stack. What is under way is finished. Safe to repeat.
   *
   * @throws FederationFault FORBIDDEN; NOT_FOUND; CONFLICT when it is complete or taken back
   */
  @Audited(action = "update/pause", target = "drain")
  @Transactional
  public Drain pause(@AuditedId UUID id, Caller caller) {
    return change(id, List.of(Drain.Status.RUNNING), Drain.Status.PAUSED, caller);
  }

  /**
   * Goes on. What was refused or has failed is tried again at once. Safe to repeat.
   *
   * @throws FederationFault FORBIDDEN; NOT_FOUND; CONFLICT when it is complete or taken back
   */
  @Audited(action = "update/resume", target = "drain")
  @Transactional
  public Drain resume(@AuditedId UUID id, Caller caller) {
    Drain drain =
        change(
            id, List.of(Drain.Status.PAUSED, Drain.Status.RUNNING), Drain.Status.RUNNING, caller);
    store.retry(id);
    return drain;
  }

  /**
   * Opens the place again. What is under way is finished, and what has moved stays where it is now.
   * Safe to repeat.
   *
   * @throws FederationFault FORBIDDEN; NOT_FOUND
   */
  @Audited(action = "update/take-back", target = "drain")
  @Transactional
  public Drain takeBack(@AuditedId UUID id, Caller caller) {
    return change(
        id,
        List.of(Drain.Status.RUNNING, Drain.Status.PAUSED, Drain.Status.COMPLETE),
        Drain.Status.TAKEN_BACK,
        caller);
  }

  private Drain change(UUID id, List<Drain.Status> from, Drain.Status to, Caller caller) {
    caller.requireFederationAdmin();
    Drain before = require(id);
    if (!store.change(id, from, to, now())) {
      Drain now = require(id);
      if (now.status() != to) {
        throw new FederationFault(
            FaultCode.CONFLICT,
            Phrase.of(
                "drain.not-now",
                before.area().toString(),
                Phrase.of("drain.status." + now.status().text().replace('_', '-'))));
      }
    }
    return require(id);
  }

  private Drain require(UUID id) {
    return store.find(id).orElseThrow(() -> FederationFault.notFound("drain", id.toString()));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
