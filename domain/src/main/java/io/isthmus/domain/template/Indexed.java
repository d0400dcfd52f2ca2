package io.isthmus.domain.template;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;

/** Puts a member's number in the place of a group's {@code index_var}. */
final class Indexed {

  private Indexed() {}

  /** Replaces in texts at any depth, not in keys; as Heat does, after functions were applied. */
  static JsonValue replace(JsonValue value, String indexVar, String index) {
    if (value instanceof JsonString text) {
      return text.getString().contains(indexVar)
          ? Values.text(text.getString().replace(indexVar, index))
          : text;
    }
    if (value instanceof JsonObject map) {
      JsonObjectBuilder replaced = Values.object();
      map.forEach((key, part) -> replaced.add(key, replace(part, indexVar, index)));
      return replaced.build();
    }
    if (value instanceof JsonArray list) {
      JsonArrayBuilder replaced = Values.array();
      list.forEach(part -> replaced.add(replace(part, indexVar, index)));
      return replaced.build();
    }
    return value;
  }
}
