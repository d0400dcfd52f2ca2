package io.isthmus.rest.placement;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.placement.Plan;
import io.isthmus.domain.placement.PlanFilter;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.placement.PlanPage;
import io.isthmus.domain.placement.PlanService;
import io.isthmus.domain.stack.StackService;
import io.isthmus.rest.idempotency.AnsweredWhole;
import io.isthmus.rest.idempotency.WholeAnswers;
import io.isthmus.rest.page.PageQuery;
import io.isthmus.rest.problem.Arguments;
import io.isthmus.rest.problem.Reader;
import io.isthmus.rest.tenant.Projects;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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
import java.util.Optional;

/** Plans: what would happen, kept so that just that can be done. Nothing is created by one. */
@Path("plans")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PlansResource {

  @Inject PlanService plans;
  @Inject StackService stacks;
  @Inject Callers callers;
  @Inject WholeAnswers answers;
  @Inject Projects projects;
  @Context HttpHeaders headers;
  @Context Providers providers;
  @Context UriInfo uri;

  @POST
  @AnsweredWhole
  public Response preview(@NotNull @Valid PlanRequest body) {
    return answers.of(
        providers,
        () -> {
          Caller caller = callers.current();
          Plan plan = plans.preview(body.toCommand(projects.named(body.project(), caller)), caller);
          return Response.created(uri.getAbsolutePathBuilder().path(plan.id().toString()).build())
              .entity(PlanBody.of(plan, Optional.empty(), Reader.locale(headers)))
              .build();
        });
  }

  @GET
  public Response list(
      @QueryParam("project") String project,
      @QueryParam("name") String name,
      @QueryParam("accepted") String accepted,
      @BeanParam PageQuery page) {
    Caller caller = callers.current();
    PlanFilter filter =
        new PlanFilter(
            Optional.ofNullable(name),
            Optional.ofNullable(accepted)
                .map(text -> Arguments.parse("accepted", text, Arguments::truth)));
    PlanPage found =
        plans.list(projects.named(project, caller), filter, page.cursor(), page.limit(), caller);
    return page.answer(
        found.plans().stream().map(PlanSummaryBody::of).toList(), "cursor", found.next());
  }

  @GET
  @Path("{id}")
  public PlanBody show(@PathParam("id") String id) {
    Caller caller = callers.current();
    Plan plan = plans.require(Arguments.id("plan", id, PlanId::parse), caller);
    return PlanBody.of(plan, stacks.ofPlan(plan.id(), caller), Reader.locale(headers));
  }

  /** One that became a stack is not removed. */
  @DELETE
  @Path("{id}")
  public void remove(@PathParam("id") String id) {
    plans.remove(Arguments.id("plan", id, PlanId::parse), callers.current());
  }
}
