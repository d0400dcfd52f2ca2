package io.isthmus.rest.cloud;

import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.rest.page.PageQuery;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Function;

/** Which flavors, images, networks and volume types mean the same in different clouds. */
@Path("equivalences")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class EquivalencesResource {

  @Inject CloudService clouds;
  @Inject Callers callers;

  @GET
  public Response list(
      @QueryParam("kind") String kind,
      @QueryParam("cloud") String cloud,
      @BeanParam PageQuery page) {
    List<EquivalenceBody> found =
        clouds.equivalences(callers.current()).stream()
            .map(EquivalenceBody::of)
            .filter(body -> kind == null || body.kind().equals(kind))
            .filter(body -> cloud == null || body.cloud().equals(cloud))
            .toList();
    return page.page(
        found, body -> body.kind() + "/" + body.name() + "/" + body.cloud(), Function.identity());
  }

  /** Declares one; what was declared before for the same name and cloud is replaced. */
  @PUT
  public EquivalenceBody declare(@NotNull @Valid EquivalenceBody body) {
    clouds.declare(callers.current(), body.toEquivalence());
    return body;
  }

  @DELETE
  @Path("{kind}/{name}/{cloud}")
  public void withdraw(
      @PathParam("kind") String kind,
      @PathParam("name") String name,
      @PathParam("cloud") String cloud) {
    clouds.withdraw(
        callers.current(), new EquivalenceBody(kind, name, cloud, null).toEquivalence());
  }
}
