package io.isthmus.domain.usage;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Times in files and requests: a day stands for its first moment in UTC. */
public final class Moments {

  private static final int LENGTH_OF_DAY = 10;
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private Moments() {}

  /**
   * @return a whole second
   * @throws DateTimeException for anything that is neither a day nor a moment of ISO 8601, or is
   *     not in the years 1970 to 9999
   */
  public static Instant parse(String text) {
    Instant moment = read(text);
    if (moment.isBefore(Instant.EPOCH) || moment.isAfter(LAST)) {
      throw new DateTimeException("out of range: " + text);
    }
    return moment;
  }

  private static Instant read(String text) {
    return text.length() == LENGTH_OF_DAY
        ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
        : Instant.parse(text).truncatedTo(ChronoUnit.SECONDS);
  }
}
