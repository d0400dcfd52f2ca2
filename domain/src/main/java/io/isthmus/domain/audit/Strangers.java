package io.isthmus.domain.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Requests by nobody who has signed in: anybody can make any number of them, and must not fill the
 * log. Of each minute so many are recorded in full, of each client and in all; the others are
 * counted, and their number is recorded after the minute: none is lost silently.
 *
 * <p>Its memory is bounded, too: of more clients than it keeps apart the further ones are counted
 * together.
 */
final class Strangers {

  /** How long is counted together. */
  static final Duration SPAN = Duration.ofMinutes(1);

  /** Recorded in full, of each client in a span. */
  static final int EACH = 60;

  /** Recorded in full, of all clients in a span. */
  static final int ALL = 300;

  /**
   * Clients that are told apart in a span; each that has more than is recorded costs one record.
   */
  static final int CLIENTS = 50;

  /**
   * Requests that were not recorded in full.
   *
   * @param client its address; empty for those that were not told apart
   * @param more how many were only counted
   */
  record Summary(Face face, Optional<String> client, long more, Instant from, Instant to) {}

  private record Who(Face face, Optional<String> client) {}

  private static final class Count {
    private long recorded;
    private long more;
  }

  private final int each;
  private final int all;
  private final int clients;

  private Instant begun = Instant.MIN;
  private long recorded;
  private Map<Who, Count> counts = new HashMap<>();
  private final List<Summary> ready = new ArrayList<>();

  Strangers() {
    this(EACH, ALL, CLIENTS);
  }

  Strangers(int each, int all, int clients) {
    this.each = each;
    this.all = all;
    this.clients = clients;
  }

  /**
   * A request was made.
   *
   * @return whether it shall be recorded in full; if not, it is counted
   */
  synchronized boolean admit(Face face, Optional<String> client, Instant now) {
    endSpan(now);
    Who who = new Who(face, client);
    Count count =
        counts.containsKey(who) || counts.size() < clients
            ? counts.computeIfAbsent(who, first -> new Count())
            // Two more at most: one for each face.
            : counts.computeIfAbsent(new Who(face, Optional.empty()), first -> new Count());
    if (recorded < all && count.recorded < each) {
      recorded++;
      count.recorded++;
      return true;
    }
    count.more++;
    return false;
  }

  /** What is to be recorded now of the spans that have ended; it is handed out once. */
  synchronized List<Summary> due(Instant now) {
    endSpan(now);
    List<Summary> due = List.copyOf(ready);
    ready.clear();
    return due;
  }

  /** What was counted until now, whether or not its span has ended. */
  synchronized List<Summary> rest(Instant now) {
    close(now);
    return due(now);
  }

  /** It could not be recorded; it is due again. */
  synchronized void giveBack(Summary summary) {
    // Bounded by what one span can give: what cannot be written for long is added up.
    Optional<Summary> same =
        ready.stream()
            .filter(one -> one.face() == summary.face() && one.client().equals(summary.client()))
            .findFirst();
    same.ifPresent(ready::remove);
    Optional<String> client = summary.client();
    if (same.isEmpty() && ready.size() >= clients) {
      client = Optional.empty();
      same =
          ready.stream()
              .filter(one -> one.face() == summary.face() && one.client().isEmpty())
              .findFirst();
      same.ifPresent(ready::remove);
    }
    ready.add(
        new Summary(
            summary.face(),
            client,
            summary.more() + same.map(Summary::more).orElse(0L),
            same.map(Summary::from).filter(summary.from()::isAfter).orElse(summary.from()),
            same.map(Summary::to).filter(summary.to()::isBefore).orElse(summary.to())));
  }

  /** A clock that was set back ends the span, too. */
  private void endSpan(Instant now) {
    if (begun.equals(Instant.MIN)) {
      begun = now;
    } else if (!now.isBefore(begun.plus(SPAN)) || now.isBefore(begun)) {
      close(now.isBefore(begun) ? begun : begun.plus(SPAN));
      begun = now;
    }
  }

  private void close(Instant end) {
    Instant from = begun;
    Map<Who, Count> ended = counts;
    counts = new HashMap<>();
    recorded = 0;
    ended.entrySet().stream()
        .filter(entry -> entry.getValue().more > 0)
        .map(
            entry ->
                new Summary(
                    entry.getKey().face(),
                    entry.getKey().client(),
                    entry.getValue().more,
                    from,
                    end))
        .sorted(Comparator.comparingLong(Summary::more).reversed())
        .forEach(this::giveBack);
  }
}
