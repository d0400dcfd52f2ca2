package io.isthmus.domain.insurance;

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

/** Wakes who counts what would be if clouds vanished. */
@Singleton
@Startup
@DependsOn("DomainStart")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class InsuranceStart {

  private static final Logger LOG = Logger.getLogger(InsuranceStart.class.getName());

  @Inject private InsurancePass pass;

  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false, info = "count losses")
  void wake() {
    try {
      pass.run();
    } catch (RuntimeException e) {
      // A timer that throws is taken away by the container after a few times.
      LOG.log(Level.WARNING, "counting what would be if a cloud vanished", e);
    }
  }
}
