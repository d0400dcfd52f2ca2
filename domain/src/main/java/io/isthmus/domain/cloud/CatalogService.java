package io.isthmus.domain.cloud;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The use case of looking up what templates may name. */
@ApplicationScoped
public class CatalogService {

  private FederationService federation;
  private TenantService tenants;

  @Inject
  CatalogService(FederationService federation, TenantService tenants) {
    this.federation = federation;
    this.tenants = tenants;
  }

  /** For the container's proxies. */
  protected CatalogService() {}

  /**
   * The names that a project's templates may say, from our own copies: no cloud is called, and
   * clouds that the project has no access to tell nothing.
   *
   * @throws FederationFault NOT_FOUND when the project is not one of the caller's
   */
  @Audited(action = "read/list", target = "catalog")
  public CatalogNames names(Caller caller, ProjectId project) {
    tenants.requireReader(caller, project);
    return new CatalogNames(federation.snapshot(project));
  }
}
