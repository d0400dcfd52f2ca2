package io.isthmus.rest.event;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.stack.StackEvent;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackService;
import io.isthmus.rest.json.JsonNames;
import io.isthmus.rest.page.PageQuery;
import io.isthmus.rest.problem.Arguments;
import io.isthmus.rest.problem.Reader;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
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
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What happened to a stack: as a list, or as a stream that goes on. */
@Path("stacks/{id}/events")
@RequestScoped
@RolesAllowed("user")
public class StackEventsResource {

  private static final Jsonb JSONB = JsonNames.create();

  @Inject StackService stacks;
  @Inject Callers callers;
  @Inject EventStreams streams;
  @Context HttpHeaders headers;

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response events(
      @PathParam("id") String id,
      @QueryParam("after") String after,
      @BeanParam EventFilter filter,
      @BeanParam PageQuery page) {
    Locale locale = Reader.locale(headers);
    StackId stack = stackId(id);
    Caller caller = callers.current();
    long known = ResumePoint.of(null, after, () -> stacks.newestEvent(stack, caller));
    List<StackEvent> events = stacks.events(stack, known, page.limit(), caller);
    List<EventBody> shown =
        events.stream()
            .filter(event -> filter.accepts(event))
            .map(event -> EventBody.of(event, locale))
            .toList();
    Optional<String> next =
        events.size() < page.limit()
            ? Optional.empty()
            : Optional.of(Long.toString(events.get(events.size() - 1).sequence()));
    return page.answer(shown, "after", next);
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS + ";qs=0.5")
  public void stream(
      @PathParam("id") String id,
      @QueryParam("after") String after,
      @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) String lastEventId,
      @Context Sse sse,
      @Context SseEventSink sink) {
    Locale locale = Reader.locale(headers);
    StackId stack = stackId(id);
    Caller caller = callers.current();
    // Refuses before the stream begins, while there can still be a problem as the answer.
    long newest = stacks.newestEvent(stack, caller);
    long known = ResumePoint.of(lastEventId, after, () -> newest);
    Feed feed =
        (last, limit) ->
            stacks.events(stack, last, limit, caller).stream()
                .map(
                    event ->
                        new Feed.Entry(event.sequence(), JSONB.toJson(EventBody.of(event, locale))))
                .toList();
    streams.open(
        new EventStream(
            caller.subject(),
            feed,
            new SseLine(sse, sink),
            callers.signedInUntil(),
            known,
            Instant.now()),
        stack);
  }

  private static StackId stackId(String text) {
    return Arguments.id("stack", text, StackId::parse);
  }
}
