package io.isthmus.rest.event;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackService;
import io.isthmus.rest.page.PageQuery;
import io.isthmus.rest.problem.Arguments;
import io.isthmus.rest.problem.Reader;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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

/** What happened to a stack: as a list, or as a stream that goes on. */
@Path("stacks/{id}/events")
@RequestScoped
@RolesAllowed("user")
public class StackEventsResource {

  @Inject StackService stacks;
  @Inject Callers callers;
  @Inject EventAnswers answers;
  @Inject EventStreams streams;
  @Context HttpHeaders headers;

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response events(
      @PathParam("id") String id,
      @QueryParam("after") String after,
      @BeanParam EventFilter filter,
      @BeanParam PageQuery page) {
    return answers.list(chronicle(stackId(id)), after, filter, page);
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS + ";qs=0.5")
  public void stream(
      @PathParam("id") String id,
      @QueryParam("after") String after,
      @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) String lastEventId,
      @Context Sse sse,
      @Context SseEventSink sink) {
    StackId stack = stackId(id);
    Line line = new SseLine(sse, sink);
    streams.open(answers.stream(chronicle(stack), lastEventId, after, line), stack);
  }

  private Chronicle chronicle(StackId stack) {
    Caller caller = callers.current();
    Locale locale = Reader.locale(headers);
    return new Chronicle() {
      @Override
      public long newest() {
        return stacks.newestEvent(stack, caller);
      }

      @Override
      public List<Entry> after(long id, int limit) {
        return stacks.events(stack, id, limit, caller).stream()
            .map(event -> new Entry(event.sequence(), event, EventBody.of(event, locale)))
            .toList();
      }
    };
  }

  private static StackId stackId(String text) {
    return Arguments.id("stack", text, StackId::parse);
  }
}
