package io.isthmus.rest.drain;

import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.drain.Drain;
import io.isthmus.domain.drain.DrainReturn;
import io.isthmus.domain.drain.DrainReturns;
import io.isthmus.domain.drain.DrainService;
import io.isthmus.rest.idempotency.AnsweredWhole;
import io.isthmus.rest.idempotency.WholeAnswers;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Providers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Clouds, regions and zones that are emptied. */
@Path("drains")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class DrainsResource {

  @Inject DrainService drains;
  @Inject DrainReturns returns;
  @Inject Callers callers;
  @Inject WholeAnswers answers;
  @Context HttpHeaders headers;
  @Context Providers providers;
  @Context UriInfo uri;

  @GET
  public List<DrainBody> list(@QueryParam("cloud") String cloud) {
    Optional<CloudId> one =
        Optional.ofNullable(cloud).map(text -> Arguments.parse("cloud", text, CloudId::new));
    return drains.list(one, callers.current()).stream().map(DrainBody::of).toList();
  }

  @POST
  @Path("previews")
  public DrainPreviewBody preview(@NotNull @Valid DrainRequest body) {
    return DrainPreviewBody.of(
        drains.preview(body.toWish(), callers.current()), Reader.locale(headers));
  }

  @POST
  @AnsweredWhole
  public Response start(@NotNull @Valid DrainRequest body) {
    return answers.of(
        providers,
        () -> {
          Drain drain = drains.start(body.toWish(), callers.current());
          return Response.created(uri.getAbsolutePathBuilder().path(drain.id().toString()).build())
              .entity(DrainBody.of(drain))
              .build();
        });
  }

  @GET
  @Path("{id}")
  public DrainBody show(@PathParam("id") String id) {
    return DrainBody.of(drains.find(id(id), callers.current()));
  }

  @GET
  @Path("{id}/stacks")
  public List<DrainedStackBody> stacks(@PathParam("id") String id) {
    Locale locale = Reader.locale(headers);
    return drains.stacks(id(id), callers.current()).stream()
        .map(one -> DrainedStackBody.of(one, locale))
        .toList();
  }

  @POST
  @Path("{id}/pause")
  public DrainBody pause(@PathParam("id") String id) {
    return DrainBody.of(drains.pause(id(id), callers.current()));
  }

  @POST
  @Path("{id}/resumption")
  public DrainBody resume(@PathParam("id") String id) {
    return DrainBody.of(drains.resume(id(id), callers.current()));
  }

  @POST
  @Path("{id}/withdrawal")
  public DrainBody takeBack(@PathParam("id") String id) {
    return DrainBody.of(drains.takeBack(id(id), callers.current()));
  }

  @POST
  @Path("{id}/return-previews")
  public DrainPreviewBody previewReturn(@PathParam("id") String id) {
    return DrainPreviewBody.of(returns.preview(id(id), callers.current()), Reader.locale(headers));
  }

  @POST
  @Path("{id}/return")
  public Response moveBack(@PathParam("id") String id) {
    return Response.accepted(bodies(returns.moveBack(id(id), callers.current()))).build();
  }

  @GET
  @Path("{id}/return")
  public List<DrainReturnBody> returning(@PathParam("id") String id) {
    return bodies(returns.list(id(id), callers.current()));
  }

  private List<DrainReturnBody> bodies(List<DrainReturn> all) {
    Locale locale = Reader.locale(headers);
    return all.stream().map(one -> DrainReturnBody.of(one, locale)).toList();
  }

  private static UUID id(String text) {
    return Arguments.id("drain", text, UUID::fromString);
  }
}
