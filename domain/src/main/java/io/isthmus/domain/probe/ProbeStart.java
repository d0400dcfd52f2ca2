package io.isthmus.domain.probe;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Lets probes be asked when they are due. */
@Singleton
@Startup
@DependsOn("DomainStart")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class ProbeStart {

  private static final Logger LOG = Logger.getLogger(ProbeStart.class.getName());

  @Inject private ProbePass pass;

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false, info = "ask probes")
  void wake() {
    try {
      pass.run();
    } catch (RuntimeException e) {
      // A timer that throws is taken away by the container after a few times.
      LOG.log(Level.WARNING, "asking probes", e);
    }
  }
}
