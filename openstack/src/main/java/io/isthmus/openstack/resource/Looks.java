package io.isthmus.openstack.resource;

import io.isthmus.openstack.DriverConfig;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Lists shared for a few seconds, so that many creations and deletions at once look once. A list is
 * not used for a mark for which something was asked since it was taken.
 */
public final class Looks {
  private final Map<Object, Shared> shared = new ConcurrentHashMap<>();
  private final Duration maxAge;

  public Looks(DriverConfig config) {
    maxAge = config.lookMaxAge();
  }

  /** A list that may be trusted about the mark; read anew when the last one may not. */
  public Look recent(
      Object key, String mark, Supplier<List<JsonObject>> list, Look.MarkReader marks) {
    Shared place = place(key);
    synchronized (place) {
      if (place.look == null
          || place.look.ageNanos() > maxAge.toNanos()
          || !place.look.isCertainAbout(mark)) {
        Look look = take(list, marks);
        // What was asked for while the list was read may not be in it.
        place.changesSince(look.ageNanos()).forEach(look::changed);
        place.look = look;
      }
      return place.look;
    }
  }

  /** A list read now. */
  public Look fresh(Object key, Supplier<List<JsonObject>> list, Look.MarkReader marks) {
    Look look = take(list, marks);
    Shared place = place(key);
    synchronized (place) {
      if (place.look == null || place.look.ageNanos() > look.ageNanos()) {
        place.changesSince(look.ageNanos()).forEach(look::changed);
        place.look = look;
      }
      return look;
    }
  }

  /** Something is about to be asked for. */
  public void changing(Object key, String mark) {
    Shared place = place(key);
    place.changes.put(mark, System.nanoTime());
    synchronized (place) {
      if (place.look != null) {
        place.look.changed(mark);
      }
    }
  }

  private Shared place(Object key) {
    if (shared.size() > 500) {
      shared.values().removeIf(place -> place.isIdle(maxAge));
    }
    return shared.computeIfAbsent(key, ignored -> new Shared());
  }

  private static Look take(Supplier<List<JsonObject>> list, Look.MarkReader marks) {
    long start = System.nanoTime();
    return new Look(start, list.get(), marks);
  }

  private static final class Shared {
    private Look look;
    private final Map<String, Long> changes = new ConcurrentHashMap<>();

    List<String> changesSince(long ageNanos) {
      long start = System.nanoTime() - ageNanos;
      changes.values().removeIf(at -> at - start < -Duration.ofMinutes(1).toNanos());
      return changes.entrySet().stream()
          .filter(change -> change.getValue() - start >= 0)
          .map(Map.Entry::getKey)
          .toList();
    }

    synchronized boolean isIdle(Duration maxAge) {
      return look == null || look.ageNanos() > maxAge.multipliedBy(4).toNanos();
    }
  }
}
