package io.isthmus.rest.placement;

import io.isthmus.domain.access.Callers;
import io.isthmus.domain.placement.Plan;
import io.isthmus.domain.placement.PlanService;
import io.isthmus.domain.stack.StackId;
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
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Providers;
import java.util.Optional;

/** What would become of a stack; kept as a plan. Nothing is changed by it. */
@Path("stacks/{id}/update-previews")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class UpdatePreviewsResource {

  @Inject PlanService plans;
  @Inject Callers callers;
  @Inject WholeAnswers answers;
  @Context HttpHeaders headers;
  @Context Providers providers;
  @Context UriInfo uri;

  @POST
  @AnsweredWhole
  public Response preview(@PathParam("id") String id, @NotNull @Valid UpdatePlanRequest body) {
    return answers.of(
        providers,
        () -> {
          StackId stack = Arguments.id("stack", id, StackId::parse);
          Plan plan = plans.previewUpdate(body.toCommand(stack), callers.current());
          return Response.created(
                  uri.getBaseUriBuilder()
                      .path(PlansResource.class)
                      .path(plan.id().toString())
                      .build())
              .entity(PlanBody.of(plan, Optional.empty(), Reader.locale(headers)))
              .build();
        });
  }
}
