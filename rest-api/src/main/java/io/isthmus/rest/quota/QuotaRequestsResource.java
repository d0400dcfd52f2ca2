package io.isthmus.rest.quota;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.Allowance;
import io.isthmus.domain.cloud.Extent;
import io.isthmus.domain.quota.QuotaRequest;
import io.isthmus.domain.quota.QuotaRequests;
import io.isthmus.rest.notice.Whose;
import io.isthmus.rest.problem.Arguments;
import io.isthmus.rest.tenant.Projects;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Projects' requests for larger quotas, and what administrators answer. */
@Path("quotas/requests")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class QuotaRequestsResource {

  @Inject QuotaRequests requests;
  @Inject Callers callers;
  @Inject Projects projects;
  @Context UriInfo uri;

  /**
   * What is asked for.
   *
   * @param of {@code project} unless the tenant's quota is to be larger
   */
  public record Asked(
      String project,
      String of,
      @NotNull String extent,
      @NotNull Map<String, Long> limits,
      @NotNull String reason) {}

  /**
   * An answer.
   *
   * @param limits what is granted; absent to grant what was asked for
   */
  public record Answer(Map<String, Long> limits, String answer) {}

  @GET
  public List<QuotaRequestBody> list(
      @QueryParam("project") String project,
      @QueryParam("audience") String audience,
      @QueryParam("state") String state) {
    Caller caller = callers.current();
    Optional<QuotaRequest.State> wanted =
        Optional.ofNullable(state)
            .map(text -> Arguments.parse("state", text, QuotaRequest.State::parse));
    boolean isOfFederation =
        audience != null && Arguments.parse("audience", audience, Whose::parse) == Whose.FEDERATION;
    List<QuotaRequest> found =
        isOfFederation
            ? requests.list(wanted, caller)
            : requests.of(projects.named(project, caller), wanted, caller);
    return found.stream().map(QuotaRequestBody::of).toList();
  }

  @POST
  public Response ask(@NotNull @Valid Asked asked) {
    Caller caller = callers.current();
    QuotaRequest request =
        requests.ask(
            projects.named(asked.project(), caller),
            Optional.ofNullable(asked.of())
                .map(text -> Arguments.parse("of", text, Allowance.Of::parse))
                .orElse(Allowance.Of.PROJECT),
            Arguments.parse("extent", asked.extent(), Extent::parse),
            QuotaChange.maxima(asked.limits()),
            asked.reason(),
            caller);
    return Response.created(uri.getAbsolutePathBuilder().path(request.id().toString()).build())
        .entity(QuotaRequestBody.of(request))
        .build();
  }

  @GET
  @Path("{id}")
  public QuotaRequestBody show(@PathParam("id") String id) {
    return QuotaRequestBody.of(requests.find(id(id), callers.current()));
  }

  @POST
  @Path("{id}/approval")
  public QuotaRequestBody approve(@PathParam("id") String id, @NotNull @Valid Answer answer) {
    return QuotaRequestBody.of(
        requests.approve(
            id(id),
            answer.limits() == null ? Map.of() : QuotaChange.maxima(answer.limits()),
            answer.answer(),
            callers.current()));
  }

  @POST
  @Path("{id}/denial")
  public QuotaRequestBody deny(@PathParam("id") String id, @NotNull @Valid Answer answer) {
    return QuotaRequestBody.of(requests.deny(id(id), answer.answer(), callers.current()));
  }

  @POST
  @Path("{id}/withdrawal")
  public QuotaRequestBody withdraw(@PathParam("id") String id) {
    return QuotaRequestBody.of(requests.withdraw(id(id), callers.current()));
  }

  private static UUID id(String text) {
    return Arguments.id("quota request", text, UUID::fromString);
  }
}
