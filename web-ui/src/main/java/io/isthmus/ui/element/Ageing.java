package io.isthmus.ui.element;

import java.time.Duration;
import java.time.Instant;

/** Has what changes with time alone drawn anew, but not more often than people notice. */
public final class Ageing {

  private static final Duration NOTICEABLE = Duration.ofSeconds(10);
  private Instant last = Instant.now();

  /** Runs it when it was not run for a while. */
  public void run(Runnable redraw) {
    Instant now = Instant.now();
    if (last.plus(NOTICEABLE).isBefore(now)) {
      last = now;
      redraw.run();
    }
  }
}
