package io.isthmus.domain.cloud;

import jakarta.annotation.PostConstruct;
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

/** Registers the configured clouds at the start, and wakes who looks at them. */
@Singleton
@Startup
@DependsOn("DomainStart")
@TransactionManagement(TransactionManagementType.BEAN)
public class FederationStart {

  private static final Logger LOG = Logger.getLogger(FederationStart.class.getName());

  @Inject private CloudsImport imported;
  @Inject private InventoryRefresher refresher;

  @PostConstruct
  void start() {
    imported.run();
  }

  @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false, info = "look at clouds")
  void wake() {
    try {
      refresher.wake();
    } catch (RuntimeException e) {
      // A timer that throws is taken away by the container after a few times.
      LOG.log(Level.WARNING, "waking the looks at clouds", e);
    }
  }

  @PreDestroy
  void stop() {
    refresher.stop();
  }
}
