package io.isthmus.ui.shell;

import com.vaadin.cdi.annotation.VaadinSessionScoped;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.tenant.ProjectRoles;
import io.isthmus.domain.tenant.TenantService;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** The project that the reader works in; it decides all that is seen. */
@VaadinSessionScoped
public class CurrentProject implements Serializable {

  private static final long serialVersionUID = 1L;

  private transient TenantService tenants;
  private transient ProjectId chosen;

  @Inject
  public CurrentProject(TenantService tenants) {
    this.tenants = tenants;
  }

  /** For the container's proxies. */
  protected CurrentProject() {}

  /** Empty when the caller belongs to no project. */
  public Optional<ProjectId> find(Caller caller) {
    List<ProjectId> projects = projects(caller);
    if (chosen != null && projects.contains(chosen)) {
      return Optional.of(chosen);
    }
    return projects.isEmpty() ? Optional.empty() : Optional.of(tenants.defaultProject(caller));
  }

  /** By name. */
  public List<ProjectId> projects(Caller caller) {
    return tenants.projects(caller).stream().map(ProjectRoles::project).toList();
  }

  /** One that the caller does not belong to is ignored, as if it did not exist. */
  public void choose(ProjectId project, Caller caller) {
    if (projects(caller).contains(project)) {
      chosen = project;
    }
  }
}
