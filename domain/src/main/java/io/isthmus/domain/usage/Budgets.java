package io.isthmus.domain.usage;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.audit.AuditedId;
import io.isthmus.domain.audit.AuditedRequest;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sets and shows budgets of projects. Who manages a project sets its budget, and so do the
 * federation's administrators.
 */
@ApplicationScoped
public class Budgets {

  private static final int MOST_PERCENT = 1000;
  private static final int MOST_WARNINGS = 10;

  private BudgetStore store;
  private Spending spending;
  private TenantService tenants;

  @Inject
  Budgets(BudgetStore store, Spending spending, TenantService tenants) {
    this.store = store;
    this.spending = spending;
    this.tenants = tenants;
  }

  /** For the container's proxies. */
  protected Budgets() {}

  /**
   * The budgets of the projects of which the caller may know, by tenant and project.
   *
   * @throws FederationFault never
   */
  @Audited(action = "read/list", target = "budget")
  @Transactional
  public List<BudgetState> list(Caller caller) {
    List<ProjectId> known = tenants.known(caller);
    return spending.states(
        store.all().stream()
            .filter(budget -> caller.isFederationAdmin() || known.contains(budget.project()))
            .toList());
  }

  /**
   * A project's budget; empty when it has none.
   *
   * @throws FederationFault NOT_FOUND for a project of which the caller may not know
   */
  @Audited(action = "read", target = "budget")
  @Transactional
  public Optional<BudgetState> find(@AuditedId ProjectId project, Caller caller) {
    requireKnown(project, caller);
    return spending.states(store.find(project).stream().toList()).stream().findFirst();
  }

  /**
   * Sets a project's budget.
   *
   * @param version the one that was read; 0 when there was none
   * @throws FederationFault NOT_FOUND; FORBIDDEN for who neither manages the project nor
   *     administers the federation; REQUEST_INVALID; STALE_VERSION
   */
  @Audited(action = "update", target = "budget")
  @Transactional
  public BudgetState set(
      @AuditedId ProjectId project, BudgetChange change, long version, Caller caller) {
    requireManager(project, caller);
    check(change);
    if (version != version(project) || !store.put(project, change, version, caller.name())) {
      throw stale(project);
    }
    return spending.states(List.of(store.find(project).orElseThrow())).get(0);
  }

  /**
   * Takes a project's budget away.
   *
   * @param version the one that was read
   * @throws FederationFault NOT_FOUND, also when it has none; FORBIDDEN; STALE_VERSION
   */
  @Audited(action = "delete", target = "budget")
  @Transactional
  public void remove(@AuditedId ProjectId project, long version, Caller caller) {
    requireManager(project, caller);
    Budget budget =
        store
            .find(project)
            .orElseThrow(() -> FederationFault.notFound("budget", project.toString()));
    if (budget.version() != version || !store.remove(budget)) {
      throw stale(project);
    }
  }

  /** Whether the caller may set a project's budget. */
  public boolean mayChange(ProjectId project, Caller caller) {
    return caller.isFederationAdmin() || tenants.isManager(caller, project);
  }

  private long version(ProjectId project) {
    return store.find(project).map(Budget::version).orElse(0L);
  }

  private void requireKnown(ProjectId project, Caller caller) {
    if (!caller.isFederationAdmin()) {
      tenants.requireReader(caller, project);
    } else if (!tenants.known(caller).contains(project) && store.find(project).isEmpty()) {
      throw FederationFault.notFound("project", project.toString());
    }
  }

  private void requireManager(ProjectId project, Caller caller) {
    if (caller.isFederationAdmin()) {
      requireKnown(project, caller);
      AuditedRequest.onBehalfOf(project);
    } else {
      tenants.requireManager(caller, project);
    }
  }

  private static void check(BudgetChange change) {
    List<Violation> violations = new ArrayList<>();
    BigDecimal amount = change.amount();
    if (!Decimals.isPlain(amount)
        || amount.signum() <= 0
        || amount.compareTo(Price.MOST) > 0
        || amount.stripTrailingZeros().scale() > 2) {
      violations.add(Violation.at("amount", Phrase.of("usage.budget-amount", amount, Price.MOST)));
    }
    if (!PriceCheck.isCurrency(change.currency())) {
      violations.add(
          Violation.at("currency", Phrase.of("usage.currency-unknown", change.currency())));
    }
    if (change.warnAt().size() > MOST_WARNINGS
        || change.warnAt().stream().anyMatch(percent -> percent < 1 || percent > MOST_PERCENT)) {
      violations.add(
          Violation.at(
              "warn_at",
              Phrase.of(
                  "usage.budget-warnings",
                  change.warnAt().toString(),
                  MOST_WARNINGS,
                  MOST_PERCENT)));
    }
    if (!violations.isEmpty()) {
      throw new FederationFault(FaultCode.REQUEST_INVALID, violations.get(0).message(), violations);
    }
  }

  private static FederationFault stale(ProjectId project) {
    return new FederationFault(FaultCode.STALE_VERSION, Phrase.of("usage.budget-stale", project));
  }
}
