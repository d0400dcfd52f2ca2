package io.isthmus.rest.description;

import static io.isthmus.rest.description.OpenApi.list;
import static io.isthmus.rest.description.OpenApi.map;
import static io.isthmus.rest.description.OpenApi.resolved;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tells what of a value its schema does not allow; knows of schemas what the description uses. */
final class SchemaCheck {

  private final List<String> problems = new ArrayList<>();

  private SchemaCheck() {}

  static List<String> problems(String at, Object value, Map<String, Object> schema) {
    SchemaCheck check = new SchemaCheck();
    check.check(at, value, schema);
    return check.problems;
  }

  private void check(String at, Object value, Map<String, Object> reference) {
    Map<String, Object> schema = resolved(reference);
    if (schema.get("enum") instanceof List<?> allowed && !allowed.contains(value)) {
      problems.add(at + ": " + value + " is not one of " + allowed);
    }
    boolean fits =
        switch ((String) schema.getOrDefault("type", "any")) {
          case "object" -> value instanceof Map<?, ?> && object(at, map(value), schema);
          case "array" -> value instanceof List<?> && array(at, list(value), schema);
          case "string" -> value instanceof String text && hasFormat(text, schema);
          case "integer" ->
              (value instanceof Integer || value instanceof Long) && isWithin(value, schema);
          case "number" -> value instanceof Number && isWithin(value, schema);
          case "boolean" -> value instanceof Boolean;
          default -> true;
        };
    if (!fits) {
      problems.add(at + ": " + value + " is no " + schema.get("type"));
    }
  }

  private boolean object(String at, Map<String, Object> value, Map<String, Object> schema) {
    Map<String, Object> properties = map(schema.get("properties"));
    list(schema.get("required")).stream()
        .filter(name -> !value.containsKey(name))
        .forEach(name -> problems.add(at + ": " + name + " is missing"));
    value.forEach(
        (name, member) -> {
          String path = at + "/" + name;
          if (properties.containsKey(name)) {
            check(path, member, map(properties.get(name)));
          } else if (schema.get("additionalProperties") instanceof Map<?, ?> other) {
            check(path, member, map(other));
          } else if (!Boolean.TRUE.equals(schema.get("additionalProperties"))) {
            problems.add(path + " is not described");
          }
        });
    return true;
  }

  private boolean array(String at, List<?> items, Map<String, Object> schema) {
    for (int i = 0; i < items.size(); i++) {
      check(at + "/" + i, items.get(i), map(schema.get("items")));
    }
    return true;
  }

  private static boolean hasFormat(String text, Map<String, Object> schema) {
    try {
      switch ((String) schema.getOrDefault("format", "")) {
        case "date-time" -> Instant.parse(text);
        case "date" -> LocalDate.parse(text);
        default -> {}
      }
      return !(schema.get("pattern") instanceof String pattern) || text.matches(pattern);
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isWithin(Object value, Map<String, Object> schema) {
    BigDecimal number = new BigDecimal(value.toString());
    return !(schema.get("minimum") instanceof Number least
            && number.compareTo(new BigDecimal(least.toString())) < 0)
        && !(schema.get("maximum") instanceof Number most
            && number.compareTo(new BigDecimal(most.toString())) > 0);
  }
}
