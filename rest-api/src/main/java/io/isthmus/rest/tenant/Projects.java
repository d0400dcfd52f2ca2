package io.isthmus.rest.tenant;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.tenant.TenantService;
import io.isthmus.rest.problem.Arguments;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Which project a request is about. */
@ApplicationScoped
public class Projects {

  @Inject TenantService tenants;

  /**
   * The project that the request names; the caller's default when it names none. Whether the caller
   * belongs to it is for the use case to check.
   */
  public ProjectId named(String text, Caller caller) {
    return text == null
        ? tenants.defaultProject(caller)
        : Arguments.parse("project", text, ProjectId::parse);
  }
}
