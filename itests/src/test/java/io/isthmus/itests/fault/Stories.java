package io.isthmus.itests.fault;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What stacks tell of themselves. */
final class Stories {

  private Stories() {}

  /**
   * What is wrong with a stack's story: each event is there once, none is left out, nothing is said
   * to be complete twice in a row, and the last word is what the stack says of itself.
   *
   * @param status of the stack
   */
  static List<String> mistakes(String status, List<JsonObject> events) {
    List<String> wrong = new ArrayList<>();
    long expected = 1;
    Map<List<String>, JsonObject> last = new HashMap<>();
    for (JsonObject event : events) {
      long sequence = event.getJsonNumber("sequence").longValue();
      if (sequence != expected) {
        wrong.add("event %d where %d is expected: %s".formatted(sequence, expected, event));
      }
      expected = sequence + 1;
      JsonObject before = last.put(subject(event), event);
      if (before != null && isRepeated(before, event)) {
        wrong.add("told twice: " + event);
      }
    }
    String end =
        last.getOrDefault(List.of("", "", ""), JsonObject.EMPTY_JSON_OBJECT)
            .getString("status", "nothing");
    if (!end.equals(status)) {
      wrong.add("ends with %s, but the stack is %s".formatted(end, status));
    }
    return wrong;
  }

  /** More may be told of what is complete, but not the same. */
  private static boolean isRepeated(JsonObject before, JsonObject event) {
    return event.getString("status", "").endsWith("_COMPLETE")
        && event.getString("status").equals(before.getString("status", ""))
        && event.getString("text", "").equals(before.getString("text", ""));
  }

  private static List<String> subject(JsonObject event) {
    return List.of(
        event.getString("resource", ""),
        event.getString("cloud", ""),
        event.getString("region", ""));
  }

  /** How many doubles are told to have been found and removed. */
  static long doublesRemoved(List<JsonObject> events) {
    return events.stream()
        .filter(event -> event.getString("text", "").contains("was found twice"))
        .count();
  }
}
