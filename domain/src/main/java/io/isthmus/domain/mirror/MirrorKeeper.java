package io.isthmus.domain.mirror;

import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.CloudConnections;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.PartsMoved;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
 * Keeps the mirror: takes regions whose lists are due, reads them one list after the other through
 * the driver, outside of any transaction, and writes what differs page by page. A reading that
 * fails loses nothing: what was written is true, and the next one goes on from the older bookmark.
 */
@ApplicationScoped
public class MirrorKeeper {

  private static final Logger LOG = Logger.getLogger(MirrorKeeper.class.getName());

  /** From one look at which lists there should be, and what they may keep, to the next. */
  private static final Duration FOLLOW = Duration.ofSeconds(5);

  /** What one failed list says of all others of the same service in the region. */
  private static final Set<FaultCode> WHOLE_SERVICE =
      Set.of(FaultCode.CLOUD_UNAVAILABLE, FaultCode.CLOUD_TIMEOUT);

  /** What it says of all others of the region. */
  private static final Set<FaultCode> WHOLE_CLOUD =
      Set.of(FaultCode.CLOUD_CREDENTIAL_REJECTED, FaultCode.CONFLICT);

  private MirrorLists lists;
  private MirrorWrites writes;
  private MirrorRules rules;
  private CloudConnections connections;
  private Supplier<MirrorDriver> driver;
  private Consumer<PartsMoved> moves;
  private MirrorSettings settings;
  private Clock clock;

  @Resource private ManagedExecutorService managedExecutor;
  private ExecutorService executor;

  private final Set<Running> running = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean following = new AtomicBoolean();
  private Instant followed = Instant.MIN;
  private volatile boolean backlog;
  private volatile boolean stopped;

  @Inject
  MirrorKeeper(
      MirrorLists lists,
      MirrorWrites writes,
      MirrorRules rules,
      CloudConnections connections,
      Instance<MirrorDriver> driver,
      Event<PartsMoved> moves,
      MirrorSettings.Configured settings) {
    this(
        lists,
        writes,
        rules,
        connections,
        driver::get,
        moves::fire,
        settings.settings(),
        Clock.systemUTC(),
        null);
  }

  MirrorKeeper(
      MirrorLists lists,
      MirrorWrites writes,
      MirrorRules rules,
      CloudConnections connections,
      Supplier<MirrorDriver> driver,
      Consumer<PartsMoved> moves,
      MirrorSettings settings,
      Clock clock,
      ExecutorService executor) {
    this.lists = lists;
    this.writes = writes;
    this.rules = rules;
    this.connections = connections;
    this.driver = driver;
    this.moves = moves;
    this.settings = settings;
    this.clock = clock;
    this.executor = executor;
  }

  /** For the container's proxies. */
  protected MirrorKeeper() {}

  /** Gives up what is overdue and begins what is due; returns without waiting for any cloud. */
  public synchronized void wake() {
    if (stopped) {
      return;
    }
    Instant now = clock.instant();
    running.stream().filter(turn -> turn.deadline.isBefore(now)).forEach(Running::giveUp);
    if (!followed.plus(FOLLOW).isAfter(now)) {
      followed = now;
      followLater();
    }
    int free = settings.parallel() - running.size();
    if (free <= 0) {
      backlog = true;
      return;
    }
    List<MirrorTurn> taken =
        lists.take(free, MirrorSettings.PER_CLOUD, MirrorSettings.LEASE, settings.wholeInterval());
    backlog = taken.size() == free;
    taken.forEach(turn -> new Running(turn, now.plus(settings.deadline())).begin());
  }

  /** By another thread, since to wipe a long list takes long; then begins what is due by it. */
  private void followLater() {
    if (!following.compareAndSet(false, true)) {
      return;
    }
    try {
      executor()
          .submit(
              () -> {
                try {
                  follow();
                } catch (RuntimeException e) {
                  LOG.log(Level.WARNING, "following what is to be mirrored", e);
                } finally {
                  following.set(false);
                }
                wake();
              });
    } catch (RejectedExecutionException e) {
      following.set(false);
      LOG.log(Level.FINE, "too busy to follow what is to be mirrored", e);
    }
  }

  /** Lets lists come and go with the accesses, and keep what the rules let. */
  void follow() {
    lists.follow();
    lists.obey(rules.now());
  }

  /** Begins nothing more and interrupts what runs; another server takes it over. */
  public void stop() {
    stopped = true;
    running.forEach(Running::interrupt);
  }

  private ExecutorService executor() {
    return executor == null ? managedExecutor : executor;
  }

  /** Who waits for a turn to end. */
  interface Watch {
    /** Whether somebody else has ended the turn. */
    boolean isOver();

    /** Is told that the cloud has answered; the list may be long. */
    default void progressed() {}
  }

  /** Reads all lists of a turn, by the calling thread. */
  void read(MirrorTurn turn, Watch watch) {
    Instant begin = clock.instant();
    Optional<MirrorLists.Way> way = lists.way(turn.account(), turn.region());
    if (way.isEmpty()) {
      // The access is gone or leads elsewhere; the lists go with the next look at which there are.
      turn.tasks().forEach(task -> lists.release(task, settings.interval()));
      return;
    }
    Optional<Phrase> closed =
        way.filter(one -> !one.isOpen())
            .map(
                one ->
                    one.reason()
                        .orElseGet(() -> Phrase.of("mirror.unreachable", turn.account().cloud())));
    Optional<CloudConnection> connection =
        connections.find(way.get().project(), turn.account().cloud());
    if (connection.isEmpty() || !lists.leads(way.get().project(), turn.account())) {
      turn.tasks().forEach(task -> lists.release(task, settings.interval()));
      return;
    }
    Map<String, Phrase> closedServices = new HashMap<>();
    for (MirrorTask task : turn.tasks()) {
      if (watch.isOver()) {
        // To be taken by another server, or by this one when it is back; no-op where it was given
        // up.
        lists.release(task, Duration.ZERO);
        continue;
      }
      Optional<Phrase> untold =
          closed.or(() -> Optional.ofNullable(closedServices.get(task.kind().service())));
      if (untold.isPresent()) {
        fail(task, untold.get());
        continue;
      }
      try {
        watch.progressed();
        new Reading(turn, task, connection.get(), begin, watch).run();
      } catch (MirrorLost lost) {
        LOG.fine(lost::getMessage);
      } catch (FederationFault fault) {
        if (watch.isOver()) {
          lists.release(task, Duration.ZERO);
          continue;
        }
        fail(task, fault.phrase());
        if (WHOLE_CLOUD.contains(fault.code())) {
          closed = Optional.of(fault.phrase());
        } else if (WHOLE_SERVICE.contains(fault.code())) {
          closedServices.put(task.kind().service(), fault.phrase());
        }
      } catch (RuntimeException e) {
        if (watch.isOver()) {
          lists.release(task, Duration.ZERO);
          continue;
        }
        LOG.log(Level.WARNING, "reading " + what(turn, task), e);
        // Without the exception's words: the database's quote what is written.
        fail(task, Phrase.of("mirror.failed", turn.account().cloud()));
      }
    }
  }

  private static String what(MirrorTurn turn, MirrorTask task) {
    return "%s of %s in %s"
        .formatted(task.kind(), turn.account().id(), turn.account().cloud() + "/" + turn.region());
  }

  private void fail(MirrorTask task, Phrase problem) {
    lists.failed(task, problem, settings.afterFailure(task.failures() + 1));
  }

  /** One list being read. */
  private final class Reading {

    private final MirrorTurn turn;
    private final MirrorTask task;
    private final CloudConnection connection;
    private final Instant turnBegan;
    private final Watch watch;
    private final Set<PartsMoved.Part> moved = new HashSet<>();

    Reading(
        MirrorTurn turn,
        MirrorTask task,
        CloudConnection connection,
        Instant turnBegan,
        Watch watch) {
      this.turn = turn;
      this.task = task;
      this.connection = connection;
      this.turnBegan = turnBegan;
      this.watch = watch;
    }

    void run() {
      try {
        readAndRecord();
      } finally {
        // What was written of a reading that failed is true all the same.
        tellMoved();
      }
    }

    private void tellMoved() {
      if (moved.isEmpty()) {
        return;
      }
      try {
        moves.accept(new PartsMoved(turn.account(), turn.region(), moved));
      } catch (RuntimeException e) {
        // Their stacks are looked at in their own time.
        LOG.log(Level.WARNING, "waking stacks with parts in " + turn.account().cloud(), e);
      }
    }

    private void readAndRecord() {
      Instant began = clock.instant();
      MirrorReading reading = read(task.bookmark());
      if (!reading.whole() && difference(reading) != task.offBy()) {
        LOG.fine(() -> what(turn, task) + " differ in number from what is kept: read whole");
        began = clock.instant();
        reading = read(Optional.empty());
      }
      int offBy = reading.whole() ? difference(reading) : task.offBy();
      // One page lost differs once, what a cloud counts and never lists each time.
      boolean sure = offBy == 0 || offBy == task.offBy();
      Instant now = clock.instant();
      lists.succeeded(
          task,
          new MirrorLists.Success(
              began,
              reading.whole(),
              sure ? reading.bookmark() : Optional.empty(),
              offBy,
              settings.afterSuccess(
                  Duration.between(turnBegan, now), Duration.between(began, now))));
    }

    private MirrorReading read(Optional<String> bookmark) {
      Set<String> told = new HashSet<>();
      MirrorReading reading =
          driver
              .get()
              .read(
                  connection,
                  turn.account(),
                  turn.region(),
                  task.kind(),
                  bookmark,
                  page -> {
                    watch.progressed();
                    page.forEach(item -> told.add(item.id()));
                    moved.addAll(writes.page(task, page));
                  });
      moved.addAll(
          reading.whole()
              ? writes.removeAllBut(
                  task, id -> told.contains(id) || reading.unseen().contains(id), watch::progressed)
              : writes.remove(task, reading.gone(), watch::progressed));
      return reading;
    }

    /** How many more the cloud counts than are kept. */
    private int difference(MirrorReading reading) {
      return reading.count().isPresent()
          ? Math.toIntExact(
              Math.max(
                  Integer.MIN_VALUE,
                  Math.min(Integer.MAX_VALUE, reading.count().getAsLong() - writes.count(task))))
          : reading.whole() ? 0 : task.offBy();
    }
  }

  /** One turn under way; ended once, by its thread or when nothing came of it for too long. */
  private final class Running implements Watch {

    private final MirrorTurn turn;
    private volatile Instant deadline;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile Future<?> future;

    Running(MirrorTurn turn, Instant deadline) {
      this.turn = turn;
      this.deadline = deadline;
    }

    @Override
    public boolean isOver() {
      return stopped || over.get();
    }

    @Override
    public void progressed() {
      deadline = clock.instant().plus(settings.deadline());
    }

    void begin() {
      running.add(this);
      try {
        future = executor().submit(this::run);
      } catch (RejectedExecutionException e) {
        running.remove(this);
        Phrase busy = Phrase.of("mirror.busy", turn.account().cloud());
        turn.tasks().forEach(task -> fail(task, busy));
      }
    }

    /** Ended before it is interrupted, so that the interruption is not taken for the reason. */
    void giveUp() {
      if (over.compareAndSet(false, true)) {
        Phrase late =
            Phrase.of("mirror.timed-out", turn.account().cloud(), settings.deadline().toSeconds());
        // What was read before is recorded and has no lease any more; its time is to come anyway.
        turn.tasks().forEach(task -> fail(task, late));
        running.remove(this);
      }
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
        read(turn, this);
      } catch (RuntimeException e) {
        // The leases end by themselves and the turn is taken again.
        LOG.log(Level.WARNING, "reading " + turn.account() + " in " + turn.region(), e);
      } finally {
        running.remove(this);
      }
      if (backlog && !stopped) {
        wake();
      }
    }
  }
}
