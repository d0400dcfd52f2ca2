package io.isthmus.rest.audit;

import io.isthmus.domain.audit.AuditEntry;
import io.isthmus.domain.audit.AuditRecord;

/**
 * A record of the audit log.
 *
 * @param actor absent for what Isthmus does of itself, and for who has not signed in
 * @param project on whose behalf
 * @param cadf the CADF event whose hash is in the log, as it is to be hashed
 */
public record AuditBody(
    long position,
    String at,
    String face,
    String actor,
    String project,
    String action,
    String targetType,
    String targetId,
    String cloud,
    String region,
    String outcome,
    String reasonCode,
    String reason,
    String requestId,
    String cadf) {

  static AuditBody of(AuditEntry entry) {
    AuditRecord record = entry.record();
    return new AuditBody(
        entry.position(),
        record.at().toString(),
        record.face().text(),
        record.actor().map(AuditRecord.Actor::name).orElse(null),
        record.project().map(Object::toString).orElse(null),
        record.action(),
        record.target().type(),
        record.target().id(),
        record.where().map(AuditRecord.Where::cloud).orElse(null),
        record.where().flatMap(AuditRecord.Where::region).orElse(null),
        record.outcome().text(),
        record.reason().map(AuditRecord.Reason::code).orElse(null),
        record.reason().map(AuditRecord.Reason::words).orElse(null),
        record.request().text(),
        entry.text());
  }
}
