package io.isthmus.domain.cloud;

import java.time.LocalDate;
import java.util.Optional;

/**
 * How long a round trip to another place takes, by an administrator's word.
 *
 * @param milliseconds at least 0
 * @param measuredAt the day of the measurement; empty for what was agreed rather than measured
 */
public record RoundTrip(double milliseconds, Optional<LocalDate> measuredAt) {

  /** One that was agreed. */
  public static RoundTrip declared(double milliseconds) {
    return new RoundTrip(milliseconds, Optional.empty());
  }

  public static RoundTrip measured(double milliseconds, LocalDate at) {
    return new RoundTrip(milliseconds, Optional.of(at));
  }
}
