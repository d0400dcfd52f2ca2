package io.isthmus.domain.drain;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.audit.AuditedId;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Foresight;
import io.isthmus.domain.placement.LeavingPlan;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Has stacks that a drain has moved moved back to where they stood, once it is taken back. Each
 * method is one transaction and calls no cloud; {@link DrainReturnPass} carries it out.
 */
@ApplicationScoped
public class DrainReturns {

  private DrainStore drains;
  private DrainReturnStore store;
  private Homecoming homecoming;
  private Clock clock;

  @Inject
  DrainReturns(DrainStore drains, DrainReturnStore store, Homecoming homecoming) {
    this(drains, store, homecoming, Clock.systemUTC());
  }

  DrainReturns(DrainStore drains, DrainReturnStore store, Homecoming homecoming, Clock clock) {
    this.drains = drains;
    this.store = store;
    this.homecoming = homecoming;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected DrainReturns() {}

  /**
   * What would move back, and what could not; nothing is kept and nothing done. What something else
   * is done to just now is told with that as its problem.
   *
   * @throws FederationFault FORBIDDEN for who does not administer the federation; NOT_FOUND;
   *     CONFLICT when the drain is not taken back, or has moved nothing
   */
  @Audited(action = "read/preview-return", target = "drain")
  @Transactional
  public DrainPreview preview(@AuditedId UUID id, Caller caller) {
    List<DrainedStack> moved = requireMoved(id, caller);
    Foresight foresight = new Foresight();
    List<DrainPreview.Of> stacks = new ArrayList<>();
    for (DrainedStack one : moved) {
      if (stacks.size() == DrainService.MOST_PREVIEWED) {
        break;
      }
      stacks.add(preview(one, foresight));
    }
    return new DrainPreview(stacks, moved.size() - stacks.size());
  }

  private DrainPreview.Of preview(DrainedStack one, Foresight foresight) {
    LeavingPlan plan = LeavingPlan.NONE;
    Optional<Phrase> problem = Optional.empty();
    try {
      plan = homecoming.foresee(one.stack(), homecoming.homes(one), foresight);
    } catch (FederationFault fault) {
      problem = Optional.of(fault.phrase());
    }
    return new DrainPreview.Of(
        one.stack(),
        one.project(),
        one.name(),
        one.moved(),
        plan.changes(),
        plan.held(),
        plan.decisions(),
        problem);
  }

  /**
   * Begins to move back what the drain has moved, as many stacks at once as it moved. Safe to
   * repeat.
   *
   * @return how far each stack is
   * @throws FederationFault as {@link #preview}
   */
  @Audited(action = "update/move-back", target = "drain")
  @Transactional
  public List<DrainReturn> moveBack(@AuditedId UUID id, Caller caller) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    for (DrainedStack one : requireMoved(id, caller)) {
      Map<String, Place> homes = homecoming.homes(one);
      if (!homes.isEmpty()) {
        store.add(
            new DrainReturn(
                id,
                one.stack(),
                one.project(),
                one.name(),
                homes,
                DrainReturn.State.WAITING,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                0,
                caller.name(),
                caller.subject(),
                now));
      }
    }
    return store.of(id);
  }

  /**
   * How far each stack is that moves back; none before somebody has asked for it.
   *
   * @throws FederationFault FORBIDDEN; NOT_FOUND
   */
  @Audited(action = "read/list", target = "drained-stack")
  @Transactional
  public List<DrainReturn> list(@AuditedId UUID id, Caller caller) {
    caller.requireFederationAuditor();
    require(id);
    return store.of(id);
  }

  private List<DrainedStack> requireMoved(UUID id, Caller caller) {
    caller.requireFederationAdmin();
    Drain drain = require(id);
    if (drain.closes()) {
      throw conflict(Phrase.of("drain.return-not-yet", drain.area().toString()));
    }
    List<DrainedStack> moved =
        drains.stacks(id).stream()
            .filter(one -> one.state() == DrainedStack.State.MOVED && one.plan().isPresent())
            .toList();
    if (moved.isEmpty()) {
      throw conflict(Phrase.of("drain.return-nothing", drain.area().toString()));
    }
    return moved;
  }

  private Drain require(UUID id) {
    return drains.find(id).orElseThrow(() -> FederationFault.notFound("drain", id.toString()));
  }

  private static FederationFault conflict(Phrase why) {
    return new FederationFault(FaultCode.CONFLICT, why);
  }
}
