package io.isthmus.domain.audit;

/** Where records are written. */
public interface AuditLog {

  /**
   * Writes in the caller's transaction, if there is one: the record stays if and only if what it
   * tells of stays.
   *
   * @throws io.isthmus.domain.fault.FederationFault AUDIT_UNAVAILABLE when it cannot be written
   */
  void add(AuditRecord record);

  /** Writes whatever becomes of the caller's transaction. */
  void addAlone(AuditRecord record);
}
