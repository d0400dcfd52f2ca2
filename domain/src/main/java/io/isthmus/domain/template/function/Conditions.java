package io.isthmus.domain.template.function;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.Values;
import io.isthmus.domain.template.Where;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads conditions: {@code and}, {@code or}, {@code not}, {@code equals}, {@code get_param}, true,
 * false, and names of the section {@code conditions}.
 *
 * @see "openstack/heat heat/engine/hot/template.py, condition_functions"
 */
public final class Conditions {

  /** What can be asked in a condition. */
  public static final List<String> FUNCTIONS = List.of("get_param", "equals", "not", "and", "or");

  private Conditions() {}

  /**
   * A condition as it may stand in an {@code if}, at a resource or at an output.
   *
   * @param written as read without knowing that it is a condition
   * @return empty when it is none, which the findings have been told
   */
  public static Optional<Expression> read(Expression written, HotFunction.Setting setting) {
    Optional<String> name = Arguments.text(written);
    if (name.isEmpty()) {
      return define(written, setting);
    }
    if (!setting.conditions().contains(name.get())) {
      setting
          .findings()
          .addUnknown(
              written.where(),
              Phrase.of("template.no-such-condition", name.get()),
              name.get(),
              setting.conditions());
      return Optional.empty();
    }
    return Optional.of(new Named(name.get(), written.where()));
  }

  /** A condition as it may stand in the section {@code conditions}: not a mere name. */
  public static Optional<Expression> define(Expression written, HotFunction.Setting setting) {
    if (written instanceof GetParam || isBoolean(written)) {
      return Optional.of(written);
    }
    if (written instanceof MapExpression map && map.entries().size() == 1) {
      Map.Entry<String, Expression> only = map.entries().entrySet().iterator().next();
      Where where = map.keys().get(only.getKey());
      switch (only.getKey()) {
        case "not" -> {
          return read(only.getValue(), setting).map(inner -> new Not(inner, where));
        }
        case "and", "or" -> {
          return combined(only.getKey(), only.getValue(), where, setting);
        }
        case "equals" -> {
          return equals(only.getValue(), where, setting);
        }
        default -> {
          setting
              .findings()
              .addUnknown(
                  where,
                  Phrase.of("template.no-condition-function", only.getKey()),
                  only.getKey(),
                  FUNCTIONS);
          return Optional.empty();
        }
      }
    }
    setting
        .findings()
        .add(
            written.where(),
            Phrase.of("template.not-a-condition"),
            Phrase.of("template.known", String.join(", ", FUNCTIONS)));
    return Optional.empty();
  }

  private static boolean isBoolean(Expression written) {
    return written instanceof Literal literal
        && (literal.value().equals(JsonValue.TRUE) || literal.value().equals(JsonValue.FALSE));
  }

  private static Optional<Expression> combined(
      String function, Expression arguments, Where where, HotFunction.Setting setting) {
    if (!(arguments instanceof ListExpression list) || list.items().size() < 2) {
      setting.findings().add(where, Phrase.of("template.condition-list", function));
      return Optional.empty();
    }
    List<Expression> conditions = new ArrayList<>();
    list.items().forEach(item -> read(item, setting).ifPresent(conditions::add));
    return conditions.size() == list.items().size()
        ? Optional.of(new Combined(function.equals("and"), conditions, where))
        : Optional.empty();
  }

  private static Optional<Expression> equals(
      Expression arguments, Where where, HotFunction.Setting setting) {
    if (!(arguments instanceof ListExpression list) || list.items().size() != 2) {
      setting.findings().add(where, Phrase.of("template.equals-arguments"));
      return Optional.empty();
    }
    Optional<Expression> stranger = list.items().stream().flatMap(Conditions::strangers).findAny();
    if (stranger.isPresent()) {
      setting
          .findings()
          .add(
              stranger.get().where(),
              Phrase.of("template.function-not-in-condition"),
              Phrase.of("template.known", String.join(", ", FUNCTIONS)));
      return Optional.empty();
    }
    return Optional.of(new Equals(list.items().get(0), list.items().get(1), where));
  }

  /** What a condition cannot compare, since it must be known before there is any resource. */
  private static java.util.stream.Stream<Expression> strangers(Expression value) {
    return value instanceof GetParam || Arguments.isWrittenOut(value)
        ? value.parts().stream().flatMap(Conditions::strangers)
        : java.util.stream.Stream.of(value);
  }

  /** The names of the section that a condition is made of. */
  public static List<String> names(Expression condition) {
    List<String> names = new ArrayList<>();
    collect(condition, names);
    return names;
  }

  private static void collect(Expression condition, List<String> names) {
    if (condition instanceof Named named) {
      names.add(named.name());
    }
    condition.parts().forEach(part -> collect(part, names));
  }

  /**
   * Whether a condition holds.
   *
   * @return empty when that is not known, or when it is neither true nor false, which the scope has
   *     been told
   */
  public static Optional<Boolean> holds(Expression condition, Scope scope) {
    Optional<JsonValue> value = condition.evaluate(scope);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get().equals(JsonValue.TRUE) || value.get().equals(JsonValue.FALSE)) {
      return Optional.of(value.get().equals(JsonValue.TRUE));
    }
    // The value is not told, since it may be hidden.
    scope.problem(
        condition.where(),
        Phrase.of("template.condition-not-boolean"),
        Phrase.of("template.condition-not-boolean-remedy"));
    return Optional.empty();
  }

  /** A condition of the section. */
  private record Named(String name, Where where) implements Expression {

    @Override
    public Optional<JsonValue> evaluate(Scope scope) {
      return scope.condition(name).map(Values::bool);
    }
  }

  private record Not(Expression condition, Where where) implements Expression {

    @Override
    public Optional<JsonValue> evaluate(Scope scope) {
      return holds(condition, scope).map(holds -> Values.bool(!holds));
    }

    @Override
    public List<Expression> parts() {
      return List.of(condition);
    }
  }

  /**
   * Several conditions.
   *
   * @param all whether all must hold, else one is enough
   */
  private record Combined(boolean all, List<Expression> conditions, Where where)
      implements Expression {

    @Override
    public Optional<JsonValue> evaluate(Scope scope) {
      boolean holds = all;
      for (Expression condition : conditions) {
        Optional<Boolean> one = holds(condition, scope);
        if (one.isEmpty()) {
          return Optional.empty();
        }
        holds = all ? holds && one.get() : holds || one.get();
      }
      return Optional.of(Values.bool(holds));
    }

    @Override
    public List<Expression> parts() {
      return conditions;
    }
  }

  private record Equals(Expression left, Expression right, Where where) implements Expression {

    @Override
    public Optional<JsonValue> evaluate(Scope scope) {
      Optional<JsonValue> first = left.evaluate(scope);
      Optional<JsonValue> second = right.evaluate(scope);
      return first.isEmpty() || second.isEmpty()
          ? Optional.empty()
          : Optional.of(Values.bool(Values.isSame(first.get(), second.get())));
    }

    @Override
    public List<Expression> parts() {
      return List.of(left, right);
    }
  }
}
