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
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAmount;
import java.util.Optional;
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

  /** A server that has just started has other work first. */
  private static final Duration FIRST_LOOK = Duration.ofMinutes(1);

  @Resource private ManagedScheduledExecutorService executor;
  @Inject private DataSource database;
  @Inject private SecretBox box;

  /** From one seal to the next, ISO-8601 duration: for so long nothing vouches for a record. */
  @Inject
  @ConfigProperty(name = "isthmus.audit.seal-interval", defaultValue = "PT1S")
  private Duration interval;

  /**
   * How long texts of records are kept, ISO-8601 period; for ever when there is none. To see it
   * work, an evaluation takes a duration, too.
   */
  @Inject
  @ConfigProperty(name = "isthmus.audit.retention")
  private Optional<String> retention;

  /** From one look for texts that are not kept any more to the next, ISO-8601 duration. */
  @Inject
  @ConfigProperty(name = "isthmus.audit.retention-interval", defaultValue = "PT10M")
  private Duration retentionInterval;

  @Inject
  @ConfigProperty(name = "isthmus.mode", defaultValue = "production")
  private String mode;

  @Inject private AuditLog log;
  @Inject private RequestAudit requests;

  private AuditSealer sealer;
  private Optional<AuditRetention> rule = Optional.empty();
  private ScheduledFuture<?> turns;
  private ScheduledFuture<?> ruleTurns;

  @PostConstruct
  void start() {
    sealer = new AuditSealer(database, box, Clock.systemUTC());
    turns =
        executor.scheduleWithFixedDelay(
            this::seal, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    rule =
        retention
            .map(text -> period(text, mode.equals("evaluation")))
            .map(kept -> new AuditRetention(database, log, kept, Clock.systemUTC()));
    ruleTurns =
        executor.scheduleWithFixedDelay(
            this::drop,
            Math.min(retentionInterval.toMillis(), FIRST_LOOK.toMillis()),
            retentionInterval.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /**
   * @param shorter whether a duration is taken, too
   * @throws IllegalArgumentException for what is no period of at least a day
   */
  static TemporalAmount period(String text, boolean shorter) {
    Period period;
    try {
      if (shorter && text.strip().startsWith("PT")) {
        return duration(text);
      }
      period = Period.parse(text.strip());
    } catch (DateTimeParseException e) {
      throw notAPeriod(text, e);
    }
    if (period.isNegative() || period.isZero()) {
      throw notAPeriod(text, null);
    }
    return period;
  }

  private static Duration duration(String text) {
    Duration duration = Duration.parse(text.strip());
    if (duration.isNegative() || duration.isZero()) {
      throw notAPeriod(text, null);
    }
    return duration;
  }

  private static IllegalArgumentException notAPeriod(String text, Exception cause) {
    return new IllegalArgumentException(
        "isthmus.audit.retention is “"
            + text
            + "”: give a period of at least a day, such as P1Y or P90D, or leave it out to keep"
            + " everything",
        cause);
  }

  private void drop() {
    try {
      if (rule.isPresent()) {
        rule.get().apply();
      }
    } catch (SQLException | RuntimeException e) {
      LOG.log(Level.WARNING, "old audit records cannot be deleted; it is tried again", e);
    }
  }

  private void seal() {
    try {
      requests.summarise();
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
    requests.end();
    turns.cancel(false);
    ruleTurns.cancel(false);
  }
}
