package io.isthmus.domain.template.function;

import io.isthmus.domain.template.Where;
import jakarta.json.JsonValue;
import java.util.Optional;

/** A text, number, boolean or null. */
public record Literal(JsonValue value, Where where) implements Expression {

  @Override
  public Optional<JsonValue> evaluate(Scope scope) {
    return Optional.of(value);
  }
}
