package io.isthmus.rest.usage;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Times in requests: a day stands for its first moment in UTC. */
final class Moments {

  private static final int LENGTH_OF_DAY = 10;

  private Moments() {}

  /**
   * @throws DateTimeException for anything that is neither a day nor a moment of ISO 8601
   */
  static Instant parse(String text) {
    return text.length() == LENGTH_OF_DAY
        ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
        : Instant.parse(text);
  }
}
