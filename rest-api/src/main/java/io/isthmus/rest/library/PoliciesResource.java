package io.isthmus.rest.library;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.library.ItemKind;
import io.isthmus.domain.library.Library;
import io.isthmus.rest.tenant.Projects;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/** Placement policies that a project keeps. */
@Path("policies")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PoliciesResource {

  @Inject SavedItems saved;
  @Inject Library library;
  @Inject Callers callers;
  @Inject Projects projects;

  /** Makes it the policy of stacks that name none. */
  @PUT
  @Path("{name}/default")
  public void makeDefault(@PathParam("name") String name, @QueryParam("project") String project) {
    Caller caller = callers.current();
    library.makeDefault(projects.named(project, caller), Optional.of(name), caller);
  }

  /** Stacks that name no policy take the federation's again. */
  @DELETE
  @Path("{name}/default")
  public void withdrawDefault(
      @PathParam("name") String name, @QueryParam("project") String project) {
    Caller caller = callers.current();
    ProjectId in = projects.named(project, caller);
    if (!library.versions(in, ItemKind.POLICY, name, caller).get(0).isDefault()) {
      throw FederationFault.notFound("default policy", name);
    }
    library.makeDefault(in, Optional.empty(), caller);
  }

  @GET
  public List<SavedBody> list(@QueryParam("project") String project) {
    return saved.list(ItemKind.POLICY, project);
  }

  @GET
  @Path("{name}")
  public Response show(
      @PathParam("name") String name,
      @QueryParam("project") String project,
      @QueryParam("version") Integer version) {
    return saved.show(ItemKind.POLICY, name, project, version);
  }

  @GET
  @Path("{name}/versions")
  public List<SavedBody> versions(
      @PathParam("name") String name, @QueryParam("project") String project) {
    return saved.versions(ItemKind.POLICY, name, project);
  }

  /** Saves a version: the first without {@code If-Match}, a further one with the last's ETag. */
  @PUT
  @Path("{name}")
  public Response save(
      @PathParam("name") String name,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @NotNull @Valid SaveRequest body) {
    return saved.save(ItemKind.POLICY, name, ifMatch, body);
  }

  @DELETE
  @Path("{name}")
  public void remove(@PathParam("name") String name, @QueryParam("project") String project) {
    saved.remove(ItemKind.POLICY, name, project);
  }
}
