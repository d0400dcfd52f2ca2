package io.isthmus.domain.template;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A value for each parameter of a template, defaults and pseudo parameters included. */
public final class ParameterValues {

  /** What stands for a hidden value, as in Heat. */
  public static final String MASK = "******";

  private final Map<String, JsonValue> values;
  private final Set<String> hidden;

  private final Map<String, JsonValue> nestedDefaults;

  ParameterValues(Map<String, JsonValue> values, Set<String> hidden) {
    this(values, hidden, Map.of());
  }

  /**
   * @param nestedDefaults what parameters of nested templates are when nothing is given; some may
   *     be secret
   */
  ParameterValues(
      Map<String, JsonValue> values, Set<String> hidden, Map<String, JsonValue> nestedDefaults) {
    this.values = new LinkedHashMap<>(values);
    this.hidden = Set.copyOf(hidden);
    this.nestedDefaults = Map.copyOf(nestedDefaults);
  }

  Map<String, JsonValue> nestedDefaults() {
    return nestedDefaults;
  }

  /** By name; pseudo parameters too. */
  public Optional<JsonValue> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** Whether a value must not be shown. */
  public boolean isHidden(String name) {
    return hidden.contains(name);
  }

  /** What is hidden. */
  Collection<JsonValue> hiddenValues() {
    return hidden.stream().filter(values::containsKey).map(values::get).toList();
  }

  /** Everything, to be kept sealed: hidden values are in it. */
  public JsonObject all() {
    JsonObjectBuilder all = Values.object();
    values.forEach(all::add);
    return all.build();
  }

  /** Everything for people: hidden values are masked. */
  public JsonObject shown() {
    JsonObjectBuilder shown = Values.object();
    values.forEach((name, value) -> shown.add(name, isHidden(name) ? Values.text(MASK) : value));
    return shown.build();
  }

  @Override
  public String toString() {
    return shown().toString();
  }
}
