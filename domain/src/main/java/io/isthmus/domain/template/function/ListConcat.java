package io.isthmus.domain.template.function;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.Size;
import io.isthmus.domain.template.Values;
import io.isthmus.domain.template.Where;
import jakarta.json.JsonArray;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lists put one behind the other; null counts as an empty list.
 *
 * @param lists a list of them
 * @param unique whether an item that was there before is left out
 * @see "openstack/heat heat/engine/hot/functions.py, ListConcat and ListConcatUnique"
 */
public record ListConcat(Expression lists, boolean unique, Where where) implements Expression {

  @Override
  public Optional<JsonValue> evaluate(Scope scope) {
    Optional<JsonValue> value = lists.evaluate(scope);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (!Size.isBearable(value.get())) {
      scope.problem(
          where,
          Phrase.of("template.value-too-large", Size.MAX_CHARACTERS / 1024 / 1024),
          Phrase.of("template.value-too-large-remedy"));
      return Optional.empty();
    }
    if (!(value.get() instanceof JsonArray given)) {
      return problem(scope);
    }
    List<JsonValue> items = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (JsonValue one : given) {
      if (one instanceof JsonArray list) {
        list.stream()
            .filter(item -> !unique || seen.add(Values.sortedJson(item)))
            .forEach(items::add);
      } else if (!one.equals(JsonValue.NULL)) {
        return problem(scope);
      }
    }
    return Optional.of(Values.array(items));
  }

  private Optional<JsonValue> problem(Scope scope) {
    String name = unique ? Function.UNIQUE : Function.PLAIN;
    scope.problem(
        where,
        Phrase.of("template.list-concat-arguments", name),
        Phrase.of("template.list-concat-form", name));
    return Optional.empty();
  }

  @Override
  public Optional<Expression> settled(Scope scope) {
    return Optional.of(new ListConcat(Arguments.settled(lists, scope), unique, where));
  }

  @Override
  public List<Expression> parts() {
    return List.of(lists);
  }

  /** {@code list_concat: [list, list, …]} and {@code list_concat_unique}. */
  record Function(String name) implements HotFunction {

    static final String PLAIN = "list_concat";
    static final String UNIQUE = "list_concat_unique";

    @Override
    public Optional<Expression> parse(Expression arguments, Where where, Setting setting) {
      if (arguments instanceof Literal || arguments instanceof MapExpression) {
        setting
            .findings()
            .add(
                where,
                Phrase.of("template.list-concat-arguments", name),
                Phrase.of("template.list-concat-form", name));
        return Optional.empty();
      }
      return Optional.of(new ListConcat(arguments, name.equals(UNIQUE), where));
    }
  }
}
