package io.isthmus.rest.event;

import io.isthmus.domain.access.Callers;
import io.isthmus.rest.json.JsonNames;
import io.isthmus.rest.page.PageQuery;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tells a chronicle as a list or as a stream that goes on. */
@RequestScoped
public class EventAnswers {

  private static final Jsonb JSONB = JsonNames.create();

  @Inject Callers callers;

  Response list(Chronicle chronicle, String after, EventFilter filter, PageQuery page) {
    long known = ResumePoint.of(null, after, chronicle::newest);
    List<Chronicle.Entry> entries = chronicle.after(known, page.limit());
    List<Object> shown =
        entries.stream()
            .filter(entry -> filter.accepts(entry.event()))
            .map(Chronicle.Entry::body)
            .toList();
    Optional<String> next =
        entries.size() < page.limit()
            ? Optional.empty()
            : Optional.of(Long.toString(entries.get(entries.size() - 1).id()));
    return page.answer(shown, "after", next);
  }

  EventStream stream(Chronicle chronicle, String lastEventId, String after, Line line) {
    // Refuses before the stream begins, while there can still be a problem as the answer.
    long newest = chronicle.newest();
    return new EventStream(
        callers.current().subject(),
        (last, limit) -> chronicle.after(last, limit).stream().map(EventAnswers::sent).toList(),
        line,
        callers.signedInUntil(),
        ResumePoint.of(lastEventId, after, () -> newest),
        Instant.now());
  }

  private static Feed.Entry sent(Chronicle.Entry entry) {
    return new Feed.Entry(entry.id(), JSONB.toJson(entry.body()));
  }
}
