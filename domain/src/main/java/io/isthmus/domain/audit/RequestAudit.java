package io.isthmus.domain.audit;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.audit.AuditRecord.Actor;
import io.isthmus.domain.audit.AuditRecord.Outcome;
import io.isthmus.domain.audit.AuditRecord.Reason;
import io.isthmus.domain.audit.AuditRecord.Target;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.trace.RequestId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
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
  private Strangers strangers;

  @Inject
  RequestAudit(AuditLog log, Callers callers) {
    this(log, callers, Clock.systemUTC(), new Strangers());
  }

  RequestAudit(AuditLog log, Callers callers, Clock clock) {
    this(log, callers, clock, new Strangers());
  }

  RequestAudit(AuditLog log, Callers callers, Clock clock, Strangers strangers) {
    this.strangers = strangers;
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
   *
   * @param client from which address it comes
   */
  public void turnedAway(
      Face face, String client, String action, Target asked, FederationFault why) {
    if (AuditedRequest.current().isPresent()) {
      AuditedRequest.refused(why);
      return;
    }
    try (AuditedRequest request = AuditedRequest.serve(face, client)) {
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
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    if (caller.isEmpty() && !strangers.admit(request.face(), request.client(), now)) {
      return;
    }
    AuditRecord record =
        new AuditRecord(
            UUID.randomUUID(),
            now,
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

  /** Records how many requests of strangers the last minute had beside those that are recorded. */
  void summarise() {
    write(strangers.due(clock.instant()));
  }

  /** Records what was counted until now: this server ends. */
  void end() {
    write(strangers.rest(clock.instant()));
  }

  private void write(List<Strangers.Summary> summaries) {
    for (Strangers.Summary summary : summaries) {
      try {
        log.addAlone(record(summary));
      } catch (RuntimeException e) {
        strangers.giveBack(summary);
        LOG.log(Level.WARNING, "requests of strangers cannot be recorded; it is tried again", e);
      }
    }
  }

  private AuditRecord record(Strangers.Summary summary) {
    String from = summary.client().map(client -> "from " + client).orElse("from other addresses");
    return new AuditRecord(
        UUID.randomUUID(),
        clock.instant().truncatedTo(ChronoUnit.MICROS),
        summary.face(),
        Optional.empty(),
        Optional.empty(),
        "read/summary",
        new Target("client", summary.client().orElse("")),
        Optional.empty(),
        Outcome.FAILURE,
        Optional.of(
            new Reason(
                FaultCode.NOT_SIGNED_IN.text(),
                "%d more requests %s by nobody who has signed in, from %s to %s, beside those that are recorded one by one."
                    .formatted(
                        summary.more(),
                        from,
                        summary.from().truncatedTo(ChronoUnit.SECONDS),
                        summary.to().truncatedTo(ChronoUnit.SECONDS)))),
        RequestId.fresh());
  }

  private Optional<Caller> caller() {
    try {
      return Optional.of(callers.current());
    } catch (FederationFault notSignedIn) {
      return Optional.empty();
    }
  }
}
