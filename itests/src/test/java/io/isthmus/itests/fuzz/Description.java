package io.isthmus.itests.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The API's OpenAPI description, as far as requests are made from it. */
final class Description {

  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

  /**
   * A call that is described.
   *
   * @param method in capitals
   * @param path with its parameters in braces
   * @param body schema of its JSON body
   * @param statuses with which it is said to be answered
   */
  record Operation(
      String method,
      String path,
      List<Parameter> parameters,
      Optional<Schema> body,
      Set<String> statuses) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /**
   * @param in {@code path}, {@code query} or {@code header}
   */
  record Parameter(String name, String in, boolean required, Schema schema) {}

  /** A schema with its references resolved. */
  final class Schema {
    private final Map<String, Object> raw;

    private Schema(Map<String, Object> raw) {
      this.raw = resolved(raw);
    }

    String type() {
      return (String) raw.getOrDefault("type", "any");
    }

    List<String> values() {
      return texts(raw.get("enum"));
    }

    List<String> required() {
      return texts(raw.get("required"));
    }

    Map<String, Object> properties() {
      return map(raw.get("properties"));
    }

    Schema property(String name) {
      return new Schema(map(properties().get(name)));
    }

    Schema items() {
      return new Schema(map(raw.get("items")));
    }
  }

  private final Map<String, Object> document;

  Description(String yaml) {
    document = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    map(document.get("paths"))
        .forEach(
            (path, item) ->
                map(item)
                    .forEach(
                        (method, operation) -> {
                          if (METHODS.contains(method)) {
                            operations.add(operation(path, method, map(item), map(operation)));
                          }
                        }));
    return operations;
  }

  private Operation operation(
      String path, String method, Map<String, Object> item, Map<String, Object> operation) {
    List<Parameter> parameters = new ArrayList<>();
    for (Object list : new Object[] {item.get("parameters"), operation.get("parameters")}) {
      if (list instanceof List<?> some) {
        some.forEach(one -> parameters.add(parameter(resolved(map(one)))));
      }
    }
    Map<String, Object> content = map(map(operation.get("requestBody")).get("content"));
    return new Operation(
        method.toUpperCase(Locale.ROOT),
        path,
        parameters,
        Optional.ofNullable(content.get("application/json"))
            .map(json -> new Schema(map(map(json).get("schema")))),
        Set.copyOf(map(operation.get("responses")).keySet()));
  }

  private Parameter parameter(Map<String, Object> raw) {
    return new Parameter(
        (String) raw.get("name"),
        (String) raw.get("in"),
        Boolean.TRUE.equals(raw.get("required")),
        new Schema(map(raw.get("schema"))));
  }

  private Map<String, Object> resolved(Map<String, Object> raw) {
    Object reference = raw.get("$ref");
    if (reference == null) {
      return raw;
    }
    Map<String, Object> found = document;
    for (String step : ((String) reference).substring(2).split("/")) {
      found = map(found.get(step));
    }
    return resolved(found);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }

  private static List<String> texts(Object value) {
    return value instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }
}
