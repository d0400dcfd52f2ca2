package io.isthmus.sandbox.weather;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.http.Service;
import java.util.LinkedHashMap;
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

  /** Requests that are remembered; the oldest are forgotten first. */
  private static final int REQUESTS = 10_000;

  private final Map<Key, LongAdder> counts = new ConcurrentSkipListMap<>();
  private final Map<String, Long> requests =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > REQUESTS;
        }
      };

  /**
   * @param status as answered; 0 when the connection broke instead
   * @param request the id that came along with the call, or null
   */
  public void count(Service service, String method, String route, int status, String request) {
    if (request != null) {
      synchronized (requests) {
        requests.merge(request, 1L, Long::sum);
      }
    }
    counts
        .computeIfAbsent(new Key(service.path(), method, route, status), key -> new LongAdder())
        .increment();
  }

  public void reset() {
    counts.clear();
    synchronized (requests) {
      requests.clear();
    }
  }

  /** Calls by the id that came along with them, in the order in which the ids came first. */
  public Map<String, Long> byRequest() {
    synchronized (requests) {
      return new LinkedHashMap<>(requests);
    }
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
