package io.isthmus.domain.template;

import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/** A template with its parameters: the resources that shall be, and their order. */
public interface ResourceGraph {

  /** Every node, each after all that it needs; stable for the same template. */
  List<ResourceNode> nodes();

  Optional<ResourceNode> find(String path);

  List<OutputDefinition> outputs();

  /**
   * An output's value.
   *
   * @return empty when something that it needs is not known yet
   */
  Optional<JsonValue> output(String name, References references);
}
