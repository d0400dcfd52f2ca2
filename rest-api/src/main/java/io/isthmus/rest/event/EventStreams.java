package io.isthmus.rest.event;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.StackChanged;
import io.isthmus.domain.stack.StackId;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Every open stream of this server. No thread belongs to one: a stream is moved on right after
 * something changed on this server, and every few seconds anyway, because another server's changes
 * are not heard here. Many changes in quick succession are read at once.
 */
@ApplicationScoped
public class EventStreams {

  private static final Logger LOG = Logger.getLogger(EventStreams.class.getName());
  private static final long TICK_MILLIS = 200;
  private static final int TICKS_BETWEEN_LOOKS = 15;

  private final Map<EventStream, Follower> followers = new ConcurrentHashMap<>();
  private ScheduledFuture<?> ticker;
  private int tick;

  private Background background;
  private int mostPerCaller;
  private int most;
  private Clock clock;

  /** Which changes concern a stream, and whether it is to be moved on. */
  private static final class Follower {
    private final Predicate<StackChanged> concerns;
    private final AtomicBoolean due = new AtomicBoolean(true);
    private final AtomicBoolean running = new AtomicBoolean();

    private Follower(Predicate<StackChanged> concerns) {
      this.concerns = concerns;
    }
  }

  /**
   * @param mostPerCaller {@code isthmus.api.streams-per-caller}: streams that one person may have
   *     open on one server
   * @param most {@code isthmus.api.streams}: streams that one server serves
   */
  @Inject
  EventStreams(
      Background background,
      @ConfigProperty(name = "isthmus.api.streams-per-caller", defaultValue = "10")
          int mostPerCaller,
      @ConfigProperty(name = "isthmus.api.streams", defaultValue = "500") int most) {
    this(mostPerCaller, most, Clock.systemUTC());
    this.background = background;
  }

  EventStreams(int mostPerCaller, int most, Clock clock) {
    this.mostPerCaller = mostPerCaller;
    this.most = most;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected EventStreams() {}

  /**
   * Opens a stream of a stack's events.
   *
   * @throws FederationFault TOO_MANY
   */
  void open(EventStream stream, StackId stack) {
    open(stream, change -> change.stack().equals(stack));
  }

  /**
   * Opens a stream of a project's events.
   *
   * @throws FederationFault TOO_MANY
   */
  void open(EventStream stream, ProjectId project) {
    open(stream, change -> change.project().equals(project));
  }

  private synchronized void open(EventStream stream, Predicate<StackChanged> concerns) {
    forgetClosed();
    if (followers.size() >= most) {
      throw new FederationFault(
          FaultCode.TOO_MANY, Phrase.of("fault.server-full-of-streams", most));
    }
    List<EventStream> owned =
        followers.keySet().stream().filter(open -> open.owner().equals(stream.owner())).toList();
    if (owned.size() >= mostPerCaller) {
      // Some may be of clients that went away without a word: who asks again soon finds room.
      owned.forEach(EventStream::findOut);
      throw new FederationFault(
          FaultCode.TOO_MANY, Phrase.of("fault.too-many-streams", owned.size()));
    }
    followers.put(stream, new Follower(concerns));
    startTicking();
  }

  /** How many are open. */
  public int count() {
    forgetClosed();
    return followers.size();
  }

  void stackChanged(@Observes(during = TransactionPhase.AFTER_SUCCESS) StackChanged change) {
    followers.values().stream()
        .filter(follower -> follower.concerns.test(change))
        .forEach(follower -> follower.due.set(true));
  }

  private void startTicking() {
    if (background != null && (ticker == null || ticker.isDone())) {
      ticker =
          background
              .scheduler()
              .scheduleWithFixedDelay(
                  () -> tick(background.scheduler()),
                  TICK_MILLIS,
                  TICK_MILLIS,
                  TimeUnit.MILLISECONDS);
    }
  }

  /** Moves on each stream that is due, unless it is still being moved on. */
  void tick(Executor executor) {
    tick++;
    boolean all = tick % TICKS_BETWEEN_LOOKS == 0;
    Instant now = clock.instant();
    forgetClosed();
    followers.forEach(
        (stream, follower) -> {
          boolean due = follower.due.get() || all || stream.isDue(now);
          if (due && follower.running.compareAndSet(false, true)) {
            follower.due.set(false);
            executor.execute(() -> advance(stream, follower));
          }
        });
  }

  private void advance(EventStream stream, Follower follower) {
    try {
      stream.advance(clock.instant());
    } catch (RuntimeException e) {
      // The database may be away; the stream goes on when it is back.
      LOG.log(Level.WARNING, "cannot read on for a stream of events", e);
    } finally {
      follower.running.set(false);
    }
  }

  private void forgetClosed() {
    followers.keySet().removeIf(EventStream::isClosed);
  }

  @PreDestroy
  void stop() {
    if (ticker != null) {
      ticker.cancel(false);
    }
    followers.keySet().forEach(EventStream::stop);
    followers.clear();
  }
}
