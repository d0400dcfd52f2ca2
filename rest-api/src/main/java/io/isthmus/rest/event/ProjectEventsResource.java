package io.isthmus.rest.event;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.stack.ProjectEvent;
import io.isthmus.domain.stack.StackService;
import io.isthmus.rest.json.JsonNames;
import io.isthmus.rest.page.PageQuery;
import io.isthmus.rest.problem.Reader;
import io.isthmus.rest.tenant.Projects;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What happened to all stacks of a project: as a list, or as a stream that goes on. */
@Path("events")
@RequestScoped
@RolesAllowed("user")
public class ProjectEventsResource {

  private static final Jsonb JSONB = JsonNames.create();

  @Inject StackService stacks;
  @Inject Callers callers;
  @Inject Projects projects;
  @Inject EventStreams streams;
  @Context HttpHeaders headers;

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response events(
      @QueryParam("project") String named,
      @QueryParam("after") String after,
      @BeanParam EventFilter filter,
      @BeanParam PageQuery page) {
    Locale locale = Reader.locale(headers);
    Caller caller = callers.current();
    ProjectId project = projects.named(named, caller);
    long known = ResumePoint.of(null, after, () -> stacks.newestEvent(project, caller));
    List<ProjectEvent> events = stacks.events(project, known, page.limit(), caller);
    List<ProjectEventBody> shown =
        events.stream()
            .filter(event -> filter.accepts(event.event()))
            .map(event -> ProjectEventBody.of(event, locale))
            .toList();
    Optional<String> next =
        events.size() < page.limit()
            ? Optional.empty()
            : Optional.of(Long.toString(events.get(events.size() - 1).position()));
    return page.answer(shown, "after", next);
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS + ";qs=0.5")
  public void stream(
      @QueryParam("project") String named,
      @QueryParam("after") String after,
      @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) String lastEventId,
      @Context Sse sse,
      @Context SseEventSink sink) {
    Locale locale = Reader.locale(headers);
    Caller caller = callers.current();
    ProjectId project = projects.named(named, caller);
    // Refuses before the stream begins, while there can still be a problem as the answer.
    long newest = stacks.newestEvent(project, caller);
    long known = ResumePoint.of(lastEventId, after, () -> newest);
    Feed feed =
        (last, limit) ->
            stacks.events(project, last, limit, caller).stream()
                .map(
                    event ->
                        new Feed.Entry(
                            event.position(), JSONB.toJson(ProjectEventBody.of(event, locale))))
                .toList();
    streams.open(
        new EventStream(
            caller.subject(),
            feed,
            new SseLine(sse, sink),
            callers.signedInUntil(),
            known,
            Instant.now()),
        project);
  }
}
