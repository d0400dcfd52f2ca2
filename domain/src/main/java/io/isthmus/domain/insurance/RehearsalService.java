package io.isthmus.domain.insurance;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.audit.AuditedId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Foresight;
import io.isthmus.domain.placement.LossPlan;
import io.isthmus.domain.placement.PlanService;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Plans the loss of a cloud for one stack, and keeps what came of it; {@link RealRehearsals} moves
 * the stack, too. A stack of others, and a rehearsal of one, look like missing ones.
 */
@ApplicationScoped
public class RehearsalService {

  /** How many rehearsals of a stack are kept, the newest. */
  public static final int MOST = 50;

  private StackStore stacks;
  private RehearsalStore store;
  private Losses losses;
  private TenantService tenants;
  private Clock clock;

  /** Tells what a loss would do; {@link PlanService} but in tests. */
  interface Losses {
    LossPlan foresee(UUID stack, CloudId cloud, Foresight foresight);
  }

  @Inject
  RehearsalService(
      StackStore stacks, RehearsalStore store, PlanService plans, TenantService tenants) {
    this(stacks, store, plans::foreseeLoss, tenants, Clock.systemUTC());
  }

  RehearsalService(
      StackStore stacks, RehearsalStore store, Losses losses, TenantService tenants, Clock clock) {
    this.stacks = stacks;
    this.store = store;
    this.losses = losses;
    this.tenants = tenants;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected RehearsalService() {}

  /**
   * Plays the loss of a cloud. Nothing is done to the stack.
   *
   * @throws FederationFault NOT_FOUND; FORBIDDEN for who may look but not change; REQUEST_INVALID
   *     for a cloud in which the stack has nothing; CONFLICT when the stack is at work or deleted;
   *     NO_CANDIDATE when it could not be planned even without the loss
   */
  @Audited(action = "create", target = "rehearsal")
  @Transactional
  public Rehearsal rehearse(StackId id, CloudId cloud, Caller caller) {
    Stack stack = stack(id, caller);
    tenants.requireMember(caller, stack.project());
    boolean there =
        stacks.parts(id).stream()
            .anyMatch(
                part -> part.goal() == StackPart.Goal.PRESENT && part.id().cloud().equals(cloud));
    if (!there) {
      throw FederationFault.invalid(
          "cloud",
          Phrase.of("insurance.nothing-there", stack.name(), cloud.text()),
          Phrase.of("insurance.nothing-there-remedy"));
    }
    LossPlan report = foresee(id, cloud);
    Rehearsal rehearsal =
        new Rehearsal(
            UUID.randomUUID(),
            id,
            stack.project(),
            stack.name(),
            cloud,
            caller.name(),
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            report,
            Optional.empty());
    store.add(rehearsal, MOST);
    return rehearsal;
  }

  /**
   * Those of a stack, the newest first; at most {@link #MOST}.
   *
   * @throws FederationFault NOT_FOUND
   */
  @Audited(action = "read/list", target = "rehearsal")
  @Transactional
  public List<Rehearsal> list(StackId stack, Caller caller) {
    stack(stack, caller);
    return store.list(stack, MOST);
  }

  /**
   * @throws FederationFault NOT_FOUND
   */
  @Audited(action = "read", target = "rehearsal")
  @Transactional
  public Rehearsal find(@AuditedId UUID id, Caller caller) {
    return require(id, caller);
  }

  /** As {@link #find}, without being a reading of its own. */
  Rehearsal require(UUID id, Caller caller) {
    return store
        .find(id)
        .filter(one -> maySee(one.project(), caller))
        .orElseThrow(() -> FederationFault.notFound("rehearsal", id.toString()));
  }

  /** What a loss would do now, those without a place first. */
  LossPlan foresee(StackId id, CloudId cloud) {
    LossPlan report = losses.foresee(id.value(), cloud, new Foresight());
    return new LossPlan(InsurancePass.sorted(report.resources()), report.cost());
  }

  Stack stack(StackId id, Caller caller) {
    return stacks
        .find(id)
        .filter(stack -> maySee(stack.project(), caller))
        .orElseThrow(() -> FederationFault.notFound("stack", id.toString()));
  }

  /** Who may not is not told that it exists. */
  private boolean maySee(ProjectId project, Caller caller) {
    try {
      tenants.requireReader(caller, project);
      return true;
    } catch (FederationFault fault) {
      if (fault.code() == FaultCode.NOT_FOUND) {
        return false;
      }
      throw fault;
    }
  }
}
