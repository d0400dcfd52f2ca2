package io.isthmus.domain.template.function;

import io.isthmus.domain.template.Values;
import io.isthmus.domain.template.Where;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/** A list. */
public record ListExpression(List<Expression> items, Where where) implements Expression {

  public ListExpression {
    items = List.copyOf(items);
  }

  @Override
  public Optional<JsonValue> evaluate(Scope scope) {
    JsonArrayBuilder list = Values.array();
    boolean known = true;
    for (Expression item : items) {
      Optional<JsonValue> value = item.evaluate(scope);
      value.ifPresent(list::add);
      known &= value.isPresent();
    }
    return known ? Optional.of(list.build()) : Optional.empty();
  }

  @Override
  public Optional<JsonValue> evaluateKnown(Scope scope) {
    JsonArrayBuilder list = Values.array();
    items.forEach(item -> list.add(item.evaluateKnown(scope).orElse(JsonValue.NULL)));
    return Optional.of(list.build());
  }

  @Override
  public Optional<Expression> settled(Scope scope) {
    return Optional.of(
        new ListExpression(
            items.stream().flatMap(item -> item.settled(scope).stream()).toList(), where));
  }

  @Override
  public List<Expression> parts() {
    return items;
  }
}
