package io.isthmus.domain.audit;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.audit.AuditRecord.Actor;
import io.isthmus.domain.audit.AuditRecord.Outcome;
import io.isthmus.domain.audit.AuditRecord.Reason;
import io.isthmus.domain.audit.AuditRecord.Target;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.trace.RequestId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Records requests that no use case has recorded: that only read, or that were turned away before
 * they reached one.
 */
@ApplicationScoped
public class RequestAudit {

  private static final Logger LOG = Logger.getLogger(RequestAudit.class.getName());

  private AuditLog log;
  private Callers callers;
  private Clock clock;

  @Inject
  RequestAudit(AuditLog log, Callers callers) {
    this(log, callers, Clock.systemUTC());
  }

  RequestAudit(AuditLog log, Callers callers, Clock clock) {
    this.log = log;
    this.callers = callers;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected RequestAudit() {}

  /**
   * The request that this thread serves was answered. Nothing was changed by it that is not
   * recorded yet; so when this cannot be written the answer stands, and the server's log tells.
   *
   * @param action what was asked for, unless a use case has noted what it read
   * @param asked what it was asked of, likewise
   * @param refused why, when nothing has noted more; empty for what was done
   */
  public void answered(String action, Target asked, Optional<Reason> refused) {
    AuditedRequest.current()
        .filter(request -> !request.isRecorded(refused.isPresent()))
        .ifPresent(request -> record(request, caller(), action, asked, refused));
  }

  /**
   * A request is refused before anything serves it; of one that is served already the reason is
   * noted.
   */
  public void turnedAway(Face face, String action, Target asked, FederationFault why) {
    if (AuditedRequest.current().isPresent()) {
      AuditedRequest.refused(why);
      return;
    }
    try (AuditedRequest request = AuditedRequest.serve(face)) {
      record(request, Optional.empty(), action, asked, Optional.of(Reason.of(why)));
    }
  }

  /** What a method of HTTP asks for, in CADF's words. */
  public static String action(String method) {
    return switch (method) {
      case "GET", "HEAD", "OPTIONS" -> "read";
      case "POST" -> "create";
      case "DELETE" -> "delete";
      default -> "update";
    };
  }

  private void record(
      AuditedRequest request,
      Optional<Caller> caller,
      String action,
      Target asked,
      Optional<Reason> refused) {
    AuditRecord record =
        new AuditRecord(
            UUID.randomUUID(),
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            request.face(),
            caller.map(Actor::of),
            request.project(),
            request.read().map(AuditedRequest.Read::action).orElse(action),
            request.read().map(AuditedRequest.Read::target).orElse(asked),
            Optional.empty(),
            refused.isPresent() ? Outcome.FAILURE : Outcome.SUCCESS,
            refused.map(reason -> request.refusal().orElse(reason)),
            RequestId.currentOrFresh());
    try {
      log.addAlone(record);
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, e, () -> "cannot be recorded in the audit log: " + Cadf.write(record));
    }
  }

  private Optional<Caller> caller() {
    try {
      return Optional.of(callers.current());
    } catch (FederationFault notSignedIn) {
      return Optional.empty();
    }
  }
}
