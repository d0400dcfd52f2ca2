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

/** Wakes who carries rehearsals on. */
@Singleton
@Startup
@DependsOn("DomainStart")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class RehearsalStart {

  private static final Logger LOG = Logger.getLogger(RehearsalStart.class.getName());

  @Inject private RehearsalPass pass;

  @Schedule(
      hour = "*",
      minute = "*",
      second = "*/2",
      persistent = false,
      info = "carry on rehearsals")
  void wake() {
    try {
      pass.run();
    } catch (RuntimeException e) {
      // A timer that throws is taken away by the container after a few times.
      LOG.log(Level.WARNING, "carrying on rehearsals", e);
    }
  }
}
