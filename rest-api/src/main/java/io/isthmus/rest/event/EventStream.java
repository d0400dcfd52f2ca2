package io.isthmus.rest.event;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One caller's stream: sends what is new and ends when the caller may not look any more. Is moved
 * on by one thread at a time.
 */
final class EventStream {

  /** Events read at once; a client that is far behind gets them in several goes. */
  static final int BATCH = 100;

  /** Shorter than proxies commonly wait (60 s). */
  static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

  /** The first write to a client that is gone still succeeds; it is the next that fails. */
  private static final int WORDS_TO_FIND_OUT = 2;

  private final String owner;
  private final Feed feed;
  private final Line line;
  private final Instant until;
  private long last;
  private Instant spokenAt;
  private final AtomicInteger wordsOwed = new AtomicInteger();

  /**
   * @param owner subject of the caller
   * @param until when the caller's sign-in ends
   * @param last id of the last event that the client knows
   */
  EventStream(String owner, Feed feed, Line line, Instant until, long last, Instant now) {
    this.owner = owner;
    this.feed = feed;
    this.line = line;
    this.until = until;
    this.last = last;
    this.spokenAt = now;
  }

  String owner() {
    return owner;
  }

  boolean isClosed() {
    return line.isClosed();
  }

  boolean isDue(Instant now) {
    return !now.isBefore(until) || isQuietTooLong(now) || wordsOwed.get() > 0;
  }

  /** Has it find out soon whether its client is still there. */
  void findOut() {
    wordsOwed.set(WORDS_TO_FIND_OUT);
  }

  /** Sends what there is since the last time. */
  void advance(Instant now) {
    if (line.isClosed()) {
      return;
    }
    if (!now.isBefore(until)) {
      line.end(FaultCode.NOT_SIGNED_IN.text());
      return;
    }
    try {
      List<Feed.Entry> batch;
      do {
        batch = feed.after(last, BATCH);
        for (Feed.Entry entry : batch) {
          line.event(entry);
          last = entry.id();
          spokenAt = now;
        }
      } while (batch.size() == BATCH && !line.isClosed());
    } catch (FederationFault fault) {
      line.end(fault.code().text());
      return;
    }
    boolean owed = wordsOwed.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    if (owed || isQuietTooLong(now)) {
      line.keepAlive();
      spokenAt = now;
    }
  }

  /** Ends it because the server goes away; the client comes back to another one. */
  void stop() {
    line.end("server-stops");
  }

  private boolean isQuietTooLong(Instant now) {
    return !spokenAt.plus(KEEP_ALIVE).isAfter(now);
  }
}
