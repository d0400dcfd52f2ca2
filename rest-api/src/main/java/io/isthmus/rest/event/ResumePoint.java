package io.isthmus.rest.event;

import io.isthmus.rest.problem.Arguments;
import java.util.function.LongSupplier;

/** From where a list or a stream of events goes on. */
final class ResumePoint {

  private static final String LATEST = "latest";

  private ResumePoint() {}

  /**
   * The id that the client knows.
   *
   * @param lastEventId {@code Last-Event-ID}, which a client that comes back sends; goes before
   * @param after the query's; {@code latest} for only what is new; null for everything
   * @param newest tells the newest id
   * @throws io.isthmus.domain.fault.FederationFault REQUEST_INVALID
   */
  static long of(String lastEventId, String after, LongSupplier newest) {
    if (lastEventId != null && !lastEventId.isBlank()) {
      return Arguments.parse("Last-Event-ID", lastEventId.strip(), ResumePoint::id);
    }
    if (after == null) {
      return 0;
    }
    return after.equals(LATEST)
        ? newest.getAsLong()
        : Arguments.parse("after", after, ResumePoint::id);
  }

  private static long id(String text) {
    long id = Long.parseLong(text);
    if (id < 0) {
      throw new IllegalArgumentException("ids count from 1");
    }
    return id;
  }
}
