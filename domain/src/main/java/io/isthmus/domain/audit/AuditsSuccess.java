package io.isthmus.domain.audit;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.time.Clock;
import java.util.Optional;

/** Records within the use case's transaction that it did what was asked; notes what it read. */
@Audited
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
class AuditsSuccess {

  private final AuditLog log;

  @Inject
  AuditsSuccess(AuditLog log) {
    this.log = log;
  }

  @AroundInvoke
  Object audit(InvocationContext context) throws Exception {
    Optional<AuditedRequest> served = AuditedRequest.current();
    if (served.isEmpty()) {
      return context.proceed();
    }
    AuditedRequest request = served.get();
    boolean asked = request.enter();
    try {
      Object result = context.proceed();
      if (asked) {
        note(AuditedCall.of(context), result, request);
      }
      return result;
    } finally {
      request.leave();
    }
  }

  private void note(AuditedCall call, Object result, AuditedRequest request) {
    if (call.isRead() && request.face() == Face.PORTAL) {
      // The page tells what was read for it.
      return;
    }
    if (call.isRead()) {
      request.noteRead(call.audited().action(), call.target(Optional.ofNullable(result)));
    } else {
      log.add(call.succeeded(result, request, Clock.systemUTC()));
      request.noteChange();
    }
  }
}
