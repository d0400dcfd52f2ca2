package io.isthmus.domain.tenant;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.AuditReaders;
import io.isthmus.domain.audit.AuditedRequest;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/**
 * Says which projects a caller belongs to and what they may do there. Assignments are read at each
 * question, so that a change holds at once. Another tenant's project looks like a missing one, to
 * administrators of the federation as well.
 */
@ApplicationScoped
public class TenantService implements AuditReaders {

  private TenantStore store;

  @Inject
  public TenantService(TenantStore store) {
    this.store = store;
  }

  /** For the container's proxies. */
  protected TenantService() {}

  /** The projects in which the caller has a role, by id. */
  public List<ProjectRoles> projects(Caller caller) {
    return store.projectsOf(caller);
  }

  /** The tenants of which the caller has a project, by name; all for the federation's admins. */
  public List<String> tenants(Caller caller) {
    return known(caller).stream().map(ProjectId::tenant).distinct().sorted().toList();
  }

  /** The projects of which the caller may know: their own; all for the federation's admins. */
  public List<ProjectId> known(Caller caller) {
    return caller.isFederationAdmin()
        ? store.projects()
        : projects(caller).stream().map(ProjectRoles::project).toList();
  }

  /**
   * The project to begin with: {@code demo} of a tenant when there is one, else the first.
   *
   * @throws FederationFault FORBIDDEN when the caller belongs to no project
   */
  public ProjectId defaultProject(Caller caller) {
    List<ProjectRoles> projects = projects(caller);
    return projects.stream()
        .map(ProjectRoles::project)
        .filter(project -> project.project().equals("demo"))
        .findFirst()
        .or(() -> projects.stream().map(ProjectRoles::project).findFirst())
        .orElseThrow(
            () ->
                new FederationFault(
                    FaultCode.FORBIDDEN, Phrase.of("tenant.no-project", caller.name())));
  }

  @Override
  public boolean isReader(Caller caller, ProjectId project) {
    return projects(caller).stream().anyMatch(held -> held.project().equals(project));
  }

  /**
   * @throws FederationFault NOT_FOUND when there is no such project or the caller has no role in it
   */
  @Override
  public void requireReader(Caller caller, ProjectId project) {
    require(caller, project, Role.READER);
  }

  /** Whether the caller may change what is in a project. */
  public boolean isMember(Caller caller, ProjectId project) {
    return projects(caller).stream()
        .anyMatch(held -> held.project().equals(project) && held.allow(Role.MEMBER));
  }

  /**
   * @throws FederationFault NOT_FOUND as {@link #requireReader}; FORBIDDEN when the caller may look
   *     but not change
   */
  public void requireMember(Caller caller, ProjectId project) {
    require(caller, project, Role.MEMBER);
  }

  /** Whether the caller manages a project. */
  public boolean isManager(Caller caller, ProjectId project) {
    return projects(caller).stream()
        .anyMatch(held -> held.project().equals(project) && held.allow(Role.MANAGER));
  }

  /**
   * @throws FederationFault NOT_FOUND as {@link #requireReader}; FORBIDDEN when the caller does not
   *     manage the project
   */
  public void requireManager(Caller caller, ProjectId project) {
    require(caller, project, Role.MANAGER);
  }

  private void require(Caller caller, ProjectId project, Role needed) {
    ProjectRoles held =
        projects(caller).stream()
            .filter(candidate -> candidate.project().equals(project))
            .findFirst()
            .orElseThrow(() -> FederationFault.notFound("project", project.toString()));
    // Not before: its people must not be told of those who are none of them.
    AuditedRequest.onBehalfOf(project);
    if (!held.allow(needed)) {
      throw new FederationFault(
          FaultCode.FORBIDDEN,
          Phrase.of(
              "tenant.role-needed",
              caller.name(),
              project,
              needed.text(),
              String.join(", ", held.roles().stream().map(Role::text).sorted().toList())));
    }
  }
}
