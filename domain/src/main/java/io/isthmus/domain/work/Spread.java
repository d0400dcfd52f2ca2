package io.isthmus.domain.work;

import java.time.Duration;
import java.util.List;

/**
 * Begins tasks one after the other instead of all at once, so that what is due at the same time
 * leaves the processors to whoever asks something meanwhile.
 */
@FunctionalInterface
public interface Spread {

  /**
   * Begins each task once; a task that begins something longer is to hand it to other threads.
   *
   * @param over within which all are begun, evenly spread; zero begins all at once
   */
  void begin(List<Runnable> tasks, Duration over);

  /** By the calling thread, without a pause. */
  static void atOnce(List<Runnable> tasks, Duration over) {
    tasks.forEach(Runnable::run);
  }
}
