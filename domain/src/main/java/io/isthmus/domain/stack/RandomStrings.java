package io.isthmus.domain.stack;

import io.isthmus.domain.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Draws a string as Heat does: at least {@code min} characters of each class and sequence, the rest
 * from all of them together, in random order.
 *
 * @see "Heat, heat/common/password_gen.py"
 */
final class RandomStrings {

  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String DIGITS = "0123456789";

  private static final Map<String, String> CLASSES =
      Map.of(
          "lettersdigits",
          LOWER + UPPER + DIGITS,
          "letters",
          LOWER + UPPER,
          "lowercase",
          LOWER,
          "uppercase",
          UPPER,
          "digits",
          DIGITS,
          "hexdigits",
          DIGITS + "ABCDEF",
          "octdigits",
          "01234567");

  private static final int DEFAULT_LENGTH = 32;

  private RandomStrings() {}

  static String draw(JsonObject properties, RandomGenerator random) {
    int length = number(properties, "length", DEFAULT_LENGTH);
    StringBuilder all = new StringBuilder();
    List<Character> drawn = new ArrayList<>();
    for (JsonValue item : list(properties, "character_classes")) {
      JsonObject entry = item.asJsonObject();
      String characters = CLASSES.get(entry.getString("class", "lettersdigits"));
      add(drawn, characters, number(entry, "min", 1), random);
      all.append(characters);
    }
    for (JsonValue item : list(properties, "character_sequences")) {
      JsonObject entry = item.asJsonObject();
      String characters = entry.getString("sequence");
      add(drawn, characters, number(entry, "min", 1), random);
      all.append(characters);
    }
    if (all.isEmpty()) {
      all.append(CLASSES.get("lettersdigits"));
    }
    add(drawn, all.toString(), length - drawn.size(), random);
    for (int last = drawn.size() - 1; last > 0; last--) {
      Collections.swap(drawn, last, random.nextInt(last + 1));
    }
    StringBuilder text = new StringBuilder();
    drawn.forEach(text::append);
    return text.toString();
  }

  private static void add(
      List<Character> drawn, String characters, int count, RandomGenerator random) {
    for (int i = 0; i < count; i++) {
      drawn.add(characters.charAt(random.nextInt(characters.length())));
    }
  }

  private static JsonArray list(JsonObject object, String key) {
    return object.containsKey(key) ? object.getJsonArray(key) : JsonValue.EMPTY_JSON_ARRAY;
  }

  /** Numbers may come from parameters, where they may be texts. */
  private static int number(JsonObject object, String key, int otherwise) {
    JsonValue value = object.getOrDefault(key, Json.createValue(otherwise));
    return value instanceof JsonNumber number
        ? number.intValue()
        : Integer.parseInt(((JsonString) value).getString());
  }
}
