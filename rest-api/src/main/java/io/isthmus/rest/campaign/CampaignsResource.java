package io.isthmus.rest.campaign;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.campaign.Campaign;
import io.isthmus.domain.campaign.CampaignCsv;
import io.isthmus.domain.campaign.CampaignPage;
import io.isthmus.domain.campaign.CampaignService;
import io.isthmus.domain.campaign.CampaignStack;
import io.isthmus.domain.campaign.CampaignStackPage;
import io.isthmus.domain.campaign.CampaignView;
import io.isthmus.rest.page.PageQuery;
import io.isthmus.rest.problem.Arguments;
import io.isthmus.rest.problem.Reader;
import io.isthmus.rest.tenant.Projects;
import io.isthmus.rest.usage.CsvAnswer;
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
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/** One change of many stacks. */
@Path("campaigns")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class CampaignsResource {

  @Inject CampaignService campaigns;
  @Inject Callers callers;
  @Inject Projects projects;
  @Context HttpHeaders headers;
  @Context UriInfo uri;

  @GET
  public Response list(@QueryParam("status") String status, @BeanParam PageQuery page) {
    CampaignPage found =
        campaigns.list(
            Optional.ofNullable(status)
                .map(
                    text ->
                        Arguments.oneOf(
                            "status",
                            text,
                            Campaign.Status::parse,
                            Arrays.stream(Campaign.Status.values()).map(Campaign.Status::text))),
            page.cursor(),
            page.limit(),
            callers.current());
    return page.answer(found.campaigns().stream().map(this::body).toList(), "cursor", found.next());
  }

  private CampaignBody body(CampaignView view) {
    return CampaignBody.of(view, Optional.empty(), Reader.locale(headers));
  }

  @POST
  public Response create(@NotNull @Valid CampaignRequest body) {
    Caller caller = callers.current();
    CampaignView made = campaigns.create(body.toWish(() -> projects.named(null, caller)), caller);
    return Response.created(
            uri.getAbsolutePathBuilder().path(made.campaign().id().toString()).build())
        .entity(body(made))
        .build();
  }

  @GET
  @Path("{id}")
  public CampaignBody show(@PathParam("id") String id) {
    Caller caller = callers.current();
    return CampaignBody.of(
        campaigns.find(id(id), caller),
        Optional.of(campaigns.totals(id(id), caller)),
        Reader.locale(headers));
  }

  @DELETE
  @Path("{id}")
  public void remove(@PathParam("id") String id) {
    campaigns.remove(id(id), callers.current());
  }

  @GET
  @Path("{id}/stacks")
  public Response stacks(
      @PathParam("id") String id, @QueryParam("state") String state, @BeanParam PageQuery page) {
    Locale locale = Reader.locale(headers);
    Instant now = Instant.now();
    CampaignStackPage found =
        campaigns.stacks(
            id(id),
            Optional.ofNullable(state)
                .map(
                    text ->
                        Arguments.oneOf(
                            "state",
                            text,
                            CampaignStack.State::parse,
                            Arrays.stream(CampaignStack.State.values())
                                .map(CampaignStack.State::text))),
            page.cursor(),
            page.limit(),
            callers.current());
    return page.answer(
        found.stacks().stream().map(one -> CampaignStackBody.of(one, now, locale)).toList(),
        "cursor",
        found.next());
  }

  /** The report for spreadsheets. */
  @GET
  @Path("{id}/report")
  @Produces(CsvAnswer.TYPE)
  public Response report(@PathParam("id") String id) {
    return CsvAnswer.of(
            CampaignCsv.write(
                campaigns.report(id(id), callers.current()), Instant.now(), Reader.locale(headers)))
        .build();
  }

  @POST
  @Path("{id}/previews")
  public CampaignBody previewAgain(@PathParam("id") String id) {
    return command(id, campaigns::previewAgain);
  }

  @POST
  @Path("{id}/start")
  public CampaignBody start(@PathParam("id") String id) {
    return command(id, campaigns::start);
  }

  @POST
  @Path("{id}/pause")
  public CampaignBody pause(@PathParam("id") String id) {
    return command(id, campaigns::pause);
  }

  @POST
  @Path("{id}/resumption")
  public CampaignBody resume(@PathParam("id") String id) {
    return command(id, campaigns::resume);
  }

  @POST
  @Path("{id}/end")
  public CampaignBody end(@PathParam("id") String id) {
    return command(id, campaigns::end);
  }

  @POST
  @Path("{id}/rollback")
  public CampaignBody rollBackFailed(@PathParam("id") String id) {
    return command(id, campaigns::rollBackFailed);
  }

  @POST
  @Path("{id}/withdrawal")
  public CampaignBody takeBack(@PathParam("id") String id) {
    return command(id, campaigns::takeBack);
  }

  private CampaignBody command(String id, BiFunction<UUID, Caller, CampaignView> what) {
    return body(what.apply(id(id), callers.current()));
  }

  private static UUID id(String text) {
    return Arguments.id("campaign", text, UUID::fromString);
  }
}
