package io.isthmus.domain.template.function;

import io.isthmus.domain.template.Values;
import io.isthmus.domain.template.Where;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A map, in the order in which it was written.
 *
 * @param keys where each key was written
 */
public record MapExpression(Map<String, Expression> entries, Map<String, Where> keys, Where where)
    implements Expression {

  public MapExpression {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    keys = Map.copyOf(keys);
  }

  @Override
  public Optional<JsonValue> evaluate(Scope scope) {
    JsonObjectBuilder map = Values.object();
    boolean known = true;
    for (Map.Entry<String, Expression> entry : entries.entrySet()) {
      Optional<JsonValue> value = entry.getValue().evaluate(scope);
      value.ifPresent(v -> map.add(entry.getKey(), v));
      known &= value.isPresent();
    }
    return known ? Optional.of(map.build()) : Optional.empty();
  }

  @Override
  public Optional<JsonValue> evaluateKnown(Scope scope) {
    JsonObjectBuilder map = Values.object();
    entries.forEach(
        (key, part) -> part.evaluateKnown(scope).ifPresent(value -> map.add(key, value)));
    return Optional.of(map.build());
  }

  @Override
  public Optional<Expression> settled(Scope scope) {
    return Optional.of(settledMap(scope));
  }

  /** As {@link #settled}: a map stays one, though entries may be left out. */
  public MapExpression settledMap(Scope scope) {
    Map<String, Expression> settled = new LinkedHashMap<>();
    entries.forEach((key, part) -> part.settled(scope).ifPresent(value -> settled.put(key, value)));
    return new MapExpression(settled, keys, where);
  }

  @Override
  public List<Expression> parts() {
    return List.copyOf(entries.values());
  }
}
