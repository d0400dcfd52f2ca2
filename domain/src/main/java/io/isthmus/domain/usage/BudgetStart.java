package io.isthmus.domain.usage;

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
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Has this server look at budgets from time to time. */
@Singleton
@Startup
@DependsOn("DomainStart")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class BudgetStart {

  private static final Logger LOG = Logger.getLogger(BudgetStart.class.getName());

  @Resource private ManagedScheduledExecutorService executor;
  @Inject private BudgetWatch watch;

  /** From one look at all budgets to the next, ISO-8601 duration. */
  @Inject
  @ConfigProperty(name = "isthmus.budget.interval", defaultValue = "PT1M")
  private Duration interval;

  private ScheduledFuture<?> turns;

  @PostConstruct
  void start() {
    turns =
        executor.scheduleWithFixedDelay(
            this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      watch.budgets().forEach(this::look);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "budgets cannot be read; it is tried again", e);
    }
  }

  private void look(Budget budget) {
    try {
      watch.look(budget);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the budget of " + budget.project() + " cannot be looked at", e);
    }
  }

  @PreDestroy
  void stop() {
    turns.cancel(false);
  }
}
