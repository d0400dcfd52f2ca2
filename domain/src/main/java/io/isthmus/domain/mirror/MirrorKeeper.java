package io.isthmus.domain.mirror;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.CloudConnections;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.PartsMoved;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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

  /** From one time that this is done though nothing tells that it is needed to the next. */
  private static final Duration FOLLOW_ANYWAY = Duration.ofMinutes(1);

  /** What one failed list says of all others of the same service in the region. */
  private static final Set<FaultCode> WHOLE_SERVICE =
      Set.of(FaultCode.CLOUD_UNAVAILABLE, FaultCode.CLOUD_TIMEOUT);

  /** What it says of all others of the region. */
  private static final Set<FaultCode> WHOLE_CLOUD =
      Set.of(FaultCode.CLOUD_CREDENTIAL_REJECTED, FaultCode.CONFLICT);

  /** What another access of the same account may not be refused for. */
  private static final Set<FaultCode> ONE_ACCESS =
      Set.of(FaultCode.CLOUD_CREDENTIAL_REJECTED, FaultCode.CONFLICT, FaultCode.CLOUD_REJECTED);

  /** For so long an access that was refused is used only where there is no other. */
  private static final Duration REFUSED_FOR = Duration.ofMinutes(5);

  private static final int MOST_REFUSED = 10_000;

  private MirrorLists lists;
  private MirrorWrites writes;
  private MirrorRules rules;
  private CloudConnections connections;
  private Supplier<MirrorDriver> driver;
  private Consumer<PartsMoved> moves;
  private MirrorSettings settings;
  private Clock clock;
  private ExecutorService executor;
  private Spread spread;

  private final Set<Running> running = ConcurrentHashMap.newKeySet();
  private final Map<String, Instant> refused = new ConcurrentHashMap<>();
  private final AtomicBoolean following = new AtomicBoolean();
  private Instant followed = Instant.MIN;
  private volatile Instant wholly = Instant.MIN;
  private volatile MirrorLists.Shape shape;
  private volatile MirrorRules.Now obeyed;
  private volatile Instant strayed = Instant.MIN;
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
      MirrorSettings.Configured settings,
      BackgroundThreads threads) {
    this(
        lists,
        writes,
        rules,
        connections,
        driver::get,
        moves::fire,
        settings.settings(),
        Clock.systemUTC(),
        threads.executor(),
        threads);
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
      ExecutorService executor,
      Spread spread) {
    this.lists = lists;
    this.writes = writes;
    this.rules = rules;
    this.connections = connections;
    this.driver = driver;
    this.moves = moves;
    this.settings = settings;
    this.clock = clock;
    this.executor = executor;
    this.spread = spread;
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
    running.forEach(Running::writeOld);
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
        lists.take(
            free,
            Math.max(0, settings.slowTurns() - slow(now)),
            MirrorSettings.PER_CLOUD,
            MirrorSettings.LEASE,
            settings.wholeInterval());
    backlog = taken.size() == free;
    List<Runnable> turns = new ArrayList<>();
    for (MirrorTurn turn : taken) {
      turns.add(new Running(turn, now.plus(settings.deadline()))::begin);
    }
    spread.begin(turns, backlog ? Duration.ZERO : MirrorSettings.WAKE);
  }

  /** How many turns are known to be slow, or turn out to be. */
  private int slow(Instant now) {
    return (int) running.stream().filter(turn -> turn.isSlow(now)).count();
  }

  /** By another thread, since to wipe a long list takes long; then begins what is due by it. */
  private void followLater() {
    if (!following.compareAndSet(false, true)) {
      return;
    }
    try {
      executor.submit(
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

  /**
   * Lets lists come and go with the accesses, and keep what the rules let. Where neither accesses,
   * lists nor rules are other than at the last time, that is all that is asked.
   */
  void follow() {
    Instant now = clock.instant();
    boolean anyway = !wholly.plus(FOLLOW_ANYWAY).isAfter(now);
    MirrorLists.Shape before = lists.shape();
    boolean other = anyway || !before.equals(shape);
    boolean done = !other || lists.follow();
    MirrorRules.Now ruled = rules.now();
    if (other || !ruled.equals(obeyed)) {
      done &= lists.obey(ruled);
      obeyed = done ? ruled : null;
      // The looks as they were before: what they told meanwhile is followed the next time.
      shape = done ? new MirrorLists.Shape(before.looks(), lists.shape().lists()) : null;
      wholly = anyway && done ? now : wholly;
    }
    if (!strayed.plus(settings.wholeInterval()).isAfter(now)) {
      strayed = now;
      writes.countStrays();
      writes.forgetGone();
    }
  }

  /** Begins nothing more and interrupts what runs; another server takes it over. */
  public void stop() {
    stopped = true;
    running.forEach(Running::interrupt);
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
    MirrorUnwritten unwritten = unwritten(turn);
    read(turn, watch, unwritten);
    unwritten.write();
  }

  private void read(MirrorTurn turn, Watch watch, MirrorUnwritten unwritten) {
    Instant begin = clock.instant();
    Ways ways = new Ways(turn);
    Optional<CloudConnection> connection = ways.next();
    if (connection.isEmpty() && ways.closed().isEmpty()) {
      // The access is gone or leads elsewhere; the lists go with the next look at which there are.
      turn.tasks().forEach(task -> lists.release(task, settings.interval()));
      return;
    }
    Optional<Phrase> closed = ways.closed();
    Map<String, Phrase> closedServices = new HashMap<>();
    for (MirrorTask task : turn.tasks()) {
      boolean again = true;
      while (again) {
        again = false;
        if (watch.isOver()) {
          // To be taken by another server, or by this one when it is back; no-op where it was
          // given up.
          lists.release(task, Duration.ZERO);
          continue;
        }
        Optional<Phrase> untold =
            closed.or(() -> Optional.ofNullable(closedServices.get(task.kind().service())));
        if (untold.isPresent()) {
          fail(task, untold.get(), Duration.ZERO);
          continue;
        }
        Instant taskBegan = clock.instant();
        try {
          watch.progressed();
          unwritten.writeOld();
          new Reading(turn, task, connection.get(), begin, watch, unwritten).run();
        } catch (MirrorLost lost) {
          LOG.fine(lost::getMessage);
        } catch (FederationFault fault) {
          if (watch.isOver()) {
            lists.release(task, Duration.ZERO);
            continue;
          }
          if (ONE_ACCESS.contains(fault.code())) {
            Optional<CloudConnection> other = ways.afterRefusal(fault.code());
            if (other.isPresent()) {
              connection = other;
              again = true;
              continue;
            }
          }
          fail(task, fault.phrase(), Duration.between(taskBegan, clock.instant()));
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
          failed(turn, task, e, Duration.between(taskBegan, clock.instant()));
        }
      }
    }
  }

  /**
   * The accesses through which an account's region can be read, one after the other: where one is
   * refused, another project's may lead into the same account.
   */
  private final class Ways {

    private final MirrorTurn turn;
    private final List<MirrorLists.Way> open;
    private final Optional<Phrase> closed;
    private int at;

    Ways(MirrorTurn turn) {
      this.turn = turn;
      List<MirrorLists.Way> all = lists.ways(turn.account(), turn.region());
      Instant now = clock.instant();
      // Who was refused a while ago comes last, so that no account is locked for wrong passwords.
      open =
          all.stream()
              .filter(MirrorLists.Way::isOpen)
              .sorted(
                  Comparator.comparing(
                      way -> refused.getOrDefault(key(way), Instant.MIN).isAfter(now)))
              .toList();
      closed =
          all.isEmpty() || !open.isEmpty()
              ? Optional.empty()
              : all.get(0)
                  .reason()
                  .or(() -> Optional.of(Phrase.of("mirror.unreachable", turn.account().cloud())));
    }

    /** Why none can be used, though there are some. */
    Optional<Phrase> closed() {
      return closed;
    }

    /** The next that leads into the account still. */
    Optional<CloudConnection> next() {
      while (at < open.size()) {
        ProjectId project = open.get(at++).project();
        Optional<CloudConnection> connection = connections.find(project, turn.account().cloud());
        if (connection.isPresent() && lists.leads(project, turn.account())) {
          return connection;
        }
      }
      return Optional.empty();
    }

    /** The next after the one that was told last was refused. */
    Optional<CloudConnection> afterRefusal(FaultCode code) {
      if (WHOLE_CLOUD.contains(code)) {
        if (refused.size() > MOST_REFUSED) {
          refused.clear();
        }
        refused.put(key(open.get(at - 1)), clock.instant().plus(REFUSED_FOR));
      }
      return next();
    }

    private String key(MirrorLists.Way way) {
      return turn.account().cloud() + " " + way.project();
    }
  }

  private static String what(MirrorTurn turn, MirrorTask task) {
    return "%s of %s in %s"
        .formatted(task.kind(), turn.account().id(), turn.account().cloud() + "/" + turn.region());
  }

  private MirrorUnwritten unwritten(MirrorTurn turn) {
    return new MirrorUnwritten(lists, clock, (task, e) -> failed(turn, task, e, Duration.ZERO));
  }

  /** Without the exception's words: the database's quote what is written. */
  private void failed(MirrorTurn turn, MirrorTask task, RuntimeException e, Duration took) {
    LOG.log(Level.WARNING, "reading " + what(turn, task), e);
    fail(task, Phrase.of("mirror.failed", turn.account().cloud()), took);
  }

  private void fail(MirrorTask task, Phrase problem, Duration took) {
    lists.failed(task, problem, took, settings.afterFailure(task.failures() + 1));
  }

  /** One list being read. */
  private final class Reading {

    private final MirrorTurn turn;
    private final MirrorTask task;
    private final CloudConnection connection;
    private final Instant turnBegan;
    private final Watch watch;
    private final MirrorUnwritten unwritten;
    private final Set<PartsMoved.Part> moved = new HashSet<>();
    private boolean told;
    private Instant held;

    Reading(
        MirrorTurn turn,
        MirrorTask task,
        CloudConnection connection,
        Instant turnBegan,
        Watch watch,
        MirrorUnwritten unwritten) {
      this.turn = turn;
      this.task = task;
      this.connection = connection;
      this.turnBegan = turnBegan;
      this.held = turnBegan;
      this.watch = watch;
      this.unwritten = unwritten;
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

    /** Writes what a page tells; one of which nothing is new keeps the list this server's. */
    private void answered(List<MirrorItem> page) {
      watch.progressed();
      if (page.isEmpty()) {
        renew();
        return;
      }
      told = true;
      held = clock.instant();
      moved.addAll(writes.page(task, page));
    }

    private void renew() {
      Instant now = clock.instant();
      if (!held.plus(MirrorSettings.RENEWAL).isAfter(now)) {
        held = now;
        writes.renew(task);
      }
    }

    private void readAndRecord() {
      // The lists before it may have taken long.
      renew();
      Instant began = clock.instant();
      MirrorReading reading =
          read(
              new MirrorKnown(
                  task.bookmark(),
                  task.seen(),
                  OptionalLong.of((long) task.count() + task.offBy()),
                  item -> writes.revisions(task, item, () -> answered(List.of()))));
      if (!reading.whole() && difference(reading) != task.offBy()) {
        LOG.fine(() -> what(turn, task) + " differ in number from what is kept: read whole");
        began = clock.instant();
        reading = read(MirrorKnown.nothing());
      }
      int offBy = reading.whole() ? difference(reading) : task.offBy();
      // One page lost differs once, what a cloud counts and never lists each time.
      boolean sure = offBy == 0 || offBy == task.offBy();
      Instant now = clock.instant();
      boolean changed = told || !reading.gone().isEmpty();
      unwritten.add(
          new MirrorLists.Success(
              task,
              began,
              reading.whole(),
              sure ? reading.bookmark() : Optional.empty(),
              sure ? reading.seen() : Optional.of(""),
              offBy,
              Duration.between(began, now),
              now.plus(
                  settings.afterSuccess(
                      Duration.between(turnBegan, now),
                      Duration.between(began, now),
                      changed ? Duration.ZERO : task.quiet()))));
      if (changed || reading.whole() && !reading.same()) {
        unwritten.write();
      }
    }

    private MirrorReading read(MirrorKnown known) {
      Instant began = clock.instant();
      Set<String> ids = new HashSet<>();
      MirrorReading reading =
          driver
              .get()
              .read(
                  connection,
                  turn.account(),
                  turn.region(),
                  task.kind(),
                  known,
                  page -> {
                    page.forEach(item -> ids.add(item.id()));
                    answered(page);
                  });
      if (reading.same()) {
        return reading;
      }
      moved.addAll(
          reading.whole()
              ? writes.removeAllBut(
                  task,
                  id -> ids.contains(id) || reading.unseen().contains(id),
                  began,
                  watch::progressed)
              : writes.remove(
                  task,
                  reading.gone(),
                  id -> notAfter(began, reading.goneAt().get(id)),
                  watch::progressed));
      return reading;
    }

    /** What a cloud tells by its own clock, but not later than it was seen. */
    private static Instant notAfter(Instant seen, Instant told) {
      return told == null || told.isAfter(seen) ? seen : told;
    }

    /** How many more the cloud counts than are kept. */
    private int difference(MirrorReading reading) {
      if (reading.same()) {
        return task.offBy();
      }
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
    private final Instant began = clock.instant();
    private final MirrorUnwritten unwritten;
    private volatile Instant deadline;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile Future<?> future;

    Running(MirrorTurn turn, Instant deadline) {
      this.turn = turn;
      this.unwritten = unwritten(turn);
      this.deadline = deadline;
      running.add(this);
    }

    @Override
    public boolean isOver() {
      return stopped || over.get();
    }

    @Override
    public void progressed() {
      deadline = clock.instant().plus(settings.deadline());
    }

    boolean isSlow(Instant now) {
      return turn.slow() || began.plus(MirrorSettings.SLOW).isBefore(now);
    }

    void begin() {
      if (isOver()) {
        running.remove(this);
        turn.tasks().forEach(task -> lists.release(task, Duration.ZERO));
        return;
      }
      try {
        future = executor.submit(this::run);
      } catch (RejectedExecutionException e) {
        running.remove(this);
        Phrase busy = Phrase.of("mirror.busy", turn.account().cloud());
        turn.tasks().forEach(task -> fail(task, busy, Duration.ZERO));
      }
    }

    /** Ended before it is interrupted, so that the interruption is not taken for the reason. */
    void giveUp() {
      if (over.compareAndSet(false, true)) {
        Phrase late =
            Phrase.of("mirror.timed-out", turn.account().cloud(), settings.deadline().toSeconds());
        // What was read before is recorded and has no lease any more; its time is to come anyway.
        write(unwritten::write);
        turn.tasks().forEach(task -> fail(task, late, settings.deadline()));
        running.remove(this);
      }
      interrupt();
    }

    /** So that a list that is slow leaves the ages of those before it true. */
    void writeOld() {
      write(unwritten::writeOld);
    }

    private void write(Runnable writing) {
      try {
        writing.run();
      } catch (RuntimeException e) {
        // Their leases end by themselves and they are read again.
        LOG.log(Level.WARNING, "writing ages of " + turn.account(), e);
      }
    }

    void interrupt() {
      Future<?> started = future;
      if (started != null) {
        started.cancel(true);
      }
    }

    private void run() {
      try {
        read(turn, this, unwritten);
      } catch (RuntimeException e) {
        // The leases end by themselves and the turn is taken again.
        LOG.log(Level.WARNING, "reading " + turn.account() + " in " + turn.region(), e);
      } finally {
        write(unwritten::write);
        running.remove(this);
      }
      if (backlog && !stopped) {
        wake();
      }
    }
  }
}
