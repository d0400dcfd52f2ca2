package io.isthmus.domain.stack.engine;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.placement.Resolution;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;

/** Puts into properties what a plan says they become in a place. */
public final class Resolutions {

  private Resolutions() {}

  /**
   * @return the properties with each resolution's value at its path; keys that lack are added
   */
  public static JsonObject apply(JsonObject properties, List<Resolution> resolutions) {
    JsonObject result = properties;
    for (Resolution resolution : resolutions) {
      List<String> path = List.of(resolution.property().split("\\.", -1));
      result = with(result, path, resolution.value()).asJsonObject();
    }
    return result;
  }

  private static JsonValue with(JsonValue container, List<String> path, JsonValue value) {
    if (path.isEmpty()) {
      return value;
    }
    String key = path.get(0);
    List<String> rest = path.subList(1, path.size());
    if (container instanceof JsonArray array) {
      return inArray(array, key, rest, value);
    }
    JsonObject object = container instanceof JsonObject given ? given : JsonValue.EMPTY_JSON_OBJECT;
    JsonObjectBuilder builder = Json.createObjectBuilder(object);
    builder.add(key, with(object.getOrDefault(key, JsonValue.NULL), rest, value));
    return builder.build();
  }

  private static JsonValue inArray(
      JsonArray array, String key, List<String> rest, JsonValue value) {
    int index = Integer.parseInt(key);
    JsonArrayBuilder builder = Json.createArrayBuilder(array);
    if (index < array.size()) {
      builder.set(index, with(array.get(index), rest, value));
    } else {
      builder.add(with(JsonValue.NULL, rest, value));
    }
    return builder.build();
  }
}
