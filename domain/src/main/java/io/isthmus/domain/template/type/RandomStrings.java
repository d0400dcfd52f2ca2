package io.isthmus.domain.template.type;

import io.isthmus.domain.template.Values;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Makes the value of an {@code OS::Heat::RandomString}. */
public final class RandomStrings {

  static final Map<String, String> CLASSES = new LinkedHashMap<>();

  static {
    String lower = "abcdefghijklmnopqrstuvwxyz";
    String upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    String digits = "0123456789";
    CLASSES.put("lettersdigits", lower + upper + digits);
    CLASSES.put("letters", lower + upper);
    CLASSES.put("lowercase", lower);
    CLASSES.put("uppercase", upper);
    CLASSES.put("digits", digits);
    CLASSES.put("hexdigits", digits + "ABCDEF");
    CLASSES.put("octdigits", "01234567");
  }

  private record Demand(String characters, int min) {}

  private RandomStrings() {}

  /**
   * A text that fulfils the resource's properties.
   *
   * @param properties resolved and valid
   * @param random a secure one for anything that is kept secret
   */
  public static String generate(JsonObject properties, RandomGenerator random) {
    List<Demand> demands = demands(properties);
    StringBuilder all = new StringBuilder();
    List<Character> text = new ArrayList<>();
    for (Demand demand : demands) {
      all.append(demand.characters());
      for (int i = 0; i < demand.min(); i++) {
        text.add(pick(demand.characters(), random));
      }
    }
    while (text.size() < length(properties)) {
      text.add(pick(all, random));
    }
    shuffle(text, random);
    StringBuilder value = new StringBuilder();
    text.forEach(value::append);
    return value.toString();
  }

  private static void shuffle(List<Character> text, RandomGenerator random) {
    for (int i = text.size() - 1; i > 0; i--) {
      Collections.swap(text, i, random.nextInt(i + 1));
    }
  }

  private static char pick(CharSequence characters, RandomGenerator random) {
    return characters.charAt(random.nextInt(characters.length()));
  }

  static int length(JsonObject properties) {
    return number(properties, "length", 32);
  }

  static int leastLength(JsonObject properties) {
    return demands(properties).stream().mapToInt(Demand::min).sum();
  }

  private static List<Demand> demands(JsonObject properties) {
    List<Demand> demands = new ArrayList<>();
    for (JsonObject entry : maps(properties, "character_classes")) {
      String name = Values.python(entry.getOrDefault("class", Values.text("lettersdigits")));
      demands.add(
          new Demand(
              CLASSES.getOrDefault(name, CLASSES.get("lettersdigits")), number(entry, "min", 1)));
    }
    for (JsonObject entry : maps(properties, "character_sequences")) {
      String characters = Values.python(entry.getOrDefault("sequence", JsonValue.NULL));
      if (!characters.isEmpty()) {
        demands.add(new Demand(characters, number(entry, "min", 1)));
      }
    }
    return demands.isEmpty() ? List.of(new Demand(CLASSES.get("lettersdigits"), 1)) : demands;
  }

  private static List<JsonObject> maps(JsonObject properties, String key) {
    return properties.get(key) instanceof JsonArray list
        ? list.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast).toList()
        : List.of();
  }

  private static int number(JsonObject map, String key, int otherwise) {
    return Values.asNumber(map.getOrDefault(key, JsonValue.NULL))
        .map(BigDecimal::intValue)
        .orElse(otherwise);
  }
}
