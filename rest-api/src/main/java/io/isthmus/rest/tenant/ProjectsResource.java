package io.isthmus.rest.tenant;

import io.isthmus.domain.access.Callers;
import io.isthmus.domain.tenant.Role;
import io.isthmus.domain.tenant.TenantService;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The caller's projects. */
@Path("projects")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
public class ProjectsResource {

  @Inject TenantService tenants;
  @Inject Callers callers;

  @GET
  public List<ProjectBody> list() {
    return tenants.projects(callers.current()).stream()
        .map(
            held ->
                new ProjectBody(
                    held.project().toString(),
                    held.roles().stream().map(Role::text).sorted().toList()))
        .toList();
  }

  /**
   * A project and what the caller may do in it.
   *
   * @param roles OpenStack's role names
   */
  public record ProjectBody(String project, List<String> roles) {}
}
