package io.isthmus.domain.template;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.function.Expression;
import io.isthmus.domain.template.function.GetAttr;
import io.isthmus.domain.template.function.GetResource;
import io.isthmus.domain.template.function.Given;
import io.isthmus.domain.template.function.ListExpression;
import io.isthmus.domain.template.function.Literal;
import io.isthmus.domain.template.function.MapExpression;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What one use of a nested template gives to its parameters. */
final class NestedArguments {

  private final ResourceDefinition definition;
  private final Flattening whole;
  private final UnaryOperator<Expression> rewriting;

  /**
   * @param definition the resource that stands for the nested template
   * @param rewriting puts what the using template says into the outermost template's terms
   */
  NestedArguments(
      ResourceDefinition definition, Flattening whole, UnaryOperator<Expression> rewriting) {
    this.definition = definition;
    this.whole = whole;
    this.rewriting = rewriting;
  }

  /**
   * What a parameter stands for.
   *
   * @param finish what becomes of texts, such as the index of a group's member
   */
  Expression argument(ParameterDefinition parameter, UnaryOperator<JsonValue> finish) {
    MapExpression properties = definition.madeProperties();
    Expression written = properties.entries().get(parameter.name());
    boolean isGiven =
        written != null
            && !(written instanceof Literal literal && literal.value().equals(JsonValue.NULL));
    if (isGiven) {
      Expression value = rewriting.apply(written);
      boolean isReference = value instanceof GetResource;
      return isReference ? value : given(value, parameter, finish, written.where());
    }
    Optional<JsonValue> otherwise =
        Optional.ofNullable(whole.parameters.nestedDefaults().get(parameter.name()))
            .or(parameter::defaultValue);
    if (otherwise.isEmpty()) {
      whole.findings.add(
          definition.where(),
          Phrase.of("template.nested-parameter-needed", parameter.name(), definition.madeType()));
    }
    Literal value = new Literal(otherwise.orElse(JsonValue.NULL), parameter.where());
    return given(value, parameter, UnaryOperator.identity(), definition.where());
  }

  /** A reference, alone or in a list, stays one, so that its target is known. */
  private Expression given(
      Expression value,
      ParameterDefinition parameter,
      UnaryOperator<JsonValue> finish,
      Where where) {
    if (value instanceof ListExpression list
        && list.items().stream().anyMatch(GetResource.class::isInstance)) {
      return new ListExpression(
          list.items().stream()
              .map(
                  item ->
                      item instanceof GetResource
                          ? item
                          : new Given(
                              item, ParameterType.STRING, finish, parameter.hidden(), item.where()))
              .toList(),
          list.where());
    }
    if (value instanceof GetAttr && parameter.type() == ParameterType.STRING) {
      return value;
    }
    return new Given(value, parameter.type(), finish, parameter.hidden(), where);
  }

  /** The value, if it is known already, held against the parameter. */
  Optional<JsonValue> checked(Expression argument, ParameterDefinition parameter) {
    Optional<JsonValue> value = whole.known(argument);
    if (value.isEmpty() || value.get().equals(JsonValue.NULL)) {
      return Optional.empty();
    }
    boolean masked = parameter.hidden() || whole.isHidden(argument);
    if (!Size.isBearable(value.get())) {
      whole.findings.add(argument.where(), HotGraph.TOO_LARGE);
      return Optional.empty();
    }
    Optional<JsonValue> read = parameter.type().read(value.get());
    if (read.isEmpty() || isOfOtherType(read.get(), parameter.type())) {
      whole.findings.add(
          argument.where(),
          Phrase.of(
              "template.not-a-" + parameter.type().text().replace('_', '-'),
              masked ? ParameterValues.MASK : Values.shown(value.get())));
      return Optional.empty();
    }
    ValueCheck.check(read.get(), parameter.constraints(), masked, argument.where(), whole.findings);
    return read;
  }

  private static boolean isOfOtherType(JsonValue value, ParameterType type) {
    return type == ParameterType.STRING
        && (value.getValueType() == JsonValue.ValueType.ARRAY
            || value.getValueType() == JsonValue.ValueType.OBJECT);
  }
}
