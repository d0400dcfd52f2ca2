package io.isthmus.rest.access;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.tenant.ProjectRoles;
import io.isthmus.domain.tenant.Role;
import io.isthmus.domain.tenant.TenantService;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Collection;

/** The caller, as the token says, and the projects in which the caller has a role. */
@Path("caller")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
public class CallerResource {

  private Callers callers;
  private TenantService tenants;

  @Inject
  public CallerResource(Callers callers, TenantService tenants) {
    this.callers = callers;
    this.tenants = tenants;
  }

  /** For the container's proxies. */
  protected CallerResource() {}

  @GET
  public JsonObject caller() {
    Caller caller = callers.current();
    JsonArrayBuilder projects = Json.createArrayBuilder();
    tenants.projects(caller).forEach(project -> projects.add(view(project)));
    return Json.createObjectBuilder()
        .add("id", caller.subject())
        .add("name", caller.name())
        .add("organizations", sorted(caller.organizations()))
        .add("federation_roles", sorted(caller.federationRoles()))
        .add("projects", projects)
        .build();
  }

  private static JsonObjectBuilder view(ProjectRoles project) {
    return Json.createObjectBuilder()
        .add("project", project.project().toString())
        .add("roles", sorted(project.roles().stream().map(Role::text).toList()));
  }

  private static JsonArrayBuilder sorted(Collection<String> texts) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    texts.stream().sorted().forEach(array::add);
    return array;
  }
}
