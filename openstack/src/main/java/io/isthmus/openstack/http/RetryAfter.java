package io.isthmus.openstack.http;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;

/**
 * How long a cloud asks to be left alone.
 *
 * @see "RFC 9110, 10.2.3"
 */
public final class RetryAfter {

  /** Whoever asks for more is asked again after this; a gateway's odd page may ask for days. */
  public static final Duration LONGEST = Duration.ofMinutes(30);

  /** With others it means something else, or nothing. */
  private static final Set<Integer> MEANT = Set.of(413, 429, 500, 502, 503, 504);

  private RetryAfter() {}

  /**
   * @return from nothing to {@link #LONGEST}; empty when the answer does not say
   */
  public static Optional<Duration> of(Answer answer, Instant now) {
    return MEANT.contains(answer.status())
        ? answer.header("Retry-After").flatMap(text -> read(text.strip(), now))
        : Optional.empty();
  }

  private static Optional<Duration> read(String text, Instant now) {
    if (text.matches("\\d+")) {
      return Optional.of(
          text.length() > 6 ? LONGEST : bounded(Duration.ofSeconds(Long.parseLong(text))));
    }
    try {
      Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(bounded(Duration.between(now, until)));
    } catch (DateTimeParseException notDate) {
      return Optional.empty();
    }
  }

  private static Duration bounded(Duration asked) {
    if (asked.isNegative()) {
      return Duration.ZERO;
    }
    return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
  }
}
