package io.isthmus.domain.template;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Brings values into the type of their property, as Heat does: {@code "5"} becomes a number where
 * one is needed, a number becomes text where text is needed. Entries that are null go: they are not
 * given.
 */
final class PropertyShape {

  private PropertyShape() {}

  static JsonObject of(JsonObject properties, Map<String, PropertySchema> schemas) {
    JsonObjectBuilder shaped = Values.object();
    properties.forEach(
        (key, value) -> {
          PropertySchema schema = schemas.get(key);
          if (!value.equals(JsonValue.NULL)) {
            shaped.add(key, schema == null ? value : of(value, schema));
          }
        });
    return shaped.build();
  }

  private static JsonValue of(JsonValue value, PropertySchema schema) {
    return switch (schema.type()) {
      case MAP ->
          value instanceof JsonObject map && !schema.members().isEmpty()
              ? of(map, schema.members())
              : value;
      case LIST ->
          value instanceof JsonArray list && !schema.members().isEmpty()
              ? items(list, schema.members().get("*"))
              : value;
      case STRING ->
          value instanceof JsonString || value instanceof JsonObject || value instanceof JsonArray
              ? value
              : Values.text(Values.python(value));
      case INTEGER, NUMBER ->
          value instanceof JsonNumber
              ? value
              : Values.asNumber(value).map(Values::number).orElse(value);
      case BOOLEAN -> asBoolean(value).map(Values::bool).orElse(value);
      case ANY -> value;
    };
  }

  private static JsonArray items(JsonArray list, PropertySchema item) {
    JsonArrayBuilder shaped = Values.array();
    list.forEach(value -> shaped.add(value.equals(JsonValue.NULL) ? value : of(value, item)));
    return shaped.build();
  }

  /** A property's boolean; unlike a parameter's it takes no other words than true and false. */
  static Optional<Boolean> asBoolean(JsonValue value) {
    return switch (value.getValueType()) {
      case TRUE -> Optional.of(true);
      case FALSE -> Optional.of(false);
      case STRING ->
          switch (((JsonString) value).getString().toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
          };
      default -> Optional.empty();
    };
  }
}
