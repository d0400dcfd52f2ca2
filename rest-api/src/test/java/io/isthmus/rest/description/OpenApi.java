package io.isthmus.rest.description;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** The description as a tree of maps and lists. */
final class OpenApi {

  private static final Map<String, Object> DOCUMENT = read();

  private OpenApi() {}

  private static Map<String, Object> read() {
    try (InputStream in = OpenApi.class.getResourceAsStream("openapi.yaml")) {
      return new Yaml().load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, Object> document() {
    return DOCUMENT;
  }

  /** A schema by its name. */
  static Map<String, Object> schema(String name) {
    return resolved(Map.of("$ref", "#/components/schemas/" + name));
  }

  /** The node itself, or what it refers to. */
  static Map<String, Object> resolved(Map<String, Object> node) {
    if (!(node.get("$ref") instanceof String reference)) {
      return node;
    }
    Map<String, Object> found = DOCUMENT;
    for (String step : reference.substring("#/".length()).split("/", -1)) {
      found = map(found.get(step));
    }
    return resolved(found);
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object node) {
    return node == null ? Map.of() : (Map<String, Object>) node;
  }

  static List<?> list(Object node) {
    return node == null ? List.of() : (List<?>) node;
  }
}
