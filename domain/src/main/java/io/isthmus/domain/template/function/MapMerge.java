package io.isthmus.domain.template.function;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.Size;
import io.isthmus.domain.template.Values;
import io.isthmus.domain.template.Where;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * Maps put into one, where later entries win; null counts as an empty map.
 *
 * @param maps a list of them
 * @see "openstack/heat heat/engine/hot/functions.py, MapMerge"
 */
public record MapMerge(Expression maps, Where where) implements Expression {

  @Override
  public Optional<JsonValue> evaluate(Scope scope) {
    Optional<JsonValue> value = maps.evaluate(scope);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (!Size.isBearable(value.get())) {
      return problem(
          Phrase.of("template.value-too-large", Size.MAX_CHARACTERS / 1024 / 1024),
          Phrase.of("template.value-too-large-remedy"),
          scope);
    }
    JsonObjectBuilder merged = Values.object();
    if (!(value.get() instanceof JsonArray list)) {
      return problem(
          Phrase.of("template.map-merge-arguments"), Phrase.of("template.map-merge-form"), scope);
    }
    for (JsonValue item : list) {
      if (item instanceof JsonObject map) {
        map.forEach(merged::add);
      } else if (!item.equals(JsonValue.NULL)) {
        return problem(
            Phrase.of("template.map-merge-arguments"), Phrase.of("template.map-merge-form"), scope);
      }
    }
    return Optional.of(merged.build());
  }

  private Optional<JsonValue> problem(Phrase message, Phrase remedy, Scope scope) {
    scope.problem(where, message, remedy);
    return Optional.empty();
  }

  @Override
  public Optional<Expression> settled(Scope scope) {
    return Optional.of(new MapMerge(Arguments.settled(maps, scope), where));
  }

  @Override
  public List<Expression> parts() {
    return List.of(maps);
  }

  /** {@code map_merge: [map, map, …]}. */
  static final class Function implements HotFunction {

    @Override
    public String name() {
      return "map_merge";
    }

    @Override
    public Optional<Expression> parse(Expression arguments, Where where, Setting setting) {
      if (arguments instanceof Literal || arguments instanceof MapExpression) {
        setting
            .findings()
            .add(
                where,
                Phrase.of("template.map-merge-arguments"),
                Phrase.of("template.map-merge-form"));
        return Optional.empty();
      }
      return Optional.of(new MapMerge(arguments, where));
    }
  }
}
