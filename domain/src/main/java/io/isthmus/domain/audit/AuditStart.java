package io.isthmus.domain.audit;

import io.isthmus.domain.encryption.SecretBox;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Has this server seal what waits, a while after it was written. */
@Singleton
@Startup
@DependsOn("DomainStart")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class AuditStart {

  private static final Logger LOG = Logger.getLogger(AuditStart.class.getName());

  @Resource private ManagedScheduledExecutorService executor;
  @Inject private DataSource database;
  @Inject private SecretBox box;

  /** From one seal to the next, ISO-8601 duration: for so long nothing vouches for a record. */
  @Inject
  @ConfigProperty(name = "isthmus.audit.seal-interval", defaultValue = "PT1S")
  private Duration interval;

  private AuditSealer sealer;
  private ScheduledFuture<?> turns;

  @PostConstruct
  void start() {
    sealer = new AuditSealer(database, box, Clock.systemUTC());
    turns =
        executor.scheduleWithFixedDelay(
            this::seal, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void seal() {
    try {
      while (sealer.seal() == AuditSealer.MOST) {
        // More waits than one segment takes.
        LOG.finest("a whole segment was sealed");
      }
    } catch (SQLException | RuntimeException e) {
      LOG.log(Level.WARNING, "the audit log cannot be sealed; it is tried again", e);
    }
  }

  @PreDestroy
  void stop() {
    turns.cancel(false);
  }
}
