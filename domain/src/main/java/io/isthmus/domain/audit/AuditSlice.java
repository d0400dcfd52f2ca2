package io.isthmus.domain.audit;

import java.util.List;

/**
 * Some records in the order asked for.
 *
 * @param total how many there are that were asked for, at most {@link AuditSearch#MOST_COUNTED}
 */
public record AuditSlice(List<AuditEntry> entries, long total) {

  public AuditSlice {
    entries = List.copyOf(entries);
  }
}
