package io.isthmus.rest.event;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.stack.StackService;
import io.isthmus.rest.page.PageQuery;
import io.isthmus.rest.problem.Reader;
import io.isthmus.rest.tenant.Projects;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
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
import java.util.List;
import java.util.Locale;

/** What happened to all stacks of a project: as a list, or as a stream that goes on. */
@Path("events")
@RequestScoped
@RolesAllowed("user")
public class ProjectEventsResource {

  @Inject StackService stacks;
  @Inject Callers callers;
  @Inject Projects projects;
  @Inject EventAnswers answers;
  @Inject EventStreams streams;
  @Context HttpHeaders headers;

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response events(
      @QueryParam("project") String named,
      @QueryParam("after") String after,
      @BeanParam EventFilter filter,
      @BeanParam PageQuery page) {
    return answers.list(chronicle(projects.named(named, callers.current())), after, filter, page);
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS + ";qs=0.5")
  public void stream(
      @QueryParam("project") String named,
      @QueryParam("after") String after,
      @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) String lastEventId,
      @Context Sse sse,
      @Context SseEventSink sink) {
    ProjectId project = projects.named(named, callers.current());
    Line line = new SseLine(sse, sink);
    streams.open(answers.stream(chronicle(project), lastEventId, after, line), project);
  }

  private Chronicle chronicle(ProjectId project) {
    Caller caller = callers.current();
    Locale locale = Reader.locale(headers);
    return new Chronicle() {
      @Override
      public long newest() {
        return stacks.newestEvent(project, caller);
      }

      @Override
      public List<Entry> after(long id, int limit) {
        return stacks.events(project, id, limit, caller).stream()
            .map(
                event ->
                    new Entry(event.position(), event.event(), ProjectEventBody.of(event, locale)))
            .toList();
      }
    };
  }
}
