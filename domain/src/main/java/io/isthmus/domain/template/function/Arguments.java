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

  /** Whether it is a plain value, of which no function can make another. */
  static boolean isWrittenOut(Expression argument) {
    return argument instanceof Literal
        || argument instanceof ListExpression
        || argument instanceof MapExpression;
  }

  static Optional<List<JsonValue>> evaluateAll(List<Expression> arguments, Scope scope) {
    List<JsonValue> values = new ArrayList<>();
    for (Expression argument : arguments) {
      argument.evaluate(scope).ifPresent(values::add);
    }
    return values.size() == arguments.size() ? Optional.of(values) : Optional.empty();
  }

  /** An argument once conditions are known; what is left out is null, since functions count. */
  static Expression settled(Expression argument, Scope scope) {
    return argument.settled(scope).orElseGet(() -> new Literal(JsonValue.NULL, argument.where()));
  }

  static List<Expression> settled(List<Expression> arguments, Scope scope) {
    return arguments.stream().map(argument -> settled(argument, scope)).toList();
  }
}
