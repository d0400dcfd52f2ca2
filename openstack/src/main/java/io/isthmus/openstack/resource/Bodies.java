package io.isthmus.openstack.resource;

import io.isthmus.domain.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/** Small steps from Heat's properties to OpenStack's bodies. */
public final class Bodies {
  private Bodies() {}

  /** Copies those properties that are given and not null. */
  public static JsonObjectBuilder copy(JsonObject properties, String... names) {
    JsonObjectBuilder body = Json.createObjectBuilder();
    for (String name : names) {
      copyAs(properties, name, body, name);
    }
    return body;
  }

  /** Copies a property under another name, if it is given. */
  public static void copyAs(
      JsonObject properties, String name, JsonObjectBuilder body, String newName) {
    JsonValue value = properties.get(name);
    if (value != null && value != JsonValue.NULL) {
      body.add(newName, value);
    }
  }

  /** A text; numbers and booleans as they are written. Empty when absent, null or empty. */
  public static Optional<String> text(JsonObject object, String name) {
    JsonValue value = object.get(name);
    if (value instanceof JsonString text) {
      return Optional.of(text.getString()).filter(words -> !words.isEmpty());
    }
    return value == null
            || value == JsonValue.NULL
            || value instanceof JsonObject
            || value instanceof JsonArray
        ? Optional.empty()
        : Optional.of(value.toString());
  }

  public static boolean flag(JsonObject object, String name, boolean otherwise) {
    return text(object, name).map(Boolean::parseBoolean).orElse(otherwise);
  }

  /** The objects of a list; empty when it is absent. */
  public static List<JsonObject> objects(JsonObject object, String name) {
    return object.get(name) instanceof JsonArray array
        ? array.stream().filter(JsonObject.class::isInstance).map(JsonValue::asJsonObject).toList()
        : List.of();
  }

  /** The texts of a list; empty when it is absent. */
  public static List<String> texts(JsonObject object, String name) {
    return object.get(name) instanceof JsonArray array
        ? array.stream()
            .filter(JsonString.class::isInstance)
            .map(value -> ((JsonString) value).getString())
            .toList()
        : List.of();
  }

  public static JsonArray array(List<String> texts) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    texts.forEach(array::add);
    return array.build();
  }

  public static long number(JsonObject object, String name, long otherwise) {
    JsonValue value = object.get(name);
    if (value instanceof JsonNumber number) {
      return number.longValue();
    }
    return value instanceof JsonString text && text.getString().matches("-?\\d{1,18}")
        ? Long.parseLong(text.getString())
        : otherwise;
  }

  public static JsonObject under(String key, JsonObject object) {
    return Json.createObjectBuilder().add(key, object).build();
  }
}
