package io.isthmus.rest.insurance;

import io.isthmus.domain.insurance.RehearsalRun;
import io.isthmus.domain.insurance.RehearsedServer;
import io.isthmus.rest.placement.DecisionBody.PlaceBody;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a rehearsal is that moves a stack and moves it back, and what was measured.
 *
 * @param returns when it moves back
 * @param outcome absent until it is known
 * @param backBy who has it moved back; absent for nobody
 * @param detectionSeconds for how long a true loss lasts before anything is made anew, which comes
 *     on top
 * @param recoverySeconds from the beginning to the last server at work elsewhere; absent until all
 *     are
 * @param returnSeconds from when it began to move back to the last server at work where it stood
 */
public record RehearsalRunBody(
    String phase,
    String returns,
    String outcome,
    String why,
    String backBy,
    boolean mayReturn,
    long detectionSeconds,
    Double recoverySeconds,
    Double returnSeconds,
    Instant startedAt,
    Instant movedAt,
    Instant returningAt,
    Instant returnedAt,
    Instant endedAt,
    List<ServerBody> servers,
    List<ToldBody> story) {

  /** A server that moves. */
  public record ServerBody(
      String resource,
      PlaceBody from,
      PlaceBody to,
      boolean probed,
      Instant stoppedAt,
      LegBody away,
      LegBody back) {}

  /**
   * One way of a server.
   *
   * @param interruptedSeconds for how long it was away, at most
   */
  public record LegBody(
      Instant completeAt, Instant answeredAt, boolean unanswered, Double interruptedSeconds) {

    static LegBody of(RehearsedServer server, RehearsedServer.Leg leg) {
      return new LegBody(
          leg.madeAt().orElse(null),
          leg.answeredAt().orElse(null),
          leg.unanswered(),
          seconds(server.interruption(leg)));
    }
  }

  /** What was told, and when. */
  public record ToldBody(Instant at, String why) {}

  static RehearsalRunBody of(RehearsalRun run, Locale locale) {
    return new RehearsalRunBody(
        run.phase().text(),
        run.returns().text(),
        run.outcome().map(RehearsalRun.Outcome::text).orElse(null),
        run.why().in(locale),
        run.backBy().map(RehearsalRun.Person::name).orElse(null),
        run.mayReturn(),
        run.detection().toSeconds(),
        seconds(run.recovery()),
        seconds(run.homecoming()),
        run.times().startedAt(),
        run.times().movedAt().orElse(null),
        run.times().returningAt().orElse(null),
        run.times().returnedAt().orElse(null),
        run.times().endedAt().orElse(null),
        run.servers().stream().map(RehearsalRunBody::server).toList(),
        run.story().stream().map(told -> new ToldBody(told.at(), told.why().in(locale))).toList());
  }

  private static ServerBody server(RehearsedServer one) {
    return new ServerBody(
        one.resource(),
        PlaceBody.of(one.from()),
        one.to().map(PlaceBody::of).orElse(null),
        one.probed(),
        one.stoppedAt().orElse(null),
        LegBody.of(one, one.away()),
        LegBody.of(one, one.back()));
  }

  private static Double seconds(Optional<Duration> time) {
    return time.map(span -> span.toMillis() / 1000.0).orElse(null);
  }
}
