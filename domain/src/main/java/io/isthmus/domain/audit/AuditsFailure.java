package io.isthmus.domain.audit;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.time.Clock;
import java.util.Optional;

/** Records outside of the use case's transaction, which is rolled back, that it did not. */
@Audited
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
class AuditsFailure {

  @Inject private AuditLog log;

  @AroundInvoke
  Object audit(InvocationContext context) throws Exception {
    Optional<AuditScope> begun = AuditScope.begin();
    if (begun.isEmpty()) {
      return context.proceed();
    }
    try (AuditScope scope = begun.get()) {
      return context.proceed();
    } catch (RuntimeException e) {
      Face.current()
          .map(face -> AuditedCall.of(context).failed(e, begun.get(), face, Clock.systemUTC()))
          .ifPresent(log::addAlone);
      throw e;
    }
  }
}
