package io.isthmus.domain.audit;

/**
 * A record in its place in the log.
 *
 * @param position counted from 0
 * @param text the CADF event that was hashed
 */
public record AuditEntry(long position, String text) {

  /** What the text says. */
  public AuditRecord record() {
    return Cadf.read(text);
  }
}
