package io.isthmus.domain.leak;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.audit.AuditRecord;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.audit.AuditedId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;

/**
 * Compares everything that carries our mark in every cloud with what is known, and the reverse; and
 * removes of it what an administrator of the federation has chosen. One at a time in the
 * federation.
 */
@ApplicationScoped
public class LeakChecks {

  private LeakStore store;
  private LeakRunner runner;

  @Inject
  LeakChecks(LeakStore store, LeakRunner runner) {
    this.store = store;
    this.runner = runner;
  }

  /** For the container's proxies. */
  protected LeakChecks() {}

  /**
   * Begins a check, and returns at once.
   *
   * @throws FederationFault FORBIDDEN for who does not administer the federation; CONFLICT while
   *     another check or repair is under way
   */
  @Audited(action = "create", target = "leak-check", announced = true)
  public LeakCheck start(Caller caller) {
    caller.requireFederationAdmin();
    Instant now = Clock.systemUTC().instant();
    LeakCheck check = LeakCheck.begun(UUID.randomUUID(), caller.name(), now);
    String owner = UUID.randomUUID().toString();
    if (!store.begin(check, owner)) {
      throw underWay(now);
    }
    begin(check, owner, () -> runner.check(check, owner));
    return check;
  }

  /** What cannot be begun is over. */
  private void begin(LeakCheck check, String owner, Runnable work) {
    try {
      work.run();
    } catch (RejectedExecutionException e) {
      Instant now = Clock.systemUTC().instant();
      store.write(
          check.in(LeakCheck.State.INTERRUPTED, Optional.of(now), check.findings()), owner, now);
      throw new FederationFault(FaultCode.TOO_MANY, Phrase.of("leak.no-thread"));
    }
  }

  private FederationFault underWay(Instant now) {
    return new FederationFault(
        FaultCode.CONFLICT,
        Phrase.of(
            "leak.under-way",
            store.newest(now).stream()
                .filter(LeakCheck::isUnderWay)
                .findFirst()
                .map(check -> check.id().toString())
                .orElse("-")));
  }

  /**
   * The last checks, the newest first; at most 20 are kept.
   *
   * @throws FederationFault FORBIDDEN for who does not administer the federation
   */
  @Audited(action = "read/list", target = "leak-check")
  @Transactional
  public List<LeakCheck> list(Caller caller) {
    caller.requireFederationAdmin();
    return store.newest(Clock.systemUTC().instant());
  }

  /**
   * One check.
   *
   * @throws FederationFault FORBIDDEN for who does not administer the federation; NOT_FOUND
   */
  @Audited(action = "read", target = "leak-check")
  @Transactional
  public LeakCheck find(@AuditedId UUID id, Caller caller) {
    caller.requireFederationAdmin();
    return require(id);
  }

  private LeakCheck require(UUID id) {
    return store
        .find(id, Clock.systemUTC().instant())
        .orElseThrow(() -> FederationFault.notFound("leak check", id.toString()));
  }

  /**
   * Has findings removed from their clouds, and returns at once. Only what is leaked can be chosen;
   * each is looked at and judged once more before.
   *
   * @param findings ids of findings of this check
   * @throws FederationFault FORBIDDEN for who does not administer the federation; NOT_FOUND;
   *     REQUEST_INVALID for none, for ids that the check does not have and for what is not leaked;
   *     CONFLICT while a check or repair is under way
   */
  @Audited(action = "update/repair", target = "leak-check", announced = true)
  public LeakCheck repair(@AuditedId UUID id, Collection<String> findings, Caller caller) {
    caller.requireFederationAdmin();
    LeakCheck check = require(id);
    LeakCheck chosen = choose(check, new HashSet<>(findings));
    Instant now = Clock.systemUTC().instant();
    String owner = UUID.randomUUID().toString();
    if (!store.beginRepair(chosen, owner, now)) {
      throw underWay(now);
    }
    LeakCheck repairing = chosen.in(LeakCheck.State.REPAIRING, Optional.empty(), chosen.findings());
    begin(repairing, owner, () -> runner.repair(repairing, owner, AuditRecord.Actor.of(caller)));
    return repairing;
  }

  /** The check with these findings chosen. */
  static LeakCheck choose(LeakCheck check, Set<String> ids) {
    if (ids.isEmpty()) {
      throw FederationFault.invalid("findings", Phrase.of("leak.none-chosen"));
    }
    Set<String> left = new HashSet<>(ids);
    List<Finding> findings =
        check.findings().stream()
            .map(
                finding -> {
                  if (!left.remove(finding.id())) {
                    return finding;
                  }
                  if (finding.kind() != Finding.Kind.LEAKED) {
                    throw FederationFault.invalid(
                        "findings",
                        Phrase.of("leak.not-leaked", finding.type(), finding.physicalId()));
                  }
                  return finding.repair() == Finding.Repair.REMOVED
                      ? finding
                      : finding.with(Finding.Repair.CHOSEN, Optional.empty());
                })
            .toList();
    if (!left.isEmpty()) {
      throw FederationFault.invalid(
          "findings",
          Phrase.of("leak.no-finding", left.stream().sorted().findFirst().orElseThrow()));
    }
    return check.in(check.state(), check.endedAt(), findings);
  }
}
