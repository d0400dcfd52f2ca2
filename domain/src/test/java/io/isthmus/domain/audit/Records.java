package io.isthmus.domain.audit;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.AuditRecord.Actor;
import io.isthmus.domain.audit.AuditRecord.Outcome;
import io.isthmus.domain.audit.AuditRecord.Reason;
import io.isthmus.domain.audit.AuditRecord.Target;
import io.isthmus.domain.audit.AuditRecord.Where;
import io.isthmus.domain.trace.RequestId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Records to test with. */
final class Records {

  static final Instant NOON = Instant.parse("2026-11-27T12:00:00.000123Z");

  private Records() {}

  static AuditRecord created(String stack) {
    return new AuditRecord(
        UUID.randomUUID(),
        NOON,
        Face.API,
        Optional.of(new Actor("8f3c", "alice")),
        Optional.of(new ProjectId("acme", "demo")),
        "create",
        new Target("stack", stack),
        Optional.empty(),
        Outcome.SUCCESS,
        Optional.empty(),
        RequestId.fresh());
  }

  static AuditRecord of(ProjectId project, String stack, Instant at) {
    AuditRecord created = created(stack);
    return new AuditRecord(
        created.id(),
        at,
        created.face(),
        created.actor(),
        Optional.of(project),
        created.action(),
        created.target(),
        created.where(),
        created.outcome(),
        created.reason(),
        created.request());
  }

  static AuditRecord failedInCloud() {
    return new AuditRecord(
        UUID.randomUUID(),
        NOON,
        Face.ENGINE,
        Optional.empty(),
        Optional.of(new ProjectId("acme", "demo")),
        "create",
        new Target("OS::Nova::Server", "web/0/server"),
        Optional.of(new Where("gra", Optional.of("GRA-1"))),
        Outcome.FAILURE,
        Optional.of(new Reason("cloud-full", "Cloud gra said: “No valid host”?value=")),
        RequestId.fresh());
  }
}
