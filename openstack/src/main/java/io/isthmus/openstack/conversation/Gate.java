package io.isthmus.openstack.conversation;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.metrics.CloudCallPools.Pool;
import io.isthmus.openstack.http.Deadline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Keeps us kind to one cloud: so many calls at once, and none to a service that asked to be left
 * alone. Whoever waits for a turn is called back; no thread waits here.
 */
final class Gate {

  private record Waiter(CompletableFuture<Boolean> turn, String service, Deadline deadline) {}

  private final Queue<Waiter> waiting = new ArrayDeque<>();
  private final Map<String, Long> closedUntilNanos = new HashMap<>();
  private final int size;
  private int free;

  /** When those who wait are looked at again without being called; null for never. */
  private Long opensAtNanos;

  Gate(int concurrency) {
    size = concurrency;
    free = concurrency;
  }

  /**
   * Asks for a turn, which is given in the order of asking.
   *
   * @param service what would be called, by its root
   * @return true as soon as the call may be made, after which {@link #leave} is called once; false
   *     when the deadline comes first, as soon as that is certain
   */
  CompletableFuture<Boolean> enter(String service, Deadline deadline) {
    CompletableFuture<Boolean> turn = new CompletableFuture<>();
    synchronized (this) {
      waiting.add(new Waiter(turn, service, deadline));
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

  /** The service asked to be left alone. */
  void closeFor(String service, Duration time) {
    synchronized (this) {
      long until = System.nanoTime() + time.toNanos();
      closedUntilNanos.merge(service, until, (one, other) -> one - other > 0 ? one : other);
    }
    // Those who cannot wait as long are told now.
    admit();
  }

  /** How long nothing is sent to the service yet; nothing when it may be called. */
  synchronized Duration closedFor(String service) {
    return Duration.ofNanos(nanosClosed(service, System.nanoTime()));
  }

  private long nanosClosed(String service, long now) {
    Long until = closedUntilNanos.get(service);
    return until == null ? 0 : Math.max(0, until - now);
  }

  private void admit() {
    List<CompletableFuture<Boolean>> admitted = new ArrayList<>();
    List<CompletableFuture<Boolean>> tooLate = new ArrayList<>();
    synchronized (this) {
      long now = System.nanoTime();
      closedUntilNanos.values().removeIf(until -> until - now <= 0);
      long soonest = Long.MAX_VALUE;
      for (Iterator<Waiter> each = waiting.iterator(); each.hasNext(); ) {
        Waiter waiter = each.next();
        long closed = nanosClosed(waiter.service(), now);
        if (closed == 0 && free > 0) {
          free--;
          each.remove();
          admitted.add(waiter.turn());
        } else if (closed > waiter.deadline().remaining().toNanos()) {
          each.remove();
          tooLate.add(waiter.turn());
        } else if (closed > 0) {
          soonest = Math.min(soonest, closed);
        } else if (closedUntilNanos.isEmpty()) {
          break;
        }
      }
      if (soonest < Long.MAX_VALUE) {
        openIn(soonest, now);
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

  private void openIn(long nanos, long now) {
    long at = now + nanos;
    if (opensAtNanos != null && opensAtNanos - at <= 0) {
      return;
    }
    opensAtNanos = at;
    CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS)
        .execute(
            () -> {
              synchronized (this) {
                if (opensAtNanos != null && opensAtNanos == at) {
                  opensAtNanos = null;
                }
              }
              admit();
            });
  }
}
