package io.isthmus.domain.stack.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One thread, its own time, and a seed that decides everything. */
final class Simulation {

  /** Thrown where a process is killed; nothing of the process may catch it. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static final int MOST_IN_A_MINUTE = 12_000;

  private record Event(Instant at, long order, Process process, Runnable task) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparing(Event::at).thenComparing(Event::order));
  private final Random random;
  private Instant now = Instant.parse("2026-11-25T00:00:00Z");
  private Duration answerDelay = Duration.ZERO;
  private long order;
  private int inThisMinute;

  Simulation(long seed) {
    random = new Random(seed);
  }

  Random random() {
    return random;
  }

  Instant now() {
    return now;
  }

  Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now;
      }
    };
  }

  /** A process that runs until it is killed. */
  Process process() {
    return new Process();
  }

  /** What is being asked now has its effect at once, and is answered only after so long. */
  void answersLater(Duration time) {
    answerDelay = time;
  }

  /** Something that happens whatever becomes of the processes. */
  void happen(Duration in, Runnable task) {
    at(now.plus(in), null, task);
  }

  private void at(Instant time, Process process, Runnable task) {
    events.add(new Event(time, order++, process, task));
  }

  /** Goes on until the condition holds or so much time is over. */
  boolean runUntil(BooleanSupplier condition, Duration most) {
    Instant end = now.plus(most);
    while (!condition.getAsBoolean()) {
      Event event = events.peek();
      if (event == null || event.at().isAfter(end)) {
        now = end;
        return condition.getAsBoolean();
      }
      step(events.remove());
    }
    return true;
  }

  void run(Duration time) {
    runUntil(() -> false, time);
  }

  private void step(Event event) {
    if (event.process() != null && event.process().dead) {
      return;
    }
    if (event.process() != null && event.process().pausedUntil.isAfter(event.at())) {
      at(event.process().pausedUntil, event.process(), event.task());
      return;
    }
    requireThatTimeGoesOn(event.at());
    now = event.at();
    try {
      event.task().run();
    } catch (Killed e) {
      event.process().dead = true;
    }
  }

  /** Who does something again and again without waiting would keep a processor busy for nothing. */
  private void requireThatTimeGoesOn(Instant next) {
    if (next.getEpochSecond() / 60 != now.getEpochSecond() / 60) {
      inThisMinute = 0;
    }
    if (++inThisMinute > MOST_IN_A_MINUTE) {
      throw new IllegalStateException("it goes round and round at " + now);
    }
  }

  /** The threads and timers of one process. */
  final class Process implements Scheduler {
    private boolean dead;
    private Instant pausedUntil = Instant.MIN;

    boolean isDead() {
      return dead;
    }

    void kill() {
      dead = true;
    }

    void pause(Duration time) {
      pausedUntil = now.plus(time);
    }

    @Override
    public void execute(Runnable task) {
      at(now.plusMillis(random.nextInt(5)), this, task);
    }

    @Override
    public void after(Duration delay, Runnable task) {
      at(now.plus(delay), this, task);
    }

    @Override
    public <T> void call(Supplier<T> remote, Consumer<T> then) {
      at(
          now.plusMillis(1 + random.nextInt(50)),
          this,
          () -> {
            answerDelay = Duration.ZERO;
            T answer = remote.get();
            Duration took = answerDelay.plusMillis(1 + random.nextInt(200));
            answerDelay = Duration.ZERO;
            at(now.plus(took), this, () -> then.accept(answer));
          });
    }
  }
}
