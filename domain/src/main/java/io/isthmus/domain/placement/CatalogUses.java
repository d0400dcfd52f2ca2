package io.isthmus.domain.placement;

import io.isthmus.domain.template.PropertySchema;
import io.isthmus.domain.template.ResourceNode;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what a resource's properties name in catalogs, guided by the schema of its type. */
final class CatalogUses {

  private CatalogUses() {}

  static List<CatalogUse> of(ResourceNode node, JsonObject known) {
    List<CatalogUse> uses = new ArrayList<>();
    collect(node.type().properties(), known, "", uses);
    return uses;
  }

  private static void collect(
      Map<String, PropertySchema> schemas,
      JsonObject values,
      String prefix,
      List<CatalogUse> into) {
    for (Map.Entry<String, JsonValue> entry : values.entrySet()) {
      PropertySchema schema = schemas.getOrDefault(entry.getKey(), schemas.get("*"));
      if (schema != null) {
        collect(schema, entry.getValue(), prefix + entry.getKey(), into);
      }
    }
  }

  private static void collect(
      PropertySchema schema, JsonValue value, String path, List<CatalogUse> into) {
    if (schema.catalog().isPresent()) {
      text(value)
          .filter(text -> !text.isEmpty())
          .ifPresent(text -> into.add(new CatalogUse(schema.catalog().get(), path, text)));
    } else if (value instanceof JsonObject map) {
      collect(schema.members(), map, path + ".", into);
    } else if (value instanceof JsonArray list && schema.members().containsKey("*")) {
      for (int i = 0; i < list.size(); i++) {
        collect(schema.members().get("*"), list.get(i), path + "." + i, into);
      }
    }
  }

  private static Optional<String> text(JsonValue value) {
    if (value instanceof JsonString string) {
      return Optional.of(string.getString());
    }
    return value instanceof JsonNumber number ? Optional.of(number.toString()) : Optional.empty();
  }
}
