package io.isthmus.domain.audit;

/** What audited use cases act on: given to them, or made by them. */
public interface AuditSubject {

  /** Tells it apart from others of its kind. Never a secret. */
  String auditId();
}
