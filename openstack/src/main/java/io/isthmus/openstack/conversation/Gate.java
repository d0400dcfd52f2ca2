package io.isthmus.openstack.conversation;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.metrics.CloudCallPools.Pool;
import io.isthmus.openstack.http.Deadline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Keeps us kind to one cloud: so many calls at once, and none while it asked to be left alone.
 * Whoever waits for a turn is called back; no thread waits here.
 */
final class Gate {

  private record Waiter(CompletableFuture<Boolean> turn, Deadline deadline) {}

  private final Queue<Waiter> waiting = new ArrayDeque<>();
  private final int size;
  private int free;
  private long closedUntilNanos = System.nanoTime();
  private boolean opensLater;

  Gate(int concurrency) {
    size = concurrency;
    free = concurrency;
  }

  /**
   * Asks for a turn, which is given in the order of asking.
   *
   * @return true as soon as the call may be made, after which {@link #leave} is called once; false
   *     when the deadline comes first, as soon as that is certain
   */
  CompletableFuture<Boolean> enter(Deadline deadline) {
    CompletableFuture<Boolean> turn = new CompletableFuture<>();
    synchronized (this) {
      waiting.add(new Waiter(turn, deadline));
    }
    admit();
    return turn.completeOnTimeout(false, deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
  }

  void leave() {
    synchronized (this) {
      free++;
    }
    admit();
  }

  /** How busy it is now. */
  synchronized Pool pool(CloudId cloud, int openCircuits) {
    // Those that gave up stand in the queue until their turn would come.
    long patient = waiting.stream().filter(waiter -> !waiter.turn().isDone()).count();
    return new Pool(cloud, size - free, size, (int) patient, openCircuits);
  }

  /** The cloud asked to be left alone. */
  synchronized void closeFor(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    if (until - closedUntilNanos > 0) {
      closedUntilNanos = until;
    }
  }

  private void admit() {
    List<CompletableFuture<Boolean>> admitted = new ArrayList<>();
    List<CompletableFuture<Boolean>> tooLate = new ArrayList<>();
    synchronized (this) {
      long wait = closedUntilNanos - System.nanoTime();
      if (wait > 0) {
        waiting.stream()
            .filter(waiter -> waiter.deadline().remaining().toNanos() < wait)
            .map(Waiter::turn)
            .forEach(tooLate::add);
        waiting.removeIf(waiter -> tooLate.contains(waiter.turn()));
        openIn(wait);
      } else {
        while (free > 0 && !waiting.isEmpty()) {
          free--;
          admitted.add(waiting.remove().turn());
        }
      }
    }
    // Outside of the lock, because what follows runs here and now.
    tooLate.forEach(turn -> turn.complete(false));
    for (CompletableFuture<Boolean> turn : admitted) {
      if (!turn.complete(true)) {
        leave();
      }
    }
  }

  private void openIn(long nanos) {
    if (waiting.isEmpty() || opensLater) {
      return;
    }
    opensLater = true;
    CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS)
        .execute(
            () -> {
              synchronized (this) {
                opensLater = false;
              }
              admit();
            });
  }
}
