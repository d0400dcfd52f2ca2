package io.isthmus.itests;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Waits for what others do; looks often and gives up with what was seen last. */
public final class Await {

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(200);

  private Await() {}

  /**
   * Looks until the value is as wished.
   *
   * @param wish in words, for the failure
   * @return the value that was as wished
   */
  public static <T> T until(Duration limit, String wish, Callable<T> look, Predicate<T> isAsWished)
      throws Exception {
    Instant end = Instant.now().plus(limit);
    while (true) {
      T seen = look.call();
      if (isAsWished.test(seen)) {
        return seen;
      }
      if (Instant.now().isAfter(end)) {
        throw new AssertionError(
            "not within %d s: %s; last seen: %s".formatted(limit.toSeconds(), wish, seen));
      }
      LockSupport.parkNanos(PAUSE);
    }
  }
}
