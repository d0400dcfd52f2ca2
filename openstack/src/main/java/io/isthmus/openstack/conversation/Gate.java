package io.isthmus.openstack.conversation;

import io.isthmus.openstack.http.Deadline;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps us kind to one cloud: so many calls at once, and none while it asked to be left alone. */
final class Gate {
  private final Semaphore places;
  private final AtomicLong closedUntilNanos = new AtomicLong(System.nanoTime());

  Gate(int concurrency) {
    places = new Semaphore(concurrency, true);
  }

  /** Waits for a place; false when the deadline comes first. */
  boolean enter(Deadline deadline) throws InterruptedException {
    while (places.tryAcquire(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
      long wait = closedUntilNanos.get() - System.nanoTime();
      if (wait <= 0) {
        return true;
      }
      places.release();
      if (deadline.remaining().toNanos() < wait) {
        return false;
      }
      TimeUnit.NANOSECONDS.sleep(wait);
    }
    return false;
  }

  void leave() {
    places.release();
  }

  /** The cloud asked to be left alone. */
  void closeFor(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    closedUntilNanos.accumulateAndGet(until, (a, b) -> b - a > 0 ? b : a);
  }
}
