package io.isthmus.domain.tenant;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Tenants, projects and role assignments in the database. */
@ApplicationScoped
@Transactional
public class JpaTenantStore implements TenantStore {

  private EntityManager entities;

  @Inject
  JpaTenantStore(EntityManager entities) {
    this.entities = entities;
  }

  /** For the container's proxies. */
  protected JpaTenantStore() {}

  @Override
  public List<ProjectRoles> projectsOf(Caller caller) {
    List<RoleAssignment> held =
        assignmentsNaming(caller).stream()
            .filter(assignment -> assignment.isHeldBy(caller))
            .toList();
    if (held.isEmpty()) {
      return List.of();
    }
    List<ProjectRoles> found = new ArrayList<>();
    for (ProjectId project : projects()) {
      Set<Role> roles = EnumSet.noneOf(Role.class);
      held.stream()
          .filter(assignment -> assignment.covers(project))
          .forEach(assignment -> roles.add(assignment.role()));
      if (!roles.isEmpty()) {
        found.add(new ProjectRoles(project, roles));
      }
    }
    return found;
  }

  /** Narrows by the name alone; which kind of name it is, the assignment itself checks. */
  private List<RoleAssignment> assignmentsNaming(Caller caller) {
    List<String> names = new ArrayList<>(caller.organizations());
    names.add(caller.subject());
    names.add(caller.name());
    return entities
        .createQuery(
            "select a from RoleAssignment a where a.principal in :names", RoleAssignment.class)
        .setParameter("names", names)
        .getResultList();
  }

  @Override
  public List<ProjectId> projects() {
    return entities
        .createQuery("select p from StoredProject p order by p.id", StoredProject.class)
        .getResultStream()
        .map(StoredProject::toId)
        .toList();
  }

  @Override
  public void ensure(ProjectId project) {
    // Two servers that start together must not both make it.
    entities
        .createNativeQuery("select 1 from (select pg_advisory_xact_lock(hashtext('tenant'))) l")
        .getSingleResult();
    if (entities.find(StoredTenant.class, project.tenant()) == null) {
      entities.persist(new StoredTenant(project.tenant()));
      entities.flush();
      entities.persist(
          RoleAssignment.ofOrganization(project.tenant(), Role.MEMBER, project.tenant()));
    }
    if (entities.find(StoredProject.class, project.toString()) == null) {
      entities.persist(new StoredProject(project));
    }
  }
}
