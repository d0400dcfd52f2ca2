package io.isthmus.domain.audit;

/** What names the cloud in which, or about which, an audited use case does something. */
public interface AuditPlace {

  /** The cloud's id. */
  String auditCloud();
}
