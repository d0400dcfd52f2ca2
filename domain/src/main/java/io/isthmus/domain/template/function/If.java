package io.isthmus.domain.template.function;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.TemplateVersion;
import io.isthmus.domain.template.Where;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One of two values.
 *
 * @param otherwise empty when what it stands for is left out, since 2021-04-16
 * @see "openstack/heat heat/engine/hot/functions.py, If and IfNullable"
 */
public record If(Expression condition, Expression then, Optional<Expression> otherwise, Where where)
    implements Expression {

  @Override
  public Optional<JsonValue> evaluate(Scope scope) {
    return Conditions.holds(condition, scope)
        .flatMap(
            holds ->
                holds
                    ? then.evaluate(scope)
                    : otherwise.isPresent()
                        ? otherwise.get().evaluate(scope)
                        : Optional.of(JsonValue.NULL));
  }

  @Override
  public Optional<Expression> settled(Scope scope) {
    Optional<Boolean> holds = Conditions.holds(condition, scope);
    if (holds.isEmpty()) {
      return Optional.of(this);
    }
    return (holds.get() ? Optional.of(then) : otherwise).flatMap(value -> value.settled(scope));
  }

  /** The values that it chooses from. */
  public List<Expression> choices() {
    List<Expression> choices = new ArrayList<>(List.of(then));
    otherwise.ifPresent(choices::add);
    return choices;
  }

  @Override
  public List<Expression> parts() {
    List<Expression> parts = choices();
    parts.add(0, condition);
    return parts;
  }

  /** {@code if: [condition, value, value]}. */
  static final class Function implements HotFunction {

    @Override
    public String name() {
      return "if";
    }

    @Override
    public Optional<Expression> parse(Expression arguments, Where where, Setting setting) {
      List<Expression> list = arguments instanceof ListExpression given ? given.items() : List.of();
      boolean mayLeaveOut = setting.version().isAtLeast(TemplateVersion.V2021_04_16);
      if (list.size() != 3 && !(list.size() == 2 && mayLeaveOut)) {
        setting
            .findings()
            .add(where, Phrase.of("template.if-arguments"), Phrase.of("template.if-form"));
        return Optional.empty();
      }
      Optional<Expression> condition = Conditions.read(list.get(0), setting);
      return condition.map(
          c ->
              new If(
                  c,
                  list.get(1),
                  list.size() == 3 ? Optional.of(list.get(2)) : Optional.empty(),
                  where));
    }
  }
}
