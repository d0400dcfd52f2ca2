package io.isthmus.domain.template.function;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/** Walks down into maps and lists. */
public final class Paths {

  private Paths() {}

  /** What lies at the end of a path of keys and indexes; empty when there is nothing. */
  public static Optional<JsonValue> select(JsonValue from, List<JsonValue> path) {
    JsonValue at = from;
    for (JsonValue step : path) {
      at = step(at, step);
      if (at == null) {
        return Optional.empty();
      }
    }
    return Optional.of(at);
  }

  private static JsonValue step(JsonValue at, JsonValue step) {
    if (at instanceof JsonObject map && step instanceof JsonString key) {
      return map.get(key.getString());
    }
    if (at instanceof JsonObject map && step instanceof JsonNumber key) {
      return map.get(key.toString());
    }
    if (at instanceof JsonArray list) {
      int index = index(step, list.size());
      return index < 0 ? null : list.get(index);
    }
    return null;
  }

  /** A list's index, from the end when negative as in Python; -1 when there is none. */
  private static int index(JsonValue step, int size) {
    try {
      int index =
          step instanceof JsonNumber number
              ? number.intValueExact()
              : step instanceof JsonString text ? Integer.parseInt(text.getString()) : size;
      int fromStart = index < 0 ? size + index : index;
      return fromStart < size ? Math.max(-1, fromStart) : -1;
    } catch (NumberFormatException | ArithmeticException e) {
      return -1;
    }
  }
}
