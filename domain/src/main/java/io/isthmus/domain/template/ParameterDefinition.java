package io.isthmus.domain.template;

import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * A parameter of a template.
 *
 * @param label what to call it in a form
 * @param description may be empty
 * @param defaultValue of the parameter's type; when there is none, a value must be given
 * @param hidden whether its value is a secret, which no message, list or log may show
 * @param immutable whether a later change is refused
 * @param where its place in the template
 */
public record ParameterDefinition(
    String name,
    ParameterType type,
    Optional<String> label,
    String description,
    Optional<JsonValue> defaultValue,
    boolean hidden,
    boolean immutable,
    List<String> tags,
    List<ValueConstraint> constraints,
    Where where) {

  public ParameterDefinition {
    tags = List.copyOf(tags);
    constraints = List.copyOf(constraints);
  }

  public boolean required() {
    return defaultValue.isEmpty();
  }
}
