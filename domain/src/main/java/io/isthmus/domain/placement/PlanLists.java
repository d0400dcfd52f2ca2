package io.isthmus.domain.placement;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;

/** Lists a project's kept plans: filtered, in an order, some at a time. */
@ApplicationScoped
public class PlanLists {

  private PlanListStore store;
  private TenantService tenants;

  @Inject
  public PlanLists(PlanListStore store, TenantService tenants) {
    this.store = store;
    this.tenants = tenants;
  }

  /** For the container's proxies. */
  protected PlanLists() {}

  /**
   * Plans from the one before which a number of others come.
   *
   * @param skip at least 0
   * @param limit at least 1, at most {@link PlanService#MOST}
   * @throws FederationFault REQUEST_INVALID for a limit that cannot be; NOT_FOUND
   */
  @Audited(action = "read/list", target = "plan")
  @Transactional
  public PlanSlice slice(ProjectId project, PlanQuery query, long skip, int limit, Caller caller) {
    tenants.requireReader(caller, project);
    if (limit < 1 || limit > PlanService.MOST) {
      Phrase phrase = Phrase.of("fault.page-limit", limit, PlanService.MOST);
      throw new FederationFault(
          FaultCode.REQUEST_INVALID, phrase, List.of(Violation.at("limit", phrase)));
    }
    return store.slice(project, query, Instant.now(), skip, limit);
  }
}
