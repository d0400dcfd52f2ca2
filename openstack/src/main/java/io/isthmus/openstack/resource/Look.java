package io.isthmus.openstack.resource;

import jakarta.json.JsonObject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one list showed.
 *
 * <p>It also remembers what was asked for since, because of that it says nothing.
 */
public final class Look {
  private static final Comparator<JsonObject> OLDEST_FIRST =
      Comparator.<JsonObject, String>comparing(
              object -> object.getString("created_at", object.getString("created", "")))
          .thenComparing(object -> object.getString("id", ""));

  private final long takenAtNanos;
  private final List<JsonObject> all;
  private final Map<String, JsonObject> byId = new HashMap<>();
  private final Map<String, List<JsonObject>> byMark = new HashMap<>();
  private final Set<String> changedSince = ConcurrentHashMap.newKeySet();

  Look(long takenAtNanos, List<JsonObject> all, MarkReader marks) {
    this.takenAtNanos = takenAtNanos;
    this.all = List.copyOf(all);
    all.forEach(
        object -> {
          byId.put(object.getString("id", ""), object);
          marks
              .read(object)
              .ifPresent(
                  mark ->
                      byMark.computeIfAbsent(mark, key -> new java.util.ArrayList<>()).add(object));
        });
    byMark.values().forEach(same -> same.sort(OLDEST_FIRST));
  }

  /** Reads the text of the mark that an object carries. */
  @FunctionalInterface
  public interface MarkReader {
    Optional<String> read(JsonObject object);
  }

  public List<JsonObject> all() {
    return all;
  }

  public Optional<JsonObject> byId(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** All that carry the mark, oldest first. */
  public List<JsonObject> marked(String mark) {
    return byMark.getOrDefault(mark, List.of());
  }

  long ageNanos() {
    return System.nanoTime() - takenAtNanos;
  }

  boolean isCertainAbout(String mark) {
    return !changedSince.contains(mark);
  }

  void changed(String mark) {
    changedSince.add(mark);
  }
}
