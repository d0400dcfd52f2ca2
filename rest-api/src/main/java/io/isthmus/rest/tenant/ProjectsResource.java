package io.isthmus.rest.tenant;

import io.isthmus.domain.access.Callers;
import io.isthmus.domain.tenant.ProjectRoles;
import io.isthmus.domain.tenant.Role;
import io.isthmus.domain.tenant.TenantService;
import io.isthmus.rest.page.PageQuery;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Function;

/** The caller's projects. */
@Path("projects")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
public class ProjectsResource {

  @Inject TenantService tenants;
  @Inject Callers callers;

  @GET
  public Response list(@BeanParam PageQuery page) {
    List<ProjectBody> held =
        tenants.projects(callers.current()).stream().map(ProjectBody::of).toList();
    return page.page(held, ProjectBody::project, Function.identity());
  }

  /**
   * A project and what the caller may do in it.
   *
   * @param roles OpenStack's role names
   */
  public record ProjectBody(String project, List<String> roles) {
    static ProjectBody of(ProjectRoles held) {
      return new ProjectBody(
          held.project().toString(), held.roles().stream().map(Role::text).sorted().toList());
    }
  }
}
