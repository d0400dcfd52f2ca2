package io.isthmus.sandbox.weather;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.http.Service;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the calls that a cloud was asked, by service, method, route and status. */
public final class CallCounter {
  private record Key(String service, String method, String route, int status)
      implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      return toString().compareTo(other.toString());
    }
  }

  private final Map<Key, LongAdder> counts = new ConcurrentSkipListMap<>();

  /**
   * @param status as answered; 0 when the connection broke instead
   */
  public void count(Service service, String method, String route, int status) {
    counts
        .computeIfAbsent(new Key(service.path(), method, route, status), key -> new LongAdder())
        .increment();
  }

  public void reset() {
    counts.clear();
  }

  /** {@code {"total": n, "calls": [{service, method, route, status, count}]}}. */
  public ObjectNode toJson() {
    ObjectNode json = Json.obj();
    long total = 0;
    ArrayNode calls = Json.arr();
    for (Map.Entry<Key, LongAdder> entry : counts.entrySet()) {
      long count = entry.getValue().sum();
      total += count;
      calls
          .addObject()
          .put("service", entry.getKey().service())
          .put("method", entry.getKey().method())
          .put("route", entry.getKey().route())
          .put("status", entry.getKey().status())
          .put("count", count);
    }
    json.put("total", total);
    json.set("calls", calls);
    return json;
  }
}
