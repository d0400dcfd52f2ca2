package io.isthmus.domain.template.function;

import io.isthmus.domain.template.Values;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads functions' arguments. */
final class Arguments {

  private Arguments() {}

  /** A list's items, or the one thing that is no list. */
  static List<Expression> oneOrMore(Expression arguments) {
    return arguments instanceof ListExpression list ? list.items() : List.of(arguments);
  }

  /** A text that is written out. */
  static Optional<String> text(Expression argument) {
    return argument instanceof Literal literal ? Values.asText(literal.value()) : Optional.empty();
  }

  static Optional<List<JsonValue>> evaluateAll(List<Expression> arguments, Scope scope) {
    List<JsonValue> values = new ArrayList<>();
    for (Expression argument : arguments) {
      argument.evaluate(scope).ifPresent(values::add);
    }
    return values.size() == arguments.size() ? Optional.of(values) : Optional.empty();
  }
}
