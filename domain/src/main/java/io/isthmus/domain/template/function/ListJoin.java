package io.isthmus.domain.template.function;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.Size;
import io.isthmus.domain.template.TemplateVersion;
import io.isthmus.domain.template.Values;
import io.isthmus.domain.template.Where;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The items of lists as one text.
 *
 * @param takesJson whether maps and lists among the items are put in as JSON, since 2015-10-15
 * @see "openstack/heat heat/engine/hot/functions.py, Join and JoinMultiple"
 */
public record ListJoin(Expression delimiter, List<Expression> lists, boolean takesJson, Where where)
    implements Expression {

  public ListJoin {
    lists = List.copyOf(lists);
  }

  @Override
  public Optional<JsonValue> evaluate(Scope scope) {
    Optional<JsonValue> between = delimiter.evaluate(scope);
    if (between.isPresent() && !(between.get() instanceof JsonString)) {
      problem(delimiter.where(), "template.list-join-delimiter", scope);
      return Optional.empty();
    }
    List<String> texts = new ArrayList<>();
    boolean known = between.isPresent();
    for (Expression expression : lists) {
      Optional<JsonValue> value = expression.evaluate(scope);
      known &= value.isPresent();
      if (value.isPresent()
          && !isNothing(value.get())
          && !add(value.get(), expression, texts, scope)) {
        return Optional.empty();
      }
    }
    if (!known) {
      return Optional.empty();
    }
    String delimiterText = Values.python(between.orElseThrow());
    long length = (long) delimiterText.length() * texts.size();
    length += texts.stream().mapToLong(String::length).sum();
    if (length > StrReplace.MAX_LENGTH) {
      tooLong(scope);
      return Optional.empty();
    }
    return Optional.of(Values.text(String.join(delimiterText, texts)));
  }

  /** Heat passes over null and the empty text that a missing path of get_param yields. */
  private static boolean isNothing(JsonValue value) {
    return value.equals(JsonValue.NULL) || Values.asText(value).filter(String::isEmpty).isPresent();
  }

  private boolean add(JsonValue value, Expression from, List<String> texts, Scope scope) {
    if (!Size.isBearable(value)) {
      tooLong(scope);
      return false;
    }
    if (!(value instanceof JsonArray list)) {
      problem(from.where(), "template.list-join-list", scope);
      return false;
    }
    for (JsonValue item : list) {
      boolean json = takesJson && (item instanceof JsonArray || item instanceof JsonObject);
      if (!(item instanceof JsonString) && !item.equals(JsonValue.NULL) && !json) {
        problem(from.where(), "template.list-join-item", scope);
        return false;
      }
      texts.add(Values.python(item));
    }
    return true;
  }

  private void tooLong(Scope scope) {
    scope.problem(
        where,
        Phrase.of("template.list-join-too-long", StrReplace.MAX_LENGTH / 1024),
        Phrase.of("template.value-too-large-remedy"));
  }

  private static void problem(Where where, String key, Scope scope) {
    scope.problem(where, Phrase.of(key), Phrase.of("template.list-join-form"));
  }

  @Override
  public Optional<Expression> settled(Scope scope) {
    return Optional.of(
        new ListJoin(
            Arguments.settled(delimiter, scope),
            Arguments.settled(lists, scope),
            takesJson,
            where));
  }

  @Override
  public List<Expression> parts() {
    List<Expression> parts = new ArrayList<>(lists);
    parts.add(0, delimiter);
    return parts;
  }

  /** {@code list_join: [delimiter, list, …]}; one list only before 2015-10-15. */
  static final class Function implements HotFunction {

    @Override
    public String name() {
      return "list_join";
    }

    @Override
    public Optional<Expression> parse(Expression arguments, Where where, Setting setting) {
      boolean several = setting.version().isAtLeast(TemplateVersion.V2015_10_15);
      if (!(arguments instanceof ListExpression list)
          || list.items().size() < 2
          || (list.items().size() > 2 && !several)) {
        setting
            .findings()
            .add(
                where,
                Phrase.of("template.list-join-arguments"),
                Phrase.of("template.list-join-form"));
        return Optional.empty();
      }
      return Optional.of(
          new ListJoin(
              list.items().get(0), list.items().subList(1, list.items().size()), several, where));
    }
  }
}
