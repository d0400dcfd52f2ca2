package io.isthmus.ui.unsent;

import io.isthmus.domain.database.Sql;
import io.isthmus.domain.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.LinkedHashMap;
import java.util.Map;

/** The texts of a form as one text. */
final class FormTexts {

  private FormTexts() {}

  static String write(Map<String, String> byField) {
    JsonObjectBuilder object = Json.createObjectBuilder();
    byField.forEach(object::add);
    return object.build().toString();
  }

  /** The reverse of {@link #write}. */
  static Map<String, String> read(String text) {
    JsonObject object = Sql.object(text);
    Map<String, String> byField = new LinkedHashMap<>();
    object.keySet().forEach(field -> byField.put(field, object.getString(field)));
    return Map.copyOf(byField);
  }
}
