package io.isthmus.rest.insurance;

import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.insurance.RealRehearsals;
import io.isthmus.domain.insurance.Rehearsal;
import io.isthmus.domain.insurance.RehearsalRun;
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
  @Inject RealRehearsals real;
  @Inject Callers callers;
  @Context HttpHeaders headers;
  @Context UriInfo uri;

  @GET
  public List<RehearsalBody> list(@PathParam("id") String id) {
    return rehearsals.list(stack(id), callers.current()).stream()
        .map(one -> RehearsalBody.brief(one, Reader.locale(headers)))
        .toList();
  }

  @POST
  public Response rehearse(@PathParam("id") String id, @NotNull @Valid RehearsalRequest body) {
    Rehearsal one = begin(stack(id), body);
    return Response.created(uri.getAbsolutePathBuilder().path(one.id().toString()).build())
        .entity(RehearsalBody.of(one, Reader.locale(headers)))
        .build();
  }

  private Rehearsal begin(StackId stack, RehearsalRequest body) {
    CloudId cloud = Arguments.parse("cloud", body.cloud(), CloudId::new);
    boolean isReal =
        body.mode() != null && Rehearsal.Mode.parse(body.mode()) == Rehearsal.Mode.REAL;
    return isReal
        ? real.begin(
            stack,
            cloud,
            body.returns() == null
                ? RehearsalRun.Returns.AT_ONCE
                : RehearsalRun.Returns.parse(body.returns()),
            body.confirm() == null ? "" : body.confirm(),
            callers.current())
        : rehearsals.rehearse(stack, cloud, callers.current());
  }

  @POST
  @Path("{rehearsal}/return")
  public Response moveBack(@PathParam("id") String id, @PathParam("rehearsal") String rehearsal) {
    requireOf(stack(id), rehearsal);
    Rehearsal one =
        real.moveBack(Arguments.id("rehearsal", rehearsal, UUID::fromString), callers.current());
    return Response.accepted(RehearsalBody.of(one, Reader.locale(headers))).build();
  }

  @GET
  @Path("{rehearsal}")
  public RehearsalBody show(@PathParam("id") String id, @PathParam("rehearsal") String rehearsal) {
    return RehearsalBody.of(requireOf(stack(id), rehearsal), Reader.locale(headers));
  }

  private Rehearsal requireOf(StackId stack, String rehearsal) {
    Rehearsal one =
        rehearsals.find(Arguments.id("rehearsal", rehearsal, UUID::fromString), callers.current());
    if (!one.stack().equals(stack)) {
      throw FederationFault.notFound("rehearsal", rehearsal);
    }
    return one;
  }

  private static StackId stack(String text) {
    return Arguments.id("stack", text, StackId::parse);
  }
}
