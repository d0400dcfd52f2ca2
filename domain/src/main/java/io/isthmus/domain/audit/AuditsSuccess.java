package io.isthmus.domain.audit;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.time.Clock;
import java.util.Optional;

/** Records within the use case's transaction that it did what was asked. */
@Audited
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
class AuditsSuccess {

  @Inject private AuditLog log;

  @AroundInvoke
  Object audit(InvocationContext context) throws Exception {
    Optional<AuditScope> scope = AuditScope.current();
    if (scope.isEmpty()) {
      return context.proceed();
    }
    scope.get().enter();
    try {
      Object result = context.proceed();
      if (scope.get().isOutermost()) {
        Face.current()
            .map(
                face ->
                    AuditedCall.of(context).succeeded(result, scope.get(), face, Clock.systemUTC()))
            .ifPresent(log::add);
      }
      return result;
    } finally {
      scope.get().leave();
    }
  }
}
