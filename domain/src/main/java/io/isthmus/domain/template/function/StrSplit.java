package io.isthmus.domain.template.function;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.Values;
import io.isthmus.domain.template.Where;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The parts of a text between delimiters, or one of them.
 *
 * @param arguments the delimiter, the text, and perhaps the index of one part
 * @see "openstack/heat heat/engine/hot/functions.py, StrSplit"
 */
public record StrSplit(Expression arguments, Where where) implements Expression {

  @Override
  public Optional<JsonValue> evaluate(Scope scope) {
    Optional<JsonValue> value = arguments.evaluate(scope);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (!(value.get() instanceof JsonArray list)
        || list.size() < 2
        || list.size() > 3
        || !(list.get(0) instanceof JsonString delimiter)
        || delimiter.getString().isEmpty()) {
      return problem(Phrase.of("template.str-split-arguments"), scope);
    }
    if (list.get(1).equals(JsonValue.NULL)) {
      return Optional.of(JsonValue.NULL);
    }
    if (!(list.get(1) instanceof JsonString text)) {
      return problem(Phrase.of("template.str-split-arguments"), scope);
    }
    JsonArray parts = Values.array(split(text.getString(), delimiter.getString()));
    return list.size() == 2 ? Optional.of(parts) : part(parts, list.get(2), scope);
  }

  private Optional<JsonValue> part(JsonArray parts, JsonValue index, Scope scope) {
    boolean isIndex = Values.python(index).matches("-?\\d{1,9}");
    Optional<JsonValue> part =
        isIndex ? Paths.select(parts, List.of(index)) : Optional.<JsonValue>empty();
    return part.isPresent()
        ? part
        : problem(Phrase.of("template.str-split-index", parts.size() - 1), scope);
  }

  private static List<JsonValue> split(String text, String delimiter) {
    List<JsonValue> parts = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, from)) {
      parts.add(Values.text(text.substring(from, at)));
      from = at + delimiter.length();
    }
    parts.add(Values.text(text.substring(from)));
    return parts;
  }

  private Optional<JsonValue> problem(Phrase message, Scope scope) {
    scope.problem(where, message, Phrase.of("template.str-split-form"));
    return Optional.empty();
  }

  @Override
  public Optional<Expression> settled(Scope scope) {
    return Optional.of(new StrSplit(Arguments.settled(arguments, scope), where));
  }

  @Override
  public List<Expression> parts() {
    return List.of(arguments);
  }

  /** {@code str_split: [delimiter, text, index]}. */
  static final class Function implements HotFunction {

    @Override
    public String name() {
      return "str_split";
    }

    @Override
    public Optional<Expression> parse(Expression arguments, Where where, Setting setting) {
      boolean isRight =
          arguments instanceof ListExpression list
              ? list.items().size() == 2 || list.items().size() == 3
              : !Arguments.isWrittenOut(arguments);
      if (!isRight) {
        setting
            .findings()
            .add(
                where,
                Phrase.of("template.str-split-arguments"),
                Phrase.of("template.str-split-form"));
        return Optional.empty();
      }
      return Optional.of(new StrSplit(arguments, where));
    }
  }
}
