package io.isthmus.sandbox.cloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The resources of one kind by id, in the order in which they were made. */
public final class Table {
  private final Map<String, ObjectNode> rows = new LinkedHashMap<>();

  public Optional<ObjectNode> find(String id) {
    return Optional.ofNullable(rows.get(id));
  }

  /** Adds or replaces the row under its {@code id}. */
  public ObjectNode put(ObjectNode row) {
    rows.put(row.get("id").asText(), row);
    return row;
  }

  public void remove(String id) {
    rows.remove(id);
  }

  public Stream<ObjectNode> stream() {
    return rows.values().stream();
  }

  /** A copy that stays as it is while rows come and go. */
  public List<ObjectNode> list() {
    return List.copyOf(rows.values());
  }

  public int size() {
    return rows.size();
  }
}
