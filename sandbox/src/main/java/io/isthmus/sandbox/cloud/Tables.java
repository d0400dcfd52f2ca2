package io.isthmus.sandbox.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.http.Json;
import java.util.Map;
import java.util.TreeMap;

/** Named tables: all that one region, or one Keystone, remembers. */
public final class Tables {
  private final Map<String, Table> tables = new TreeMap<>();

  public Table table(String name) {
    return tables.computeIfAbsent(name, n -> new Table());
  }

  /** How many rows each table has. */
  public Map<String, Integer> sizes() {
    Map<String, Integer> sizes = new TreeMap<>();
    tables.forEach((name, table) -> sizes.put(name, table.size()));
    return sizes;
  }

  ObjectNode toJson() {
    ObjectNode json = Json.obj();
    tables.forEach(
        (name, table) -> {
          ArrayNode rows = json.putArray(name);
          table.stream().forEach(rows::add);
        });
    return json;
  }

  void read(JsonNode json) {
    json.fields()
        .forEachRemaining(
            entry -> entry.getValue().forEach(row -> table(entry.getKey()).put((ObjectNode) row)));
  }
}
