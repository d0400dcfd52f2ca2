package io.isthmus.domain.tenant;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import java.util.List;

/** Where tenants, projects and role assignments are kept. */
public interface TenantStore {

  /** The projects in which the caller has a role, by id. */
  List<ProjectRoles> projectsOf(Caller caller);

  /** Every project, by id. */
  List<ProjectId> projects();

  /**
   * Makes the project and its tenant when they are not there; a new tenant's organization gets
   * {@link Role#MEMBER} on all its projects. Safe to repeat.
   */
  void ensure(ProjectId project);
}
