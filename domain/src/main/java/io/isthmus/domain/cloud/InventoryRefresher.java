package io.isthmus.domain.cloud;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.work.BackgroundThreads;
import io.isthmus.domain.work.Spread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Looks at clouds, each on its own, so that a dark one delays no other: takes what is due, reads it
 * through the driver outside of any transaction, and records what came of it. A look that is not
 * back by its deadline is given up and counts as no answer.
 */
@ApplicationScoped
public class InventoryRefresher {

  private static final Logger LOG = Logger.getLogger(InventoryRefresher.class.getName());

  /** From one look at what is due to the next; what is due then is begun spread over it. */
  private static final Duration WAKE = Duration.ofSeconds(2);

  /** From the deadline of a look to the end of its lease. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private CloudLooks looks;
  private CloudConnections connections;
  private Supplier<InventoryDriver> driver;
  private Consumer<CloudHealthChanged> changes;
  private RefreshSettings settings;
  private Clock clock;
  private ExecutorService executor;
  private Spread spread;

  private final Set<Running> running = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  @Inject
  InventoryRefresher(
      CloudLooks looks,
      CloudConnections connections,
      Instance<InventoryDriver> driver,
      Event<CloudHealthChanged> changes,
      RefreshSettings settings,
      BackgroundThreads threads) {
    this(
        looks,
        connections,
        driver::get,
        changes::fire,
        settings,
        Clock.systemUTC(),
        threads.executor(),
        threads);
  }

  InventoryRefresher(
      CloudLooks looks,
      CloudConnections connections,
      Supplier<InventoryDriver> driver,
      Consumer<CloudHealthChanged> changes,
      RefreshSettings settings,
      Clock clock,
      ExecutorService executor,
      Spread spread) {
    this.looks = looks;
    this.connections = connections;
    this.driver = driver;
    this.changes = changes;
    this.settings = settings;
    this.clock = clock;
    this.executor = executor;
    this.spread = spread;
  }

  /** For the container's proxies. */
  protected InventoryRefresher() {}

  /** Gives up what is overdue and begins what is due; returns without waiting for any cloud. */
  public void wake() {
    if (stopped) {
      return;
    }
    Instant now = clock.instant();
    running.stream().filter(look -> look.deadline.isBefore(now)).forEach(Running::giveUp);
    int free = settings.parallel() - running.size();
    if (free <= 0) {
      return;
    }
    List<Runnable> begins = new ArrayList<>();
    for (Look look : looks.take(free, settings.deadline().plus(GRACE))) {
      begins.add(new Running(look, now.plus(settings.deadline()))::begin);
    }
    spread.begin(begins, begins.size() == free ? Duration.ZERO : WAKE);
  }

  /** Begins nothing more and interrupts what runs; another server takes it over. */
  public void stop() {
    stopped = true;
    running.forEach(Running::interrupt);
  }

  /** One look under way; settled once, by its thread or by its deadline. */
  private final class Running {

    private final Look look;
    private final Instant deadline;
    private final AtomicBoolean settled = new AtomicBoolean();
    private volatile Future<?> future;

    Running(Look look, Instant deadline) {
      this.look = look;
      this.deadline = deadline;
      running.add(this);
    }

    void begin() {
      if (stopped || settled.get()) {
        running.remove(this);
        return;
      }
      try {
        future = executor.submit(this::run);
      } catch (RejectedExecutionException e) {
        // Nothing was seen; the look is due again soon, here or on another server.
        running.remove(this);
        looks.record(look, look.before(), Optional.empty(), settings.retryInterval());
      }
    }

    /** Settled before it is interrupted, so that the interruption is not taken for the reason. */
    void giveUp() {
      settle(
          fault(
              FaultCode.CLOUD_TIMEOUT,
              Phrase.of("cloud.look-timed-out", look.cloud(), settings.deadline().toSeconds()),
              null));
      interrupt();
    }

    void interrupt() {
      Future<?> started = future;
      if (started != null) {
        started.cancel(true);
      }
    }

    private void run() {
      try {
        CloudConnection connection = connections.find(look.project(), look.cloud()).orElse(null);
        if (connection == null) {
          // The access was removed since; its row of looks went with it.
          running.remove(this);
          return;
        }
        settle(driver.get().fetch(connection, look.afresh()));
      } catch (FederationFault fault) {
        settle(fault);
      } catch (RuntimeException e) {
        if (stopped || settled.get()) {
          running.remove(this);
          return;
        }
        LOG.log(Level.WARNING, "looking at " + look.cloud() + " for " + look.project(), e);
        settle(fault(FaultCode.UNEXPECTED, Phrase.of("cloud.look-failed", look.cloud(), e), e));
      }
    }

    private void settle(CloudInventory inventory) {
      settle(
          Healths.after(look.before(), inventory, clock.instant()),
          Optional.of(inventory),
          settings.interval());
    }

    private void settle(FederationFault fault) {
      settle(
          Healths.after(look.before(), fault, clock.instant()),
          Optional.empty(),
          settings.retryInterval());
    }

    private void settle(CloudHealth health, Optional<CloudInventory> inventory, Duration again) {
      if (stopped || !settled.compareAndSet(false, true)) {
        running.remove(this);
        return;
      }
      try {
        boolean recorded = looks.record(look, health, inventory, again);
        if (recorded && health.state() != look.before().state()) {
          LOG.info(
              () ->
                  "cloud %s for %s: %s → %s%s"
                      .formatted(
                          look.cloud(),
                          look.project(),
                          look.before().state(),
                          health.state(),
                          health.reason().map(reason -> ": " + reason).orElse("")));
          changes.accept(
              new CloudHealthChanged(look.cloud(), look.project(), look.before(), health));
        }
      } catch (RuntimeException e) {
        // The lease ends by itself and the look is taken again.
        LOG.log(Level.WARNING, "recording the look at " + look.cloud(), e);
      } finally {
        running.remove(this);
      }
    }

    private FederationFault fault(FaultCode code, Phrase phrase, Throwable cause) {
      return new FederationFault(
          code,
          phrase,
          List.of(),
          Json.createObjectBuilder().add("cloud", look.cloud().text()).build(),
          cause);
    }
  }
}
