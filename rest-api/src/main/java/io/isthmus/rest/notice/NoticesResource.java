package io.isthmus.rest.notice;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.notice.Audience;
import io.isthmus.domain.notice.NoticeSlice;
import io.isthmus.domain.notice.Notices;
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
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/**
 * What the people of a project should know, newest first; and what the federation's administrators
 * should of the clouds of all projects.
 */
@Path("notices")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class NoticesResource {

  @Inject Notices notices;
  @Inject Callers callers;
  @Inject Projects projects;
  @Context HttpHeaders headers;

  @GET
  public Response list(
      @QueryParam("project") String project,
      @QueryParam("audience") String audience,
      @BeanParam NoticeFilter filter,
      @BeanParam PageQuery page) {
    Caller caller = callers.current();
    Locale locale = Reader.locale(headers);
    int limit = page.limit();
    long skip =
        page.cursor().map(text -> Arguments.parse("cursor", text, Long::parseLong)).orElse(0L);
    NoticeSlice found =
        notices.list(
            audience(audience, project, caller), filter.query(locale), skip, limit, caller);
    return page.answer(
        found.notices().stream()
            .map(notice -> NoticeBody.of(notice, !found.isNew(notice), locale))
            .toList(),
        "cursor",
        skip + limit < found.total() ? Optional.of(Long.toString(skip + limit)) : Optional.empty());
  }

  @PUT
  @Path("seen")
  public void seen(@NotNull @Valid SeenRequest request) {
    Caller caller = callers.current();
    notices.seen(
        audience(request.audience(), request.project(), caller),
        Arguments.parse("until", request.until(), NoticesResource::instant),
        caller);
  }

  private Audience audience(String audience, String project, Caller caller) {
    boolean isOfFederation =
        audience != null && Arguments.parse("audience", audience, Whose::parse) == Whose.FEDERATION;
    return isOfFederation ? Audience.FEDERATION : Audience.of(projects.named(project, caller));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
