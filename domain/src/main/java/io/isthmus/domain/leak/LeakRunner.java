package io.isthmus.domain.leak;

import io.isthmus.domain.audit.AuditLog;
import io.isthmus.domain.audit.AuditRecord;
import io.isthmus.domain.cloud.CloudConnections;
import io.isthmus.domain.cloud.CloudStore;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.ResourceDriver;
import io.isthmus.domain.stack.Sighting;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.stack.Target;
import io.isthmus.domain.trace.RequestId;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Does checks and repairs away from whoever asked for them. */
@ApplicationScoped
public class LeakRunner {

  private static final Logger LOG = Logger.getLogger(LeakRunner.class.getName());

  @Resource private ManagedExecutorService executor;

  /** Wakes alone: it has few threads, which others need as well. */
  @Resource private ManagedScheduledExecutorService alarm;

  private final Set<Future<?>> running = ConcurrentHashMap.newKeySet();
  private LeakStore store;
  private CloudStore clouds;
  private CloudConnections connections;
  private StackStore stacks;
  private AuditLog audit;
  private Instance<CloudLayout> layout;
  private Instance<MarkDriver> drivers;
  private Instance<ResourceDriver> relations;

  /** For the container's proxies. */
  protected LeakRunner() {}

  @Inject
  LeakRunner(
      LeakStore store,
      CloudStore clouds,
      CloudConnections connections,
      StackStore stacks,
      AuditLog audit,
      Instance<CloudLayout> layout,
      Instance<MarkDriver> drivers,
      Instance<ResourceDriver> relations) {
    this.store = store;
    this.clouds = clouds;
    this.connections = connections;
    this.stacks = stacks;
    this.audit = audit;
    this.layout = layout;
    this.drivers = drivers;
    this.relations = relations;
  }

  /**
   * Begins a check that is written as under way.
   *
   * @param owner as whose it is written
   */
  void check(LeakCheck begun, String owner) {
    LeakProgress progress = progress(begun, owner);
    begin(progress, () -> Optional.of(work().check(begun, clouds.accesses(), progress::tell)));
  }

  /**
   * Begins the repair of what is chosen in a check that is written as being repaired.
   *
   * @param owner as whose it is written
   */
  void repair(LeakCheck chosen, String owner, AuditRecord.Actor actor) {
    LeakProgress progress = progress(chosen, owner);
    LeakRepair repair =
        new LeakRepair(
            store,
            connections,
            work(),
            audit,
            Clock.systemUTC(),
            new LeakRepair.Wish(chosen, actor, progress::tell));
    begin(progress, repair::round);
  }

  private LeakProgress progress(LeakCheck begun, String owner) {
    return new LeakProgress(store, begun, owner, Clock.systemUTC());
  }

  private LeakWork work() {
    return new LeakWork(store, connections, layout.get(), drivers, new Seen(), Clock.systemUTC());
  }

  /** Work that returns how it ended; empty when it goes on after a pause. */
  private interface Turn {
    Optional<LeakCheck> done();
  }

  private void begin(LeakProgress progress, Turn turn) {
    submit(progress, turn, RequestId.currentOrFresh());
  }

  private void submit(LeakProgress progress, Turn turn, RequestId request) {
    follow(executor.submit(() -> run(progress, turn, request)));
  }

  private void follow(Future<?> work) {
    running.removeIf(Future::isDone);
    running.add(work);
  }

  /** No thread waits for what needs time. */
  private void run(LeakProgress progress, Turn turn, RequestId request) {
    try (RequestId.Scope scope = request.serve()) {
      Optional<LeakCheck> end = turn.done();
      if (end.isPresent()) {
        progress.end(end.get());
      } else {
        follow(
            alarm.schedule(
                () -> goOn(progress, turn, request),
                LeakRepair.PAUSE.toMillis(),
                TimeUnit.MILLISECONDS));
      }
    } catch (RuntimeException e) {
      breakOff(progress, e);
    }
  }

  private void goOn(LeakProgress progress, Turn turn, RequestId request) {
    try {
      submit(progress, turn, request);
    } catch (RuntimeException e) {
      breakOff(progress, e);
    }
  }

  private static void breakOff(LeakProgress progress, RuntimeException why) {
    LOG.log(Level.WARNING, "a check for leaks, or a repair", why);
    progress.breakOff();
  }

  /** Another server may begin one as soon as this one gives no sign any more. */
  @PreDestroy
  void stop() {
    running.forEach(one -> one.cancel(true));
  }

  /** Relations as the drivers of parts see them. */
  private final class Seen implements LeakWork.Relations {

    @Override
    public Optional<StackPart> part(KnownPart part) {
      PartId id = new PartId(part.mark().resource(), part.cloud(), part.region());
      return stacks.parts(part.mark().stack(), id).stream()
          .filter(one -> one.key().generation() == part.mark().generation())
          .filter(one -> one.state().physicalId().equals(part.physicalId()))
          .findFirst();
    }

    @Override
    public Map<PartId, Sighting> observe(
        Target target, String type, Collection<DesiredPart> parts) {
      for (ResourceDriver driver : relations) {
        if (driver.types().contains(type)) {
          return driver.observe(target, type, parts);
        }
      }
      throw new IllegalStateException("no driver for " + type);
    }
  }
}
