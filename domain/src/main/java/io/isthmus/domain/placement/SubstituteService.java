package io.isthmus.domain.placement;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.cloud.FederationService;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The use case of looking up what a plan would take for a name where a cloud does not have it. */
@ApplicationScoped
public class SubstituteService {

  private FederationService federation;
  private TenantService tenants;

  @Inject
  SubstituteService(FederationService federation, TenantService tenants) {
    this.federation = federation;
    this.tenants = tenants;
  }

  /** For the container's proxies. */
  protected SubstituteService() {}

  /**
   * What is taken in the clouds of a project, from our own copies: no cloud is called.
   *
   * @throws FederationFault NOT_FOUND when the project is not one of the caller's
   */
  @Audited(action = "read/list", target = "catalog")
  public Substitutes substitutes(Caller caller, ProjectId project) {
    tenants.requireReader(caller, project);
    return new Substitutes(federation.snapshot(project));
  }
}
