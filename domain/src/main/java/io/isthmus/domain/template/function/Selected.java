package io.isthmus.domain.template.function;

import io.isthmus.domain.template.Where;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What lies below a value.
 *
 * @param path keys and indexes
 * @param nowhere what a path yields that leads nowhere
 */
public record Selected(Expression from, List<Expression> path, JsonValue nowhere, Where where)
    implements Expression {

  public Selected {
    path = List.copyOf(path);
  }

  @Override
  public Optional<JsonValue> evaluate(Scope scope) {
    Optional<JsonValue> value = from.evaluate(scope);
    Optional<List<JsonValue>> steps = Arguments.evaluateAll(path, scope);
    return value.isEmpty() || steps.isEmpty()
        ? Optional.empty()
        : Optional.of(Paths.select(value.get(), steps.get()).orElse(nowhere));
  }

  @Override
  public List<Expression> parts() {
    List<Expression> parts = new ArrayList<>(path);
    parts.add(0, from);
    return parts;
  }
}
