package io.isthmus.domain.webhook;

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

/** Wakes and stops who serves webhooks. */
@Singleton
@Startup
@DependsOn("DomainStart")
@TransactionManagement(TransactionManagementType.BEAN)
public class WebhookStart {

  private static final Logger LOG = Logger.getLogger(WebhookStart.class.getName());

  @Inject private WebhookPass pass;

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false, info = "serve webhooks")
  void wake() {
    try {
      pass.wake();
    } catch (RuntimeException e) {
      // A timer that throws is taken away by the container after a few times.
      LOG.log(Level.WARNING, "waking webhooks", e);
    }
  }

  @Schedule(hour = "*", minute = "17", persistent = false, info = "tidy webhooks")
  void tidy() {
    try {
      pass.tidy();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "tidying webhooks", e);
    }
  }

  @PreDestroy
  void stop() {
    pass.stop();
  }
}
