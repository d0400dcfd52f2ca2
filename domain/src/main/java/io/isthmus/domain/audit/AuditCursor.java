package io.isthmus.domain.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A place in a list of records, which are ordered by time and, within it, by position. */
public record AuditCursor(Instant at, long position) {

  static AuditCursor of(AuditEntry entry) {
    return new AuditCursor(entry.record().at(), entry.position());
  }

  /**
   * Reads what {@link #toString()} wrote.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static AuditCursor parse(String text) {
    String[] parts = text.split("-");
    if (parts.length != 2) {
      throw new IllegalArgumentException("not a cursor: " + text);
    }
    return new AuditCursor(
        Instant.EPOCH.plus(Long.parseLong(parts[0]), ChronoUnit.MICROS), Long.parseLong(parts[1]));
  }

  /** Microseconds since 1970, and the position. */
  @Override
  public String toString() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at) + "-" + position;
  }
}
