package io.isthmus.rest.library;

import io.isthmus.domain.library.ItemKind;
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

/** Templates that a project keeps. */
@Path("templates")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TemplatesResource {

  @Inject SavedItems saved;

  @GET
  public List<SavedBody> list(@QueryParam("project") String project) {
    return saved.list(ItemKind.TEMPLATE, project);
  }

  @GET
  @Path("{name}")
  public Response show(
      @PathParam("name") String name,
      @QueryParam("project") String project,
      @QueryParam("version") Integer version) {
    return saved.show(ItemKind.TEMPLATE, name, project, version);
  }

  @GET
  @Path("{name}/versions")
  public List<SavedBody> versions(
      @PathParam("name") String name, @QueryParam("project") String project) {
    return saved.versions(ItemKind.TEMPLATE, name, project);
  }

  /** Saves a version: the first without {@code If-Match}, a further one with the last's ETag. */
  @PUT
  @Path("{name}")
  public Response save(
      @PathParam("name") String name,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @NotNull @Valid SaveRequest body) {
    return saved.save(ItemKind.TEMPLATE, name, ifMatch, body);
  }

  @DELETE
  @Path("{name}")
  public void remove(@PathParam("name") String name, @QueryParam("project") String project) {
    saved.remove(ItemKind.TEMPLATE, name, project);
  }
}
