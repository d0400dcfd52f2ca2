package io.isthmus.domain.drain;

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

/** Wakes who carries stacks back. */
@Singleton
@Startup
@DependsOn("DomainStart")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class DrainReturnStart {

  private static final Logger LOG = Logger.getLogger(DrainReturnStart.class.getName());

  @Inject private DrainReturnPass pass;

  @Schedule(hour = "*", minute = "*", second = "*/3", persistent = false, info = "carry back")
  void wake() {
    try {
      pass.run();
    } catch (RuntimeException e) {
      // A timer that throws is taken away by the container after a few times.
      LOG.log(Level.WARNING, "carrying stacks back after drains", e);
    }
  }
}
