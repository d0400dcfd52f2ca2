package io.isthmus.domain.idempotency;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Says again and again, while this server lives, which requests it serves. */
@Singleton
@Startup
@DependsOn("DomainStart")
@TransactionManagement(TransactionManagementType.BEAN)
public class RequestsStart {

  private static final Logger LOG = Logger.getLogger(RequestsStart.class.getName());

  @Inject private RememberedRequests requests;

  @Schedule(hour = "*", minute = "*", second = "*/3", persistent = false, info = "hold requests")
  void hold() {
    try {
      requests.hold();
    } catch (RuntimeException e) {
      // A timer that throws is taken away by the container after a few times.
      LOG.log(Level.WARNING, "holding requests", e);
    }
  }
}
