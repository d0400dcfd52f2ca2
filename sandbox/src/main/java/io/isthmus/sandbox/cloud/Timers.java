package io.isthmus.sandbox.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.isthmus.sandbox.http.Json;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * What will happen later in a cloud. Nothing runs by itself: what is due happens before the next
 * look at the cloud, so that a cloud at rest costs nothing, and pending changes survive a restart.
 */
public final class Timers {
  /**
   * @param at when
   * @param number keeps the order among equals
   * @param kind names the action that was registered
   * @param id of the resource
   */
  record Due(Instant at, long number, String kind, String id) {}

  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::number));
  private final Map<String, Consumer<String>> actions = new HashMap<>();
  private long next;
  private Instant now = Instant.EPOCH;

  /** Says what a kind of timer does with the id it carries. */
  public void on(String kind, Consumer<String> action) {
    actions.put(kind, action);
  }

  /** Asks for an action at that time. */
  public void at(Instant time, String kind, String id) {
    queue.add(new Due(time, next++, kind, id));
  }

  /** The time as the running action sees it: when it was due, not when somebody looked. */
  public Instant now() {
    return now;
  }

  /** When the next thing is due. */
  Optional<Instant> nextDue() {
    return Optional.ofNullable(queue.peek()).map(Due::at);
  }

  /**
   * Does everything that is due, in order.
   *
   * @return whether anything was
   */
  boolean advance(Instant time) {
    boolean any = false;
    while (!queue.isEmpty() && !queue.peek().at().isAfter(time)) {
      Due due = queue.poll();
      now = due.at();
      Consumer<String> action = actions.get(due.kind());
      if (action != null) {
        action.accept(due.id());
      }
      any = true;
    }
    now = time;
    return any;
  }

  ArrayNode toJson() {
    ArrayNode json = Json.arr();
    queue.stream()
        .sorted(Comparator.comparing(Due::at).thenComparing(Due::number))
        .forEach(
            due ->
                json.addObject()
                    .put("at", due.at().toString())
                    .put("kind", due.kind())
                    .put("id", due.id()));
    return json;
  }

  void read(JsonNode json) {
    json.forEach(
        due ->
            at(
                Instant.parse(due.get("at").asText()),
                due.get("kind").asText(),
                due.get("id").asText()));
  }
}
