package io.isthmus.rest.insurance;

import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.insurance.Rehearsal;
import io.isthmus.domain.insurance.RehearsalService;
import io.isthmus.domain.stack.StackId;
import io.isthmus.rest.problem.Arguments;
import io.isthmus.rest.problem.Reader;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;

/** The loss of a cloud, played for a stack. */
@Path("stacks/{id}/rehearsals")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RehearsalsResource {

  @Inject RehearsalService rehearsals;
  @Inject Callers callers;
  @Context HttpHeaders headers;
  @Context UriInfo uri;

  @GET
  public List<RehearsalBody> list(@PathParam("id") String id) {
    return rehearsals.list(stack(id), callers.current()).stream()
        .map(RehearsalBody::brief)
        .toList();
  }

  @POST
  public Response rehearse(@PathParam("id") String id, @NotNull @Valid RehearsalRequest body) {
    Rehearsal one =
        rehearsals.rehearse(
            stack(id),
            Arguments.parse("cloud", body.cloud(), CloudId::new),
            body.mode() == null ? Rehearsal.Mode.DRY.text() : body.mode(),
            callers.current());
    return Response.created(uri.getAbsolutePathBuilder().path(one.id().toString()).build())
        .entity(RehearsalBody.of(one, Reader.locale(headers)))
        .build();
  }

  @GET
  @Path("{rehearsal}")
  public RehearsalBody show(@PathParam("id") String id, @PathParam("rehearsal") String rehearsal) {
    Rehearsal one =
        rehearsals.find(Arguments.id("rehearsal", rehearsal, UUID::fromString), callers.current());
    if (!one.stack().equals(stack(id))) {
      throw FederationFault.notFound("rehearsal", rehearsal);
    }
    return RehearsalBody.of(one, Reader.locale(headers));
  }

  private static StackId stack(String text) {
    return Arguments.id("stack", text, StackId::parse);
  }
}
