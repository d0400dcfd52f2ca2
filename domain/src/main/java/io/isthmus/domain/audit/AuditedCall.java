package io.isthmus.domain.audit;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.AuditRecord.Actor;
import io.isthmus.domain.audit.AuditRecord.Outcome;
import io.isthmus.domain.audit.AuditRecord.Reason;
import io.isthmus.domain.audit.AuditRecord.Target;
import io.isthmus.domain.audit.AuditRecord.Where;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.trace.RequestId;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Parameter;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a call of an audited use case tells of itself. */
record AuditedCall(Audited audited, Parameter[] parameters, Object[] arguments) {

  private static final String READ = "read";

  static AuditedCall of(InvocationContext context) {
    Audited audited = context.getMethod().getAnnotation(Audited.class);
    return new AuditedCall(audited, context.getMethod().getParameters(), context.getParameters());
  }

  /** Whether it changes nothing. */
  boolean isRead() {
    return audited.action().equals(READ) || audited.action().startsWith(READ + "/");
  }

  /** Whether it is recorded before it begins. */
  boolean isAnnounced() {
    return audited.announced();
  }

  AuditRecord begun(AuditedRequest request, Clock clock) {
    return record(target(Optional.empty()), request, clock, Outcome.PENDING, null);
  }

  AuditRecord succeeded(Object result, AuditedRequest request, Clock clock) {
    return record(target(Optional.ofNullable(result)), request, clock, Outcome.SUCCESS, null);
  }

  AuditRecord failed(RuntimeException why, AuditedRequest request, Clock clock) {
    return record(target(Optional.empty()), request, clock, Outcome.FAILURE, reason(why));
  }

  /** What broke unexpectedly is told by its kind only: its words may hold anything. */
  private static Reason reason(RuntimeException why) {
    return why instanceof FederationFault fault
        ? Reason.of(fault)
        : new Reason(FaultCode.UNEXPECTED.text(), why.getClass().getSimpleName());
  }

  private AuditRecord record(
      Target target, AuditedRequest request, Clock clock, Outcome outcome, Reason reason) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return new AuditRecord(
        UUID.randomUUID(),
        now,
        request.face(),
        argument(Caller.class).map(Actor::of),
        request.project().or(() -> given(outcome)),
        audited.action(),
        target,
        argument(AuditPlace.class).map(place -> new Where(place.auditCloud(), Optional.empty())),
        outcome,
        Optional.ofNullable(reason),
        RequestId.currentOrFresh());
  }

  /** Whoever is refused may have named any project: its people are not told of that. */
  private Optional<ProjectId> given(Outcome outcome) {
    return outcome == Outcome.SUCCESS ? argument(ProjectId.class) : Optional.empty();
  }

  private <T> Optional<T> argument(Class<T> type) {
    return Arrays.stream(arguments).filter(type::isInstance).map(type::cast).findFirst();
  }

  /**
   * @param result empty while there is none
   */
  Target target(Optional<Object> result) {
    return new Target(audited.target(), id(result));
  }

  private String id(Optional<Object> result) {
    List<String> named = new ArrayList<>();
    for (int index = 0; index < parameters.length; index++) {
      if (parameters[index].isAnnotationPresent(AuditedId.class)) {
        named.add(text(arguments[index]));
      }
    }
    return named.isEmpty() ? subject(result) : String.join("/", named);
  }

  /** Of what is given several at once, each. */
  private String subject(Optional<Object> result) {
    return Stream.concat(Arrays.stream(arguments), result.stream())
        .filter(Objects::nonNull)
        .map(each -> each instanceof Collection<?> several ? several : List.of(each))
        .map(
            several ->
                several.stream()
                    .filter(AuditSubject.class::isInstance)
                    .map(subject -> ((AuditSubject) subject).auditId())
                    .distinct()
                    .collect(Collectors.joining(",")))
        .filter(ids -> !ids.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static String text(Object argument) {
    if (argument instanceof Optional<?> optional) {
      return optional.map(Object::toString).orElse("");
    }
    return argument instanceof Enum<?> constant
        ? constant.name().toLowerCase(Locale.ROOT)
        : String.valueOf(argument);
  }
}
