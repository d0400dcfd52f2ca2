package io.isthmus.domain.audit;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.AuditRecord.Actor;
import io.isthmus.domain.audit.AuditRecord.Outcome;
import io.isthmus.domain.audit.AuditRecord.Reason;
import io.isthmus.domain.audit.AuditRecord.Target;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.trace.RequestId;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Parameter;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** What a call of an audited use case tells of itself. */
record AuditedCall(Audited audited, Parameter[] parameters, Object[] arguments) {

  static AuditedCall of(InvocationContext context) {
    Audited audited = context.getMethod().getAnnotation(Audited.class);
    return new AuditedCall(audited, context.getMethod().getParameters(), context.getParameters());
  }

  AuditRecord succeeded(Object result, AuditScope scope, Face face, Clock clock) {
    return record(id(Optional.ofNullable(result)), scope, face, clock, Outcome.SUCCESS, null);
  }

  AuditRecord failed(RuntimeException why, AuditScope scope, Face face, Clock clock) {
    return record(id(Optional.empty()), scope, face, clock, Outcome.FAILURE, reason(why));
  }

  /** What broke unexpectedly is told by its kind only: its words may hold anything. */
  private static Reason reason(RuntimeException why) {
    return why instanceof FederationFault fault
        ? new Reason(fault.code().text(), fault.phrase().in(Locale.ENGLISH))
        : new Reason(FaultCode.UNEXPECTED.text(), why.getClass().getSimpleName());
  }

  private AuditRecord record(
      String id, AuditScope scope, Face face, Clock clock, Outcome outcome, Reason reason) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return new AuditRecord(
        UUID.randomUUID(),
        now,
        face,
        argument(Caller.class).map(Actor::of),
        argument(ProjectId.class).or(scope::project),
        audited.action(),
        new Target(audited.target(), id),
        Optional.empty(),
        outcome,
        Optional.ofNullable(reason),
        RequestId.currentOrFresh());
  }

  private <T> Optional<T> argument(Class<T> type) {
    return Arrays.stream(arguments).filter(type::isInstance).map(type::cast).findFirst();
  }

  private String id(Optional<Object> result) {
    for (int index = 0; index < parameters.length; index++) {
      if (parameters[index].isAnnotationPresent(AuditedId.class)) {
        return text(arguments[index]);
      }
    }
    return Stream.concat(Arrays.stream(arguments), result.stream())
        .filter(AuditSubject.class::isInstance)
        .map(subject -> ((AuditSubject) subject).auditId())
        .findFirst()
        .orElse("");
  }

  private static String text(Object argument) {
    return argument instanceof Optional<?> optional
        ? optional.map(Object::toString).orElse("")
        : String.valueOf(argument);
  }
}
