package io.isthmus.rest.stack;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.drift.Drifts;
import io.isthmus.domain.failover.Failovers;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.probe.Probes;
import io.isthmus.domain.stack.AdoptStack;
import io.isthmus.domain.stack.Adoptions;
import io.isthmus.domain.stack.CreateStack;
import io.isthmus.domain.stack.DriftChoice;
import io.isthmus.domain.stack.StackFilter;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackLists;
import io.isthmus.domain.stack.StackOrder;
import io.isthmus.domain.stack.StackPage;
import io.isthmus.domain.stack.StackService;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.StackView;
import io.isthmus.domain.stack.console.ConsoleLogs;
import io.isthmus.rest.idempotency.AnsweredWhole;
import io.isthmus.rest.idempotency.WholeAnswers;
import io.isthmus.rest.page.PageQuery;
import io.isthmus.rest.problem.Arguments;
import io.isthmus.rest.problem.Reader;
import io.isthmus.rest.tenant.Projects;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Providers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Stacks: accept a plan, follow, check, update, put to sleep and wake, try again, delete. */
@Path("stacks")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class StacksResource {

  @Inject StackService stacks;
  @Inject Adoptions adoptions;
  @Inject StackLists lists;
  @Inject ConsoleLogs consoles;
  @Inject Drifts drifts;
  @Inject Probes probes;
  @Inject Failovers failovers;
  @Inject Callers callers;
  @Inject WholeAnswers answers;
  @Inject Projects projects;
  @Context HttpHeaders headers;
  @Context Providers providers;
  @Context UriInfo uri;

  @GET
  public Response list(
      @QueryParam("project") String project,
      @QueryParam("name") String name,
      @QueryParam("status") String status,
      @QueryParam("health") String health,
      @QueryParam("cloud") String cloud,
      @QueryParam("drift") String drift,
      @QueryParam("sort") String sort,
      @BeanParam PageQuery page) {
    StackFilter filter =
        new StackFilter(
            Optional.ofNullable(name),
            Optional.ofNullable(status)
                .map(text -> Arguments.parse("status", text, StackStatus::parse)),
            Optional.ofNullable(health)
                .map(text -> Arguments.parse("health", text, StackHealth.State::valueOf)),
            Optional.ofNullable(cloud).map(text -> Arguments.parse("cloud", text, CloudId::new)),
            Optional.ofNullable(drift)
                .map(text -> Arguments.parse("drift", text, StacksResource::flag)));
    StackOrder order =
        Optional.ofNullable(sort)
            .map(text -> Arguments.parse("sort", text, StackOrder::parse))
            .orElse(StackOrder.NEWEST);
    Caller caller = callers.current();
    StackPage found =
        lists.page(
            projects.named(project, caller), filter, order, page.cursor(), page.limit(), caller);
    return page.answer(StackListBody.of(found, locale()), "cursor", found.next());
  }

  @POST
  @AnsweredWhole
  public Response create(@NotNull @Valid StackRequest body) {
    return answers.of(
        providers,
        () -> {
          Caller caller = callers.current();
          ProjectId project = projects.named(body.project(), caller);
          PlanId plan = Arguments.parse("plan", body.plan(), PlanId::parse);
          DriftChoice onDrift =
              body.drift() == null ? DriftChoice.REPLACE_VANISHED : choice(body.drift());
          StackId id = stacks.create(new CreateStack(project, body.name(), plan, onDrift), caller);
          StackView stack = stacks.require(id, caller);
          return Response.accepted(StackBody.of(stack, locale()))
              .location(uri.getAbsolutePathBuilder().path(id.toString()).build())
              .tag(tag(stack))
              .build();
        });
  }

  @POST
  @AnsweredWhole
  @Path("adopt")
  public Response adopt(@NotNull @Valid AdoptRequest body) {
    return answers.of(
        providers,
        () -> {
          Caller caller = callers.current();
          StackId id = adoptions.adopt(adoption(body, caller), caller);
          StackView stack = stacks.require(id, caller);
          return Response.accepted(StackBody.of(stack, locale()))
              .location(
                  uri.getBaseUriBuilder().path(StacksResource.class).path(id.toString()).build())
              .tag(tag(stack))
              .build();
        });
  }

  @POST
  @Path("adopt/preview")
  public AdoptionBody previewAdoption(@NotNull @Valid AdoptRequest body) {
    Caller caller = callers.current();
    return AdoptionBody.of(adoptions.preview(adoption(body, caller), caller));
  }

  private AdoptStack adoption(AdoptRequest body, Caller caller) {
    return body.toCommand(
        projects.named(body.project(), caller),
        body.drift() == null ? DriftChoice.REPLACE_VANISHED : choice(body.drift()));
  }

  @GET
  @Path("{id}")
  public Response show(@PathParam("id") String id) {
    StackView stack = stacks.require(stackId(id), callers.current());
    return Response.ok(StackBody.of(stack, locale())).tag(tag(stack)).build();
  }

  @PATCH
  @Path("{id}")
  public Response change(
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @NotNull @Valid ChangeRequest body) {
    StackId stack = stackId(id);
    Caller caller = callers.current();
    stacks.chooseOnDrift(stack, Arguments.version(ifMatch), choice(body.drift()), caller);
    StackView now = stacks.require(stack, caller);
    return Response.ok(StackBody.of(now, locale())).tag(tag(now)).build();
  }

  private static DriftChoice choice(ChangeRequest.Drift drift) {
    return Arguments.oneOf(
        "drift.choice",
        drift.choice(),
        DriftChoice::parse,
        Stream.of(DriftChoice.values()).map(DriftChoice::text));
  }

  @GET
  @Path("{id}/drift")
  public DriftBody drift(@PathParam("id") String id) {
    return DriftBody.of(drifts.of(stackId(id), callers.current()), locale());
  }

  @GET
  @Path("{id}/probes")
  public ProbeListBody probes(@PathParam("id") String id) {
    return ProbeListBody.of(probes.of(stackId(id), callers.current()), locale());
  }

  @DELETE
  @Path("{id}")
  public Response delete(
      @PathParam("id") String id, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch) {
    StackId stack = stackId(id);
    Caller caller = callers.current();
    stacks.delete(stack, Arguments.version(ifMatch), caller);
    return Response.accepted(StackBody.of(stacks.require(stack, caller), locale()))
        .location(uri.getAbsolutePath())
        .build();
  }

  @GET
  @Path("{id}/failovers")
  public List<LostCloudBody> failovers(@PathParam("id") String id) {
    return failovers.of(stackId(id), callers.current()).stream()
        .map(told -> LostCloudBody.of(told, locale()))
        .toList();
  }

  @POST
  @Path("{id}/failovers")
  public Response failOver(@PathParam("id") String id, @NotNull @Valid FailoverRequest body) {
    CloudId cloud = Arguments.id("cloud", body.cloud(), CloudId::new);
    failovers.failOver(stackId(id), cloud, body.reason(), callers.current());
    return Response.accepted(failovers(id)).build();
  }

  @POST
  @Path("{id}/failovers/{cloud}/removal")
  public Response removeReplaced(
      @PathParam("id") String id,
      @PathParam("cloud") String cloud,
      @NotNull @Valid RemovalRequest body) {
    CloudId there = Arguments.parse("cloud", cloud, CloudId::new);
    failovers.removeReplaced(stackId(id), there, body.reason(), callers.current());
    return Response.accepted(failovers(id)).build();
  }

  @POST
  @AnsweredWhole
  @Path("{id}/actions")
  public Response act(
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @NotNull @Valid ActionRequest body) {
    return answers.of(
        providers,
        () -> {
          StackId stack = stackId(id);
          Caller caller = callers.current();
          OptionalLong version = Arguments.version(ifMatch);
          switch (Arguments.oneOf(
              "action",
              body.action(),
              ActionRequest.Action::parse,
              Stream.of(ActionRequest.Action.values()).map(ActionRequest.Action::text))) {
            case RETRY -> stacks.retry(stack, version, caller);
            case UPDATE ->
                stacks.update(
                    stack,
                    Arguments.parse("plan", body.plan() == null ? "" : body.plan(), PlanId::parse),
                    body.staysOnFailure(),
                    version,
                    caller);
            case CANCEL_UPDATE -> stacks.cancel(stack, false, version, caller);
            case ROLLBACK -> stacks.cancel(stack, true, version, caller);
            case CHECK -> stacks.check(stack, version, caller);
            case SUSPEND -> stacks.suspend(stack, version, caller);
            case RESUME -> stacks.resume(stack, version, caller);
          }
          StackView now = stacks.require(stack, caller);
          return Response.accepted(StackBody.of(now, locale()))
              .location(uri.getBaseUriBuilder().path(StacksResource.class).path(id).build())
              .tag(tag(now))
              .build();
        });
  }

  @GET
  @Path("{id}/abandonment")
  public JsonObject document(@PathParam("id") String id) {
    return stacks.document(stackId(id), callers.current());
  }

  @POST
  @Path("{id}/abandonment")
  public JsonObject abandon(
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @NotNull @Valid AbandonRequest body) {
    return stacks.abandon(stackId(id), body.name(), Arguments.version(ifMatch), callers.current());
  }

  @GET
  @Path("{id}/resources")
  public Response resources(
      @PathParam("id") String id, @BeanParam ResourceFilter filter, @BeanParam PageQuery page) {
    Locale locale = locale();
    return page.page(
        stacks.details(stackId(id), callers.current()).stream().filter(filter::accepts).toList(),
        part ->
            part.view().id().resource()
                + "/"
                + part.view().id().cloud()
                + "/"
                + part.view().id().region(),
        part -> ResourceBody.of(part, locale));
  }

  /** A nested resource's path has slashes in it. */
  @GET
  @Path("{id}/resources/{name: .+}/console-log")
  public ConsoleLogBody consoleLog(
      @PathParam("id") String id,
      @PathParam("name") String name,
      @QueryParam("lines") @DefaultValue("200") String lines) {
    return ConsoleLogBody.of(
        consoles.read(
            stackId(id),
            name,
            Arguments.parse("lines", lines, Integer::parseInt),
            callers.current()));
  }

  @GET
  @Path("{id}/outputs")
  public List<OutputBody> outputs(@PathParam("id") String id) {
    return stacks.outputs(stackId(id), callers.current()).stream().map(OutputBody::of).toList();
  }

  @GET
  @Path("{id}/template")
  public SourcesBody template(@PathParam("id") String id) {
    return SourcesBody.of(stacks.sources(stackId(id), callers.current()));
  }

  private Locale locale() {
    return Reader.locale(headers);
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("expected true or false");
    };
  }

  private static StackId stackId(String text) {
    return Arguments.id("stack", text, StackId::parse);
  }

  private static EntityTag tag(StackView stack) {
    return new EntityTag(Long.toString(stack.version()));
  }
}
