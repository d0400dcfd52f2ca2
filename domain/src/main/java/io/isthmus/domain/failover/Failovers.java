package io.isthmus.domain.failover;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.audit.AuditedId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackChange.Happening;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackService;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;

/**
 * What people see of lost clouds of their stacks, and what they say. Each method is one transaction
 * and calls no cloud; {@link FailoverPass} and the engine carry it out.
 */
@ApplicationScoped
public class Failovers {

  static final int LONGEST_REASON = 400;

  /** Most lost clouds of stacks in one answer. */
  public static final int MOST = 500;

  private FailoverStore store;
  private Rescue rescue;
  private StackService stacks;
  private StackStore stored;
  private TenantService tenants;
  private Clock clock;

  @Inject
  Failovers(
      FailoverStore store,
      Rescue rescue,
      StackService stacks,
      StackStore stored,
      TenantService tenants) {
    this(store, rescue, stacks, stored, tenants, Clock.systemUTC());
  }

  Failovers(
      FailoverStore store,
      Rescue rescue,
      StackService stacks,
      StackStore stored,
      TenantService tenants,
      Clock clock) {
    this.store = store;
    this.rescue = rescue;
    this.stacks = stacks;
    this.stored = stored;
    this.tenants = tenants;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected Failovers() {}

  /**
   * A lost cloud with what was replaced there.
   *
   * @param replaced in order of their paths
   */
  public record Told(LostCloud lost, List<StackPart> replaced) {

    public Told {
      replaced = List.copyOf(replaced);
    }
  }

  /** A lost cloud of a stack, for who looks after the whole federation. */
  public record OfStack(LostCloud lost, ProjectId project, String stackName) {}

  /**
   * The lost clouds of all stacks, and those in which something was replaced; what has changed last
   * first, {@link #MOST} of them.
   *
   * @throws FederationFault FORBIDDEN for who may not see what is done in the whole federation
   */
  @Audited(action = "read/list", target = "stack-failover")
  @Transactional
  public List<OfStack> all(Caller caller) {
    caller.requireFederationAuditor();
    return store.all(MOST);
  }

  /**
   * The lost clouds of a stack, and those in which something of it was replaced.
   *
   * @throws FederationFault NOT_FOUND, also for a stack of others
   */
  @Audited(action = "read/list", target = "stack-failover")
  @Transactional
  public List<Told> of(StackId id, Caller caller) {
    stacks.require(id, caller);
    List<LostCloud> rows = store.of(id);
    List<StackPart> parts = rows.isEmpty() ? List.of() : stored.parts(id);
    return rows.stream()
        .map(
            row ->
                new Told(
                    row,
                    parts.stream()
                        .filter(part -> part.isReplaced() && part.id().cloud().equals(row.cloud()))
                        .sorted(Comparator.comparing(StackPart::key))
                        .toList()))
        .toList();
  }

  /**
   * Says that a silent cloud is lost, so that what is standby there is made anew elsewhere at once.
   * Safe to repeat.
   *
   * @param because 1 to 400 characters, kept in the audit log and told in the stack's story
   * @throws FederationFault NOT_FOUND; FORBIDDEN; REQUEST_INVALID; CONFLICT when the cloud answers,
   *     or nothing of the stack there is standby
   */
  @Audited(action = "update/failover", target = "stack")
  @Transactional
  public void failOver(@AuditedId StackId id, CloudId cloud, String because, Caller caller) {
    String reason = reason(because);
    Stack stack = member(id, caller);
    Instant now = now();
    Rescue.Scene scene = rescue.look(stack, cloud, now);
    if (stack.isLeaving()) {
      throw conflict(Phrase.of("stack.leaving", stack.name(), stack.status()));
    }
    stack.requireAwake();
    Instant since =
        scene
            .loss()
            .orElseThrow(() -> conflict(Phrase.of("failover.answers", cloud, stack.name())))
            .silentSince();
    if (scene.standby().isEmpty()) {
      throw conflict(
          Phrase.of(
              scene.replaced().isEmpty() ? "failover.nothing-standby" : "failover.done-already",
              stack.name(),
              cloud));
    }
    store.decide(
        LostCloud.watching(id, cloud, since, now),
        new LostCloud.Decision(caller.name(), caller.subject(), reason, now));
    tell(stack, Phrase.of("failover.decided", caller.name(), cloud, reason), now);
  }

  /**
   * Has what was replaced in a cloud removed, as soon as the cloud answers and it is stopped. Safe
   * to repeat.
   *
   * @param because as for {@link #failOver}
   * @throws FederationFault NOT_FOUND; FORBIDDEN; REQUEST_INVALID; CONFLICT when nothing was
   *     replaced there
   */
  @Audited(action = "delete/replaced", target = "stack")
  @Transactional
  public void removeReplaced(@AuditedId StackId id, CloudId cloud, String because, Caller caller) {
    String reason = reason(because);
    Stack stack = member(id, caller);
    Instant now = now();
    boolean any =
        stored.parts(id).stream()
            .anyMatch(part -> part.isReplaced() && part.id().cloud().equals(cloud));
    if (!any || !store.remove(id, cloud, now)) {
      throw conflict(Phrase.of("failover.nothing-replaced", stack.name(), cloud));
    }
    tell(stack, Phrase.of("failover.removal-asked", caller.name(), cloud, reason), now);
    rescue.wake(id, now);
  }

  private void tell(Stack stack, Phrase phrase, Instant now) {
    stored.tell(stack.id(), List.of(Happening.of(stack.status(), phrase)), now);
  }

  private Stack member(StackId id, Caller caller) {
    stacks.require(id, caller);
    Stack stack = stored.find(id).orElseThrow();
    tenants.requireMember(caller, stack.project());
    return stack;
  }

  private static String reason(String given) {
    String reason = given == null ? "" : given.strip();
    if (reason.isEmpty() || reason.length() > LONGEST_REASON || reason.indexOf(0) >= 0) {
      throw FederationFault.invalid(
          "reason", Phrase.of("failover.reason-length", Integer.toString(LONGEST_REASON)));
    }
    return reason;
  }

  private static FederationFault conflict(Phrase why) {
    return new FederationFault(FaultCode.CONFLICT, why);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
