package io.isthmus.domain.stack.engine;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits that double, up to a longest, spread so that many who wait do not come back at once. */
final class Backoff {

  private static final int MOST_DOUBLINGS = 10;

  private final Duration longest;
  private final RandomGenerator random;

  Backoff(Duration longest, RandomGenerator random) {
    this.longest = longest;
    this.random = random;
  }

  /**
   * @param attempts made so far, at least 1
   * @return between half of 2^attempts seconds and the whole, at most the longest
   */
  Duration after(int attempts) {
    long whole =
        Math.min(
            Duration.ofSeconds(1L << Math.min(attempts, MOST_DOUBLINGS)).toMillis(),
            longest.toMillis());
    return Duration.ofMillis(whole / 2 + random.nextLong(whole / 2 + 1));
  }
}
