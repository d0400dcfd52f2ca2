package io.isthmus.ui.newstack;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.library.ItemKind;
import io.isthmus.domain.library.SavedItem;
import io.isthmus.domain.template.TemplateSource;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a {@link Draft} is made of, as JSON and back. */
final class DraftJson {

  private DraftJson() {}

  static Optional<String> maybe(JsonObject object, String key) {
    return Optional.ofNullable(object.getString(key, null));
  }

  static List<String> list(JsonObject object, String key) {
    return object.getJsonArray(key).getValuesAs(JsonString::getString);
  }

  static JsonObject texts(Map<String, String> texts) {
    JsonObjectBuilder object = Json.createObjectBuilder();
    texts.forEach(object::add);
    return object.build();
  }

  /** In the order in which they were written. */
  static Map<String, String> texts(JsonObject object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.keySet().forEach(key -> texts.put(key, object.getString(key)));
    return Collections.unmodifiableMap(texts);
  }

  static JsonArray origins(Collection<SavedItem> items) {
    JsonArrayBuilder origins = Json.createArrayBuilder();
    for (SavedItem item : items) {
      origins.add(
          Json.createObjectBuilder()
              .add("project", item.project().toString())
              .add("kind", item.kind().name())
              .add("name", item.name())
              .add("version", item.version())
              .add("latest", item.latest())
              .add("description", item.description())
              .add("text", item.source().text())
              .add("files", texts(item.source().files()))
              .add("environment", item.environment())
              .add("saved_at", item.savedAt().toString())
              .add("saved_by", item.savedBy())
              .add("is_default", item.isDefault()));
    }
    return origins.build();
  }

  static Map<ItemKind, SavedItem> origins(JsonArray array) {
    Map<ItemKind, SavedItem> origins = new EnumMap<>(ItemKind.class);
    for (JsonObject item : array.getValuesAs(JsonValue::asJsonObject)) {
      SavedItem origin =
          new SavedItem(
              ProjectId.parse(item.getString("project")),
              ItemKind.valueOf(item.getString("kind")),
              item.getString("name"),
              item.getInt("version"),
              item.getInt("latest"),
              item.getString("description"),
              new TemplateSource(item.getString("text"), texts(item.getJsonObject("files"))),
              item.getString("environment"),
              Instant.parse(item.getString("saved_at")),
              item.getString("saved_by"),
              item.getBoolean("is_default"));
      origins.put(origin.kind(), origin);
    }
    return Collections.unmodifiableMap(origins);
  }
}
