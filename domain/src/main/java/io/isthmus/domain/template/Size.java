package io.isthmus.domain.template;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Map;

/**
 * How large a value would be if written out. Values share what they are made of, so that a small
 * template can stand for a huge one.
 */
public final class Size {

  /** Far above what any cloud takes, and quick to walk through. */
  public static final long MAX_CHARACTERS = 1024L * 1024;

  private Size() {}

  public static boolean isBearable(JsonValue value) {
    return rest(value, MAX_CHARACTERS) >= 0;
  }

  /** Its size in characters, exact up to {@link #MAX_CHARACTERS} and over that beyond. */
  public static long of(JsonValue value) {
    return MAX_CHARACTERS - rest(value, MAX_CHARACTERS);
  }

  /** What is left of an allowance; below zero as soon as it is used up. */
  private static long rest(JsonValue value, long allowance) {
    long left = allowance - 1;
    if (value instanceof JsonString text) {
      return left - text.getString().length();
    }
    if (value instanceof JsonArray list) {
      for (JsonValue item : list) {
        if (left < 0) {
          return left;
        }
        left = rest(item, left);
      }
    } else if (value instanceof JsonObject map) {
      for (Map.Entry<String, JsonValue> entry : map.entrySet()) {
        if (left < 0) {
          return left;
        }
        left = rest(entry.getValue(), left - entry.getKey().length());
      }
    }
    return left;
  }
}
