package io.isthmus.domain.stack.engine;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Port: the engine's threads and timers. A simulation has one thread and its own time. */
public interface Scheduler {

  /** Runs a task soon, never within this call. */
  void execute(Runnable task);

  /** Runs a task after the delay. */
  void after(Duration delay, Runnable task);

  /**
   * Makes a call to a cloud and hands its answer on, on a thread of its own, never within this
   * call.
   *
   * @param remote blocks; does not throw
   */
  <T> void call(Supplier<T> remote, Consumer<T> then);
}
