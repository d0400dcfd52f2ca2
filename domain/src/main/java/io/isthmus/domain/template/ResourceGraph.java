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

  /** The values of hidden parameters, those of nested templates included. */
  default HiddenValues hidden() {
    return HiddenValues.NONE;
  }

  /**
   * An output's value for people: what hidden parameters go into it stands as {@link
   * ParameterValues#MASK}.
   *
   * @return empty when something that it needs is not known yet
   */
  Optional<JsonValue> output(String name, References references);
}
