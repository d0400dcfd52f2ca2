package io.isthmus.domain.template.function;

import io.isthmus.domain.template.ParameterType;
import io.isthmus.domain.template.ParameterValues;
import io.isthmus.domain.template.Values;
import io.isthmus.domain.template.Where;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What an outer template gives a nested one's parameter.
 *
 * @param type of the parameter, as which the value is read
 * @param finish what is done to the value before, such as putting a member's number in
 * @param hidden whether no message may show the value
 */
public record Given(
    Expression value,
    ParameterType type,
    UnaryOperator<JsonValue> finish,
    boolean hidden,
    Where where)
    implements Expression {

  @Override
  public Optional<JsonValue> evaluate(Scope scope) {
    if (hidden && scope.isMasking()) {
      return Optional.of(Values.text(ParameterValues.MASK));
    }
    return value
        .evaluate(scope)
        .map(finish)
        .map(given -> given.equals(JsonValue.NULL) ? given : type.read(given).orElse(given));
  }

  @Override
  public List<Expression> parts() {
    return List.of(value);
  }
}
