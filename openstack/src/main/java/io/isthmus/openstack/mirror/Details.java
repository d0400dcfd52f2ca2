package io.isthmus.openstack.mirror;

import io.isthmus.domain.json.Json;
import io.isthmus.openstack.resource.Bodies;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is kept of a thing, by the names of OpenStack's API. */
final class Details {
  /** Bytes. */
  static final int LARGEST = 16 * 1024;

  private Details() {}

  /** Those fields of a thing that say something: neither null nor empty. */
  static JsonObjectBuilder of(JsonObject thing, String... names) {
    JsonObjectBuilder details = Json.createObjectBuilder();
    for (String name : names) {
      JsonValue value = thing.get(name);
      if (value != null && saysSomething(value)) {
        details.add(name, value);
      }
    }
    return details;
  }

  private static boolean saysSomething(JsonValue value) {
    return switch (value.getValueType()) {
      case NULL -> false;
      case ARRAY -> !value.asJsonArray().isEmpty();
      case OBJECT -> !value.asJsonObject().isEmpty();
      case STRING -> !value.toString().equals("\"\"");
      default -> true;
    };
  }

  /**
   * Metadata that is surely no secret: our own marks and what describes an operating system. People
   * keep passwords in all other.
   */
  static Optional<JsonObject> metadata(JsonObject thing) {
    if (!(thing.get("metadata") instanceof JsonObject all)) {
      return Optional.empty();
    }
    JsonObjectBuilder harmless = Json.createObjectBuilder();
    all.forEach(
        (key, value) -> {
          if (key.startsWith("isthmus:") || key.startsWith("os_")) {
            harmless.add(key, value);
          }
        });
    return Optional.of(harmless.build()).filter(kept -> !kept.isEmpty());
  }

  /** The objects of a list with some of their fields only. */
  static JsonArray each(JsonObject thing, String list, String... names) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    for (JsonObject one : Bodies.objects(thing, list)) {
      array.add(of(one, names));
    }
    return array.build();
  }

  /** The details, without the largest of them where they would be too large together. */
  static JsonObject bounded(JsonObject details) {
    return bounded(details, LARGEST);
  }

  /**
   * @param largest bytes
   */
  static JsonObject bounded(JsonObject details, int largest) {
    int size = size(details);
    if (size <= largest) {
      return details;
    }
    Map<String, Integer> sizes = new HashMap<>();
    details.forEach((name, value) -> sizes.put(name, size(value) + name.length() + 4));
    List<String> largestFirst =
        sizes.keySet().stream()
            .sorted(Comparator.comparing(sizes::get, Comparator.reverseOrder()))
            .toList();
    JsonObjectBuilder rest = Json.createObjectBuilder(details);
    for (String name : largestFirst) {
      rest.remove(name);
      size -= sizes.get(name);
      if (size <= largest - 64) {
        break;
      }
    }
    return rest.add("truncated", true).build();
  }

  private static int size(JsonValue value) {
    return value.toString().getBytes(StandardCharsets.UTF_8).length;
  }
}
