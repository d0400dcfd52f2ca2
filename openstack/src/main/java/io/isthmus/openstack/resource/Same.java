package io.isthmus.openstack.resource;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether what a cloud tells is what is wanted, though it tells more than was said: the id that it
 * chose, the hardware address that it filled in.
 */
public final class Same {
  private Same() {}

  /**
   * @param wanted null, or empty, fits what is not there
   * @param inOrder whether the order of lists means something
   */
  public static boolean fits(JsonValue wanted, JsonValue there, boolean inOrder) {
    if (isNothing(wanted) || isNothing(there)) {
      return isNothing(wanted) && isNothing(there);
    }
    if (wanted instanceof JsonObject object) {
      return there instanceof JsonObject other && fits(object, other, inOrder);
    }
    if (wanted instanceof JsonArray list) {
      return there instanceof JsonArray other && fits(list, other, inOrder);
    }
    return text(wanted).equals(text(there));
  }

  private static boolean isNothing(JsonValue value) {
    return value == null
        || value == JsonValue.NULL
        || value instanceof JsonArray list && list.isEmpty()
        || value instanceof JsonObject object && object.isEmpty()
        || value instanceof JsonString text && text.getString().isEmpty();
  }

  private static boolean fits(JsonObject wanted, JsonObject there, boolean inOrder) {
    for (Map.Entry<String, JsonValue> entry : wanted.entrySet()) {
      if (!fits(entry.getValue(), there.get(entry.getKey()), inOrder)) {
        return false;
      }
    }
    return true;
  }

  private static boolean fits(JsonArray wanted, JsonArray there, boolean inOrder) {
    if (wanted.size() != there.size()) {
      return false;
    }
    List<JsonValue> left = new ArrayList<>(there);
    List<JsonValue> all = new ArrayList<>(wanted);
    if (!inOrder) {
      // Who says most chooses first, so that who says less takes what is left.
      all.sort(Comparator.comparingInt(Same::said).reversed());
    }
    for (JsonValue one : all) {
      int found = -1;
      for (int i = 0; i < (inOrder ? 1 : left.size()) && found < 0; i++) {
        found = fits(one, left.get(i), inOrder) ? i : -1;
      }
      if (found < 0) {
        return false;
      }
      left.remove(found);
    }
    return true;
  }

  private static int said(JsonValue value) {
    return value instanceof JsonObject object ? object.size() : 0;
  }

  /** Numbers and booleans may come as texts; hardware and IPv6 addresses in either case. */
  private static String text(JsonValue value) {
    String text = value instanceof JsonString string ? string.getString() : value.toString();
    return text.equalsIgnoreCase("true")
            || text.equalsIgnoreCase("false")
            || text.matches("[0-9A-Fa-f]*(:[0-9A-Fa-f]*){2,}(/\\d+)?")
        ? text.toLowerCase(Locale.ROOT)
        : text;
  }
}
