package io.isthmus.domain.audit;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.time.Clock;
import java.util.Optional;

/**
 * Records outside of the use case's transaction, which is rolled back, that it did not; and before
 * one that goes without a transaction, that it begins.
 */
@Audited
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
class AuditsFailure {

  private final AuditLog log;

  @Inject
  AuditsFailure(AuditLog log) {
    this.log = log;
  }

  @AroundInvoke
  Object audit(InvocationContext context) throws Exception {
    Optional<AuditedRequest> served = AuditedRequest.current();
    if (served.isEmpty()) {
      return context.proceed();
    }
    AuditedRequest request = served.get();
    boolean first = request.open();
    if (!first) {
      return context.proceed();
    }
    AuditedCall call = AuditedCall.of(context);
    try {
      if (call.isAnnounced()) {
        log.addAlone(call.begun(request, Clock.systemUTC()));
      }
      return context.proceed();
    } catch (RuntimeException e) {
      log.addAlone(call.failed(e, request, Clock.systemUTC()));
      request.noteFailure();
      throw e;
    } finally {
      request.close(first);
    }
  }
}
