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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A text in which placeholders are replaced: longer ones first, then by alphabet, and what was put
 * in is not looked at again.
 *
 * @param takesJson whether maps and lists are put in as JSON, since 2015-10-15
 * @see "openstack/heat heat/engine/hot/functions.py, Replace and ReplaceJson"
 */
public record StrReplace(Expression template, Expression params, boolean takesJson, Where where)
    implements Expression {

  static final int MAX_LENGTH = (int) Size.MAX_CHARACTERS;

  @Override
  public Optional<JsonValue> evaluate(Scope scope) {
    Optional<JsonValue> text = template.evaluate(scope);
    Optional<JsonValue> map = params.evaluate(scope);
    if (text.isEmpty() || map.isEmpty()) {
      return Optional.empty();
    }
    if (!(text.get() instanceof JsonString string)) {
      scope.problem(
          template.where(),
          Phrase.of("template.str-replace-template"),
          Phrase.of("template.str-replace-form"));
      return Optional.empty();
    }
    if (!(map.get() instanceof JsonObject replacements)) {
      scope.problem(
          params.where(),
          Phrase.of("template.str-replace-params"),
          Phrase.of("template.str-replace-form"));
      return Optional.empty();
    }
    if (!Size.isBearable(replacements)) {
      tooLong(scope);
      return Optional.empty();
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonValue> entry : replacements.entrySet()) {
      JsonValue value = entry.getValue();
      if (!takesJson && (value instanceof JsonArray || value instanceof JsonObject)) {
        scope.problem(
            params.where(),
            Phrase.of("template.str-replace-value", entry.getKey()),
            Phrase.of("template.str-replace-value-remedy", TemplateVersion.V2015_10_15.date()));
        return Optional.empty();
      }
      texts.put(entry.getKey(), Values.python(value));
    }
    Optional<String> replaced = replace(string.getString(), texts);
    if (replaced.isEmpty()) {
      tooLong(scope);
    }
    return replaced.map(Values::text);
  }

  private void tooLong(Scope scope) {
    scope.problem(
        where,
        Phrase.of("template.str-replace-too-long", MAX_LENGTH / 1024),
        Phrase.of("template.str-replace-too-long-remedy"));
  }

  @Override
  public Optional<Expression> settled(Scope scope) {
    return Optional.of(
        new StrReplace(
            Arguments.settled(template, scope),
            Arguments.settled(params, scope),
            takesJson,
            where));
  }

  @Override
  public List<Expression> parts() {
    return List.of(template, params);
  }

  /** Empty when the outcome would be too long. */
  static Optional<String> replace(String template, Map<String, String> texts) {
    List<String> placeholders =
        texts.keySet().stream()
            .filter(key -> !key.isEmpty())
            .sorted(
                Comparator.comparingInt((String key) -> key.codePointCount(0, key.length()))
                    .reversed()
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    // Odd pieces are done, even ones are still looked at; so nothing is replaced twice.
    List<String> pieces = List.of(template);
    long length = template.length();
    for (String placeholder : placeholders) {
      String text = texts.get(placeholder);
      List<String> next = new ArrayList<>();
      for (int i = 0; i < pieces.size(); i++) {
        if (i % 2 == 1) {
          next.add(pieces.get(i));
          continue;
        }
        String piece = pieces.get(i);
        int from = 0;
        int at = piece.indexOf(placeholder);
        while (at >= 0) {
          next.add(piece.substring(from, at));
          next.add(text);
          length += text.length() - placeholder.length();
          if (length > MAX_LENGTH) {
            return Optional.empty();
          }
          from = at + placeholder.length();
          at = piece.indexOf(placeholder, from);
        }
        next.add(piece.substring(from));
      }
      pieces = next;
    }
    return Optional.of(String.join("", pieces));
  }

  /** {@code str_replace: {template: text, params: {placeholder: value}}}. */
  static final class Function implements HotFunction {

    @Override
    public String name() {
      return "str_replace";
    }

    @Override
    public Optional<Expression> parse(Expression arguments, Where where, Setting setting) {
      if (!(arguments instanceof MapExpression map)
          || map.entries().get("template") == null
          || map.entries().get("params") == null) {
        setting
            .findings()
            .add(
                where,
                Phrase.of("template.str-replace-arguments"),
                Phrase.of("template.str-replace-form"));
        return Optional.empty();
      }
      for (String key : map.entries().keySet()) {
        if (!key.equals("template") && !key.equals("params")) {
          setting
              .findings()
              .addUnknown(
                  map.keys().get(key),
                  Phrase.of("template.unknown-key", key, "str_replace"),
                  key,
                  List.of("template", "params"));
        }
      }
      Expression params = map.entries().get("params");
      if (params instanceof Literal || params instanceof ListExpression) {
        setting
            .findings()
            .add(
                params.where(),
                Phrase.of("template.str-replace-params"),
                Phrase.of("template.str-replace-form"));
        return Optional.empty();
      }
      return Optional.of(
          new StrReplace(
              map.entries().get("template"),
              params,
              setting.version().isAtLeast(TemplateVersion.V2015_10_15),
              where));
    }
  }
}
