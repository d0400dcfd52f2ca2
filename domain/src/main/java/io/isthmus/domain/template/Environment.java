package io.isthmus.domain.template;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A second document that gives parameters their values, so that one template serves several
 * settings.
 *
 * @see "Heat, template guide, environments"
 */
public final class Environment {

  static final Environment EMPTY = new Environment(Map.of(), Map.of(), Map.of(), Map.of());

  /** Among a template's parameters, what {@code parameter_defaults} gives nested templates. */
  static final String NESTED_DEFAULTS = "OS::parameter_defaults";

  private final Map<String, JsonValue> parameters;
  private final Map<String, Where> places;
  private final Map<String, JsonValue> defaults;
  private final Map<String, String> registry;

  /**
   * @param places where each of the parameters was written
   */
  Environment(
      Map<String, JsonValue> parameters,
      Map<String, Where> places,
      Map<String, JsonValue> defaults,
      Map<String, String> registry) {
    this.registry = new LinkedHashMap<>(registry);
    this.parameters = new LinkedHashMap<>(parameters);
    this.places = Map.copyOf(places);
    this.defaults = new LinkedHashMap<>(defaults);
  }

  /** What type names stand for; see {@link TemplateSource#registry()}. */
  public Map<String, String> registry() {
    return registry;
  }

  /**
   * The parameters of a template: what was given beside the environment, else the environment's
   * {@code parameters}, else its {@code parameter_defaults}. Of the latter those that the template
   * does not have are passed over, as in Heat; null is the same as not given.
   *
   * @throws FederationFault PARAMETER_INVALID when {@code parameters} has one that the template
   *     does not have
   */
  public JsonObject apply(HotTemplate template, JsonObject given) {
    Findings findings = new Findings();
    Map<String, ParameterDefinition> known = template.parametersByName();
    Map<String, JsonValue> values = new LinkedHashMap<>();
    if (template.hasNested() && !defaults.isEmpty()) {
      JsonObjectBuilder nested = Values.object();
      defaults.forEach(nested::add);
      values.put(NESTED_DEFAULTS, nested.build());
    }
    defaults.forEach(
        (name, value) -> {
          if (known.containsKey(name)) {
            put(name, value, values);
          }
        });
    parameters.forEach(
        (name, value) -> {
          if (known.containsKey(name)) {
            put(name, value, values);
          } else {
            findings.addUnknown(
                places.get(name),
                Phrase.of("template.no-such-parameter", name),
                name,
                known.keySet());
          }
        });
    findings.throwIfAny(FaultCode.PARAMETER_INVALID, "template.many-in-environment");
    given.forEach((name, value) -> put(name, value, values));
    JsonObjectBuilder object = Values.object();
    values.forEach(object::add);
    return object.build();
  }

  private static void put(String name, JsonValue value, Map<String, JsonValue> into) {
    if (!value.equals(JsonValue.NULL)) {
      into.put(name, value);
    }
  }

  /** Tells no value, as some are secret. */
  @Override
  public String toString() {
    return "Environment" + parameters.keySet();
  }
}
