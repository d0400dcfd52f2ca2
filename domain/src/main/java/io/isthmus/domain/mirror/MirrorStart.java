package io.isthmus.domain.mirror;

import jakarta.annotation.PreDestroy;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Wakes the keeper of the mirror, and stops it; has reservations compared with it. */
@Singleton
@Startup
@DependsOn("DomainStart")
@TransactionManagement(TransactionManagementType.BEAN)
public class MirrorStart {

  private static final Logger LOG = Logger.getLogger(MirrorStart.class.getName());

  @Inject private MirrorKeeper keeper;
  @Inject private ReservationCheck reservations;

  @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false, info = "keep the mirror")
  void wake() {
    try {
      keeper.wake();
    } catch (RuntimeException e) {
      // A timer that throws is taken away by the container after a few times.
      LOG.log(Level.WARNING, "waking the keeper of the mirror", e);
    }
  }

  @Schedule(hour = "*", minute = "*", second = "40", persistent = false, info = "reservations")
  void compareReservations() {
    try {
      reservations.check();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "comparing reservations with the mirror", e);
    }
  }

  @PreDestroy
  void stop() {
    keeper.stop();
  }
}
