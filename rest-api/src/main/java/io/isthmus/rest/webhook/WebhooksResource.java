package io.isthmus.rest.webhook;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.webhook.Webhooks;
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
import jakarta.validation.constraints.Size;
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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Who is told of what happens to stacks and clouds. */
@Path("webhooks")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class WebhooksResource {

  /** What stands for the federation where a project could be named. */
  private static final String FEDERATION = "federation";

  /** So that no answer with a secret is kept on its way, or here in plain. */
  private static final String NO_STORE = "no-store";

  @Inject Webhooks webhooks;
  @Inject Callers callers;
  @Inject WholeAnswers answers;
  @Inject Projects projects;
  @Context HttpHeaders headers;
  @Context Providers providers;
  @Context UriInfo uri;

  /**
   * Who is to be told.
   *
   * @param project {@code tenant/project}, or {@code federation}; the caller's own first project
   *     when left out
   * @param address of https
   * @param kinds of what; all that there are when left out
   * @param secret one is made when left out
   */
  public record Added(
      String project, @NotNull String address, @Size(max = 20) Set<String> kinds, String secret) {

    /** Without the secret, and what of the address may be one. */
    @Override
    public String toString() {
      return "webhook of " + project;
    }
  }

  /**
   * Another secret.
   *
   * @param secret one is made when left out
   */
  public record Rotated(String secret) {

    /** Without it. */
    @Override
    public String toString() {
      return "another secret";
    }
  }

  @GET
  public List<WebhookBody> list(@QueryParam("project") String project) {
    Caller caller = callers.current();
    Locale locale = Reader.locale(headers);
    return webhooks.list(whose(project, caller), caller).stream()
        .map(webhook -> WebhookBody.of(webhook, locale))
        .toList();
  }

  private Optional<ProjectId> whose(String project, Caller caller) {
    return FEDERATION.equals(project)
        ? Optional.empty()
        : Optional.of(projects.named(project, caller));
  }

  @POST
  @AnsweredWhole
  public Response add(@NotNull @Valid Added added) {
    return answers.of(
        providers,
        () -> {
          Caller caller = callers.current();
          Webhooks.Told told =
              webhooks.add(
                  whose(added.project(), caller),
                  added.address(),
                  added.kinds() == null ? Set.of() : added.kinds(),
                  Optional.ofNullable(added.secret()),
                  caller);
          return Response.created(
                  uri.getAbsolutePathBuilder().path(told.webhook().id().toString()).build())
              .header(HttpHeaders.CACHE_CONTROL, NO_STORE)
              .entity(WebhookBody.of(told.webhook(), told.secret(), Reader.locale(headers)))
              .build();
        });
  }

  @GET
  @Path("{id}")
  public WebhookBody show(@PathParam("id") String id) {
    return WebhookBody.of(webhooks.find(id(id), callers.current()), Reader.locale(headers));
  }

  /** What is not sent yet is forgotten. */
  @DELETE
  @Path("{id}")
  public void remove(@PathParam("id") String id) {
    webhooks.remove(id(id), callers.current());
  }

  @POST
  @Path("{id}/pause")
  public WebhookBody pause(@PathParam("id") String id) {
    return WebhookBody.of(webhooks.pause(id(id), callers.current()), Reader.locale(headers));
  }

  @POST
  @Path("{id}/resumption")
  public WebhookBody resume(@PathParam("id") String id) {
    return WebhookBody.of(webhooks.resume(id(id), callers.current()), Reader.locale(headers));
  }

  @POST
  @Path("{id}/secret")
  public Response rotate(@PathParam("id") String id, @Valid Rotated rotated) {
    Webhooks.Told told =
        webhooks.rotate(
            id(id),
            Optional.ofNullable(rotated).flatMap(one -> Optional.ofNullable(one.secret())),
            callers.current());
    return Response.ok(WebhookBody.of(told.webhook(), told.secret(), Reader.locale(headers)))
        .header(HttpHeaders.CACHE_CONTROL, NO_STORE)
        .build();
  }

  @POST
  @Path("{id}/tests")
  public Response test(@PathParam("id") String id) {
    return Response.accepted(
            DeliveryBody.of(webhooks.test(id(id), callers.current()), Reader.locale(headers)))
        .build();
  }

  @GET
  @Path("{id}/deliveries")
  public List<DeliveryBody> deliveries(@PathParam("id") String id, @BeanParam PageQuery page) {
    Locale locale = Reader.locale(headers);
    return webhooks.deliveries(id(id), page.limit(), callers.current()).stream()
        .map(delivery -> DeliveryBody.of(delivery, locale))
        .toList();
  }

  @POST
  @Path("{id}/deliveries/{message}/redelivery")
  public Response redeliver(@PathParam("id") String id, @PathParam("message") String message) {
    return Response.accepted(
            DeliveryBody.of(
                webhooks.redeliver(id(id), message, callers.current()), Reader.locale(headers)))
        .build();
  }

  private static UUID id(String text) {
    return Arguments.id("webhook", text, UUID::fromString);
  }
}
