package io.isthmus.domain.usage;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.AuditSubject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * What a project may spend in each month of the calendar, in UTC.
 *
 * @param amount above 0
 * @param currency ISO 4217 code
 * @param warnAt per cent of the amount at which people are warned, ascending, 1 to 1000
 * @param hardStop whether nothing new may be begun that would lead above it; what runs goes on
 */
public record Budget(
    ProjectId project,
    BigDecimal amount,
    String currency,
    List<Integer> warnAt,
    boolean hardStop,
    long version,
    Instant changedAt,
    String changedBy)
    implements AuditSubject {

  public Budget {
    warnAt = warnAt.stream().distinct().sorted().toList();
  }

  @Override
  public String auditId() {
    return project.toString();
  }
}
