package io.isthmus.domain.audit;

import java.util.List;
import java.util.Optional;

/**
 * Some records, newest first.
 *
 * @param next where the next page begins; empty on the last
 */
public record AuditPage(List<AuditEntry> entries, Optional<AuditCursor> next) {

  public AuditPage {
    entries = List.copyOf(entries);
  }
}
