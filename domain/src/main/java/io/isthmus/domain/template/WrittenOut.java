package io.isthmus.domain.template;

import io.isthmus.domain.template.function.Expression;
import io.isthmus.domain.template.function.ListExpression;
import io.isthmus.domain.template.function.Literal;
import io.isthmus.domain.template.function.MapExpression;
import io.isthmus.domain.template.function.Selected;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/** What is below values as far as their maps and lists are written out. */
final class WrittenOut {

  private WrittenOut() {}

  /** What {@code path} leads to; nothing where it leads nowhere. */
  static Expression below(Expression value, List<Expression> path, Where where) {
    return selected(value, path, JsonValue.NULL, where);
  }

  /** Walks as far as maps and lists are written out, so that a reference stays one. */
  static Expression selected(
      Expression value, List<Expression> path, JsonValue nowhere, Where where) {
    Expression at = value;
    int step = 0;
    while (step < path.size()) {
      Optional<Expression> next = step(at, text(path.get(step)).orElse(""));
      if (next.isEmpty()) {
        return new Selected(at, path.subList(step, path.size()), nowhere, where);
      }
      at = next.get();
      step++;
    }
    return at;
  }

  private static Optional<Expression> step(Expression from, String step) {
    if (from instanceof MapExpression map) {
      return Optional.ofNullable(map.entries().get(step));
    }
    return from instanceof ListExpression list
            && step.matches("\\d{1,6}")
            && Integer.parseInt(step) < list.items().size()
        ? Optional.of(list.items().get(Integer.parseInt(step)))
        : Optional.empty();
  }

  static Optional<String> text(Expression step) {
    return step instanceof Literal literal
        ? Optional.of(Values.python(literal.value()))
        : Optional.empty();
  }
}
