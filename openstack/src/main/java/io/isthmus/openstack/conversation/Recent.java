package io.isthmus.openstack.conversation;

import java.time.Duration;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What was asked of clouds a while ago and surely holds for longer than from one look to the next;
 * forgotten with the session. Thread-safe.
 */
public final class Recent {
  private final Map<CloudSession, Map<String, Known>> sessions = new WeakHashMap<>();
  private final LongSupplier nanoTime;

  public Recent() {
    this(System::nanoTime);
  }

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  public Recent(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  private record Known(Object value, long atNanos) {}

  /**
   * What is known, or what asking tells now.
   *
   * @param what one name for one thing, with its region; always of the same type
   * @param age that it may have
   * @param ask never tells null; what it throws is thrown, and nothing is remembered
   */
  @SuppressWarnings("unchecked")
  public <T> T of(CloudSession session, String what, Duration age, Supplier<T> ask) {
    Map<String, Known> known;
    synchronized (sessions) {
      known = sessions.computeIfAbsent(session, fresh -> new ConcurrentHashMap<>());
    }
    Known last = known.get(what);
    if (last != null && nanoTime.getAsLong() - last.atNanos() <= age.toNanos()) {
      return (T) last.value();
    }
    // From before it was asked: it may be as old as that.
    long start = nanoTime.getAsLong();
    T value = ask.get();
    known.put(what, new Known(value, start));
    return value;
  }
}
