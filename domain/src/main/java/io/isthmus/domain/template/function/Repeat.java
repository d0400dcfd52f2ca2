package io.isthmus.domain.template.function;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.Size;
import io.isthmus.domain.template.TemplateVersion;
import io.isthmus.domain.template.Values;
import io.isthmus.domain.template.Where;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A list of a value's copies, in whose texts placeholders are replaced.
 *
 * @param takesMaps whether maps may be walked through by their keys, since 2016-10-14
 * @param nested whether every item of one list is combined with every item of the others; else the
 *     lists are walked through side by side
 * @see "openstack/heat heat/engine/hot/functions.py, Repeat, RepeatWithMap, RepeatWithNestedLoop"
 */
public record Repeat(
    Expression template, Expression forEach, boolean takesMaps, boolean nested, Where where)
    implements Expression {

  private static final String TEMPLATE = "template";
  private static final String FOR_EACH = "for_each";
  private static final String PERMUTATIONS = "permutations";

  @Override
  public Optional<JsonValue> evaluate(Scope scope) {
    Optional<JsonValue> sources = forEach.evaluate(scope);
    Optional<JsonValue> value = template.evaluate(scope);
    if (sources.isEmpty() || value.isEmpty()) {
      return Optional.empty();
    }
    if (!Size.isBearable(sources.get()) || !Size.isBearable(value.get())) {
      return tooLarge(scope);
    }
    if (!(sources.get() instanceof JsonObject map) || map.isEmpty()) {
      return problem(forEach.where(), Phrase.of("template.repeat-for-each"), scope);
    }
    Map<String, List<String>> lists = new LinkedHashMap<>();
    for (Map.Entry<String, JsonValue> source : map.entrySet()) {
      Optional<List<String>> texts = texts(source.getKey(), source.getValue(), scope);
      if (texts.isEmpty()) {
        return Optional.empty();
      }
      lists.put(source.getKey(), texts.get());
    }
    long rounds = nested ? 1 : lists.values().iterator().next().size();
    for (List<String> list : lists.values()) {
      if (nested) {
        rounds = Math.min(rounds * list.size(), Size.MAX_CHARACTERS + 1);
      } else if (list.size() != rounds) {
        return problem(forEach.where(), Phrase.of("template.repeat-lengths"), scope);
      }
    }
    return rounds > Size.MAX_CHARACTERS
        ? tooLarge(scope)
        : copies(value.get(), lists, rounds, scope);
  }

  private Optional<JsonValue> copies(
      JsonValue value, Map<String, List<String>> lists, long rounds, Scope scope) {
    JsonArrayBuilder copies = Values.array();
    long size = 0;
    for (long round = 0; round < rounds; round++) {
      Optional<JsonValue> copy = replaced(value, combination(lists, rounds, round));
      size += copy.map(Size::of).orElse(Size.MAX_CHARACTERS + 1);
      if (size > Size.MAX_CHARACTERS) {
        return tooLarge(scope);
      }
      copies.add(copy.get());
    }
    return Optional.of(copies.build());
  }

  /** What each placeholder stands for in one round; the last placeholder changes fastest. */
  private Map<String, String> combination(
      Map<String, List<String>> lists, long rounds, long round) {
    Map<String, String> texts = new LinkedHashMap<>();
    long left = rounds;
    long rest = round;
    for (Map.Entry<String, List<String>> entry : lists.entrySet()) {
      List<String> list = entry.getValue();
      if (nested) {
        left /= list.size();
        texts.put(entry.getKey(), list.get((int) (rest / left)));
        rest %= left;
      } else {
        texts.put(entry.getKey(), list.get((int) round));
      }
    }
    return texts;
  }

  private Optional<List<String>> texts(String placeholder, JsonValue source, Scope scope) {
    List<JsonValue> items = new ArrayList<>();
    if (source instanceof JsonArray list) {
      items.addAll(list);
    } else if (source instanceof JsonObject map && takesMaps && nested) {
      map.keySet().forEach(key -> items.add(Values.text(key)));
    } else if (!source.equals(JsonValue.NULL)) {
      problem(forEach.where(), Phrase.of("template.repeat-list", placeholder), scope);
      return Optional.empty();
    }
    List<String> texts = new ArrayList<>();
    for (JsonValue item : items) {
      if (item instanceof JsonArray || item instanceof JsonObject || item.equals(JsonValue.NULL)) {
        problem(forEach.where(), Phrase.of("template.repeat-item", placeholder), scope);
        return Optional.empty();
      }
      texts.add(Values.python(item));
    }
    return Optional.of(texts);
  }

  /** Empty when it would be too large. */
  private static Optional<JsonValue> replaced(JsonValue value, Map<String, String> texts) {
    if (value instanceof JsonString text) {
      return replaced(text.getString(), texts).map(Values::text);
    }
    if (value instanceof JsonArray list) {
      JsonArrayBuilder items = Values.array();
      for (JsonValue item : list) {
        Optional<JsonValue> one = replaced(item, texts);
        if (one.isEmpty()) {
          return one;
        }
        items.add(one.get());
      }
      return Optional.of(items.build());
    }
    if (value instanceof JsonObject map) {
      JsonObjectBuilder entries = Values.object();
      for (Map.Entry<String, JsonValue> entry : map.entrySet()) {
        Optional<String> key = replaced(entry.getKey(), texts);
        Optional<JsonValue> one = replaced(entry.getValue(), texts);
        if (key.isEmpty() || one.isEmpty()) {
          return Optional.empty();
        }
        entries.add(key.get(), one.get());
      }
      return Optional.of(entries.build());
    }
    return Optional.of(value);
  }

  /**
   * One placeholder after the other, so that a later one is found in what was put in, as in Heat.
   */
  private static Optional<String> replaced(String text, Map<String, String> texts) {
    Optional<String> outcome = Optional.of(text);
    for (Map.Entry<String, String> entry : texts.entrySet()) {
      outcome =
          outcome.flatMap(so -> StrReplace.replace(so, Map.of(entry.getKey(), entry.getValue())));
    }
    return outcome;
  }

  private Optional<JsonValue> tooLarge(Scope scope) {
    scope.problem(
        where,
        Phrase.of("template.value-too-large", Size.MAX_CHARACTERS / 1024 / 1024),
        Phrase.of("template.value-too-large-remedy"));
    return Optional.empty();
  }

  private static Optional<JsonValue> problem(Where where, Phrase message, Scope scope) {
    scope.problem(where, message, Phrase.of("template.repeat-form"));
    return Optional.empty();
  }

  @Override
  public Optional<Expression> settled(Scope scope) {
    return Optional.of(
        new Repeat(
            Arguments.settled(template, scope),
            Arguments.settled(forEach, scope),
            takesMaps,
            nested,
            where));
  }

  @Override
  public List<Expression> parts() {
    return List.of(template, forEach);
  }

  /** {@code repeat: {template: value, for_each: {placeholder: list}, permutations: true}}. */
  static final class Function implements HotFunction {

    @Override
    public String name() {
      return "repeat";
    }

    @Override
    public Optional<Expression> parse(Expression arguments, Where where, Setting setting) {
      Phrase form = Phrase.of("template.repeat-form");
      if (!(arguments instanceof MapExpression map)
          || map.entries().get(TEMPLATE) == null
          || map.entries().get(FOR_EACH) == null) {
        setting.findings().add(where, Phrase.of("template.repeat-arguments"), form);
        return Optional.empty();
      }
      List<String> keys = new ArrayList<>(List.of(TEMPLATE, FOR_EACH));
      if (setting.version().isAtLeast(TemplateVersion.V2017_09_01)) {
        keys.add(PERMUTATIONS);
      }
      for (String key : map.entries().keySet()) {
        if (!keys.contains(key)) {
          setting
              .findings()
              .addUnknown(
                  map.keys().get(key), Phrase.of("template.unknown-key", key, name()), key, keys);
        }
      }
      Expression forEach = map.entries().get(FOR_EACH);
      if (forEach instanceof Literal || forEach instanceof ListExpression) {
        setting.findings().add(forEach.where(), Phrase.of("template.repeat-for-each"), form);
        return Optional.empty();
      }
      Optional<Boolean> nested = nested(map.entries().get(PERMUTATIONS));
      if (nested.isEmpty()) {
        setting
            .findings()
            .add(map.keys().get(PERMUTATIONS), Phrase.of("template.repeat-permutations"));
        return Optional.empty();
      }
      return Optional.of(
          new Repeat(
              map.entries().get(TEMPLATE),
              forEach,
              setting.version().isAtLeast(TemplateVersion.V2016_10_14),
              nested.get(),
              where));
    }

    private static Optional<Boolean> nested(Expression permutations) {
      if (permutations == null) {
        return Optional.of(true);
      }
      JsonValue value =
          permutations instanceof Literal literal ? literal.value() : JsonValue.EMPTY_JSON_ARRAY;
      return value.equals(JsonValue.TRUE) || value.equals(JsonValue.FALSE)
          ? Optional.of(value.equals(JsonValue.TRUE))
          : Optional.empty();
    }
  }
}
