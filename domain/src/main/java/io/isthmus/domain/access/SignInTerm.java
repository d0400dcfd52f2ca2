package io.isthmus.domain.access;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a sign-in lasts. It is renewed as long as it is used, and then, some hours after it
 * began, no more.
 *
 * @param renewed when it was renewed last
 * @param ends when it ends unless it is renewed again
 */
public record SignInTerm(Instant renewed, Instant ends) {

  private static final Duration NOTICE = Duration.ofMinutes(10);

  public SignInTerm {
    if (ends.isBefore(renewed)) {
      throw new IllegalArgumentException("a sign-in cannot end at " + ends + ", before " + renewed);
    }
  }

  /**
   * From when on its end is certain, and near enough to be told: ten minutes before it. Of a
   * sign-in whose renewals last less than twenty minutes, the second half: one that could still be
   * renewed would have been.
   */
  public Instant lastCall() {
    Duration half = Duration.between(renewed, ends).dividedBy(2);
    return ends.minus(half.compareTo(NOTICE) < 0 ? half : NOTICE);
  }
}
