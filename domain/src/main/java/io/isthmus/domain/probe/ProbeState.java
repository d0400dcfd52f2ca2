package io.isthmus.domain.probe;

import io.isthmus.domain.language.Phrase;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What is known from one place of a probe of one server. Pure.
 *
 * @param reason why it is not ANSWERED; empty when it is, or was not asked yet
 * @param failures in a row
 * @param since when it came into this outcome
 * @param triedAt when it was last asked; empty before
 * @param failing whether it has failed often enough, for long enough
 */
public record ProbeState(
    Outcome outcome,
    Optional<Phrase> reason,
    int failures,
    Instant since,
    Optional<Instant> triedAt,
    boolean failing) {

  /** How it was last. */
  public enum Outcome {
    /** Not asked yet. */
    UNTRIED,
    ANSWERED,
    FAILED,
    /** It has no address that can be gone to from here. */
    OUT_OF_REACH;

    /** As the API names it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static ProbeState untried(Instant now) {
    return new ProbeState(Outcome.UNTRIED, Optional.empty(), 0, now, Optional.empty(), false);
  }

  static ProbeState outOfReach(Phrase why, Instant now) {
    return new ProbeState(Outcome.OUT_OF_REACH, Optional.of(why), 0, now, Optional.empty(), false);
  }

  /**
   * After it was asked once more.
   *
   * @param tries how often in a row it has to fail to count as failing
   * @param after for how long it has to fail, too
   */
  ProbeState next(ProbeAnswer answer, int tries, Duration after, Instant now) {
    Outcome came = answer.failure().isEmpty() ? Outcome.ANSWERED : Outcome.FAILED;
    Instant from = came == outcome ? since : now;
    int failed = came == Outcome.FAILED ? failures + 1 : 0;
    return new ProbeState(
        came,
        answer.failure(),
        failed,
        from,
        Optional.of(now),
        failed >= tries && !now.isBefore(from.plus(after)));
  }
}
