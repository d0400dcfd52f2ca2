package io.isthmus.domain.audit;

import io.isthmus.domain.audit.AuditRecord.Outcome;
import io.isthmus.domain.audit.AuditRecord.Target;
import io.isthmus.domain.trace.RequestId;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** What the log tells of itself. */
final class EngineRecords {

  private EngineRecords() {}

  /**
   * The rule of retention takes all texts before a position.
   *
   * @param position of the first that is kept
   */
  static AuditRecord retention(long position, Clock clock) {
    return new AuditRecord(
        UUID.randomUUID(),
        clock.instant().truncatedTo(ChronoUnit.MICROS),
        Face.ENGINE,
        Optional.empty(),
        Optional.empty(),
        "delete/retention",
        new Target("audit-record", "before " + position),
        Optional.empty(),
        Outcome.SUCCESS,
        Optional.empty(),
        RequestId.fresh());
  }
}
