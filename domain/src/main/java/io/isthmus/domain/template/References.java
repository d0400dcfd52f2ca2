package io.isthmus.domain.template;

import io.isthmus.domain.template.function.Paths;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * What {@code get_resource} and {@code get_attr} find when properties are resolved. Answers are
 * empty for what is not known yet.
 */
public interface References {

  /** Before anything exists. */
  References NONE =
      new References() {
        @Override
        public Optional<JsonValue> resource(String path) {
          return Optional.empty();
        }

        @Override
        public Optional<JsonValue> attribute(String path, List<JsonValue> attributePath) {
          return Optional.empty();
        }
      };

  /**
   * What {@code get_resource} yields: the physical id, or the name where Heat uses the name (key
   * pairs).
   *
   * @param path the resource's path in the graph
   */
  Optional<JsonValue> resource(String path);

  /**
   * An attribute of a resource that is in a cloud. Attributes of groups are composed by the
   * template from those of the members.
   *
   * @param attributePath the attribute's name and keys or indexes below it; empty for all
   *     attributes
   */
  Optional<JsonValue> attribute(String path, List<JsonValue> attributePath);

  /**
   * What lies at the end of a path below a resource's attribute.
   *
   * @param steps the attribute's name, then keys and indexes; at least one
   * @return null in JSON where the attribute is known and the path leads nowhere, as in Heat
   */
  default Optional<JsonValue> below(String path, List<JsonValue> steps) {
    return attribute(path, steps.subList(0, 1))
        .map(value -> Paths.select(value, steps.subList(1, steps.size())).orElse(JsonValue.NULL));
  }
}
