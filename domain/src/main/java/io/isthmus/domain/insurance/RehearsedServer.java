package io.isthmus.domain.insurance;

import io.isthmus.domain.cloud.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What was measured of one server in a rehearsal.
 *
 * @param resource path in the graph
 * @param from where it stood, and shall stand again
 * @param to where it was made anew; empty until that is known
 * @param probed whether its policy has it probed
 * @param stoppedAt when the one that was left behind was first seen not to run any more
 */
public record RehearsedServer(
    String resource,
    Place from,
    Optional<Place> to,
    boolean probed,
    Optional<Instant> stoppedAt,
    Leg away,
    Leg back) {

  /**
   * One way.
   *
   * @param offAt from when on the one before counts as off, which is never later than it was: on
   *     the way away the beginning, on the way back when it was last seen not to be asked to go
   * @param madeAt when its cloud had it complete
   * @param answeredAt when all its probes were answered first
   * @param unanswered whether its probes were not answered for as long as they are waited for
   */
  public record Leg(
      Optional<Instant> offAt,
      Optional<Instant> madeAt,
      Optional<Instant> answeredAt,
      boolean unanswered) {

    static final Leg NONE = new Leg(Optional.empty(), Optional.empty(), Optional.empty(), false);

    Leg off(Instant at) {
      return new Leg(Optional.of(at), madeAt, answeredAt, unanswered);
    }

    Leg made(Instant at) {
      return new Leg(offAt, madeAt.or(() -> Optional.of(at)), answeredAt, unanswered);
    }

    /** It is not there any more, such as when it was made once more. */
    Leg unmade() {
      return new Leg(offAt, Optional.empty(), Optional.empty(), unanswered);
    }

    Leg answered(Instant at) {
      return new Leg(offAt, madeAt, answeredAt.or(() -> Optional.of(at)), false);
    }

    Leg givenUp() {
      return new Leg(offAt, madeAt, answeredAt, answeredAt.isEmpty());
    }
  }

  static RehearsedServer standing(String resource, Place from, boolean probed, Instant now) {
    return new RehearsedServer(
        resource, from, Optional.empty(), probed, Optional.empty(), Leg.NONE.off(now), Leg.NONE);
  }

  RehearsedServer at(Place place) {
    return new RehearsedServer(resource, from, Optional.of(place), probed, stoppedAt, away, back);
  }

  RehearsedServer stopped(Instant at) {
    return new RehearsedServer(
        resource, from, to, probed, stoppedAt.or(() -> Optional.of(at)), away, back);
  }

  RehearsedServer away(Leg leg) {
    return new RehearsedServer(resource, from, to, probed, stoppedAt, leg, back);
  }

  RehearsedServer back(Leg leg) {
    return new RehearsedServer(resource, from, to, probed, stoppedAt, away, leg);
  }

  /** When it did its work again: answered its probes, else was complete. */
  public Optional<Instant> well(Leg leg) {
    return probed
        ? leg.answeredAt().flatMap(answered -> leg.madeAt().map(made -> later(answered, made)))
        : leg.madeAt();
  }

  /**
   * For how long neither the one before nor the new one was seen to do its work: at most for so
   * long it was away.
   */
  public Optional<Duration> interruption(Leg leg) {
    return leg.offAt()
        .flatMap(
            off ->
                well(leg)
                    .map(well -> well.isAfter(off) ? Duration.between(off, well) : Duration.ZERO));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
