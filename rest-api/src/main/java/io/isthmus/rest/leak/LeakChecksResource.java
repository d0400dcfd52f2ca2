package io.isthmus.rest.leak;

import io.isthmus.domain.access.Callers;
import io.isthmus.domain.leak.LeakCheck;
import io.isthmus.domain.leak.LeakChecks;
import io.isthmus.rest.problem.Arguments;
import io.isthmus.rest.problem.Reader;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
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
import java.util.Locale;
import java.util.UUID;

/** Comparisons of clouds with what is known, for administrators of the federation. */
@Path("leak-checks")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class LeakChecksResource {

  @Inject LeakChecks checks;
  @Inject Callers callers;

  @Context HttpHeaders headers;
  @Context UriInfo uri;

  /**
   * What is to be removed.
   *
   * @param findings ids of findings
   */
  public record RepairRequest(
      @NotNull @Size(max = LeakCheck.MOST_FINDINGS) List<@NotNull String> findings) {}

  @GET
  public List<LeakCheckBody> list() {
    return checks.list(callers.current()).stream().map(LeakCheckBody::summary).toList();
  }

  @POST
  public Response start() {
    LeakCheck check = checks.start(callers.current());
    return Response.accepted(LeakCheckBody.of(check, locale()))
        .location(uri.getAbsolutePathBuilder().path(check.id().toString()).build())
        .build();
  }

  @GET
  @Path("{id}")
  public LeakCheckBody show(@PathParam("id") String id) {
    return LeakCheckBody.of(checks.find(id(id), callers.current()), locale());
  }

  @POST
  @Path("{id}/repairs")
  public Response repair(@PathParam("id") String id, @NotNull @Valid RepairRequest request) {
    LeakCheck check = checks.repair(id(id), request.findings(), callers.current());
    return Response.accepted(LeakCheckBody.of(check, locale()))
        .location(uri.getBaseUriBuilder().path("leak-checks").path(id).build())
        .build();
  }

  private static UUID id(String text) {
    return Arguments.parse("id", text, UUID::fromString);
  }

  private Locale locale() {
    return Reader.locale(headers);
  }
}
