package io.isthmus.domain.template;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A second document that gives parameters their values, so that one template serves several
 * settings.
 *
 * @see "Heat, template guide, environments"
 */
public final class Environment {

  private static final String OF_TEMPLATE = "parameters.";

  static final Environment EMPTY = new Environment(Map.of(), Map.of(), Map.of(), Map.of());

  /** Among a template's parameters, what {@code parameter_defaults} gives nested templates. */
  public static final String NESTED_DEFAULTS = "OS::parameter_defaults";

  private final Map<String, JsonValue> parameters;
  private final Map<String, Where> places;
  private final Map<String, JsonValue> defaults;
  private final Map<String, String> registry;

  /**
   * @param places where each parameter's value was written
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
    return apply(template, JsonValue.EMPTY_JSON_OBJECT, given);
  }

  /**
   * The same when some have values already, which they keep where neither gives them another.
   *
   * @param kept those that the template does not have are passed over, as Heat does when a stack is
   *     updated
   */
  public JsonObject apply(HotTemplate template, JsonObject kept, JsonObject given) {
    Findings findings = new Findings();
    Map<String, ParameterDefinition> known = template.parametersByName();
    Map<String, JsonValue> values = new LinkedHashMap<>();
    kept.forEach(
        (name, value) -> {
          if (known.containsKey(name) || name.equals(NESTED_DEFAULTS) && template.hasNested()) {
            put(name, value, values);
          }
        });
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

  /** What it gives each of a template's parameters when nothing is given beside it, by name. */
  public Map<String, JsonValue> valuesFor(HotTemplate template) {
    Map<String, JsonValue> values = new LinkedHashMap<>();
    for (String name : template.parametersByName().keySet()) {
      JsonValue value = parameters.getOrDefault(name, JsonValue.NULL);
      put(name, value.equals(JsonValue.NULL) ? defaults.getOrDefault(name, value) : value, values);
    }
    return values;
  }

  /**
   * Checks what it gives a template, as far as that can be told without what else will be given.
   *
   * @throws FederationFault PARAMETER_INVALID with every mistake at the line where it was written
   */
  public void check(HotTemplate template) {
    JsonObject given = apply(template, JsonValue.EMPTY_JSON_OBJECT);
    try {
      template.bind(given, new PseudoParameters("", "", ""));
    } catch (FederationFault fault) {
      List<Violation> ours =
          fault.violations().stream()
              .filter(violation -> writtenAt(violation).isPresent())
              .map(violation -> placed(violation, writtenAt(violation).get()))
              .toList();
      if (!ours.isEmpty()) {
        throw new FederationFault(fault.code(), ours.get(0).message(), ours);
      }
    }
  }

  /**
   * Checks that it gives no hidden parameter a value, because others will read it.
   *
   * @throws FederationFault PARAMETER_INVALID with every such parameter at its line
   */
  public void requireNothingHidden(HotTemplate template) {
    Findings findings = new Findings();
    for (String name : template.hiddenParameters()) {
      boolean given =
          Stream.of(parameters, defaults)
              .anyMatch(
                  values -> !values.getOrDefault(name, JsonValue.NULL).equals(JsonValue.NULL));
      if (given) {
        findings.add(
            places.get(name),
            Phrase.of("template.environment-tells-hidden", name),
            Phrase.of("template.environment-tells-hidden-remedy"));
      }
    }
    findings.throwIfAny(FaultCode.PARAMETER_INVALID, "template.many-in-environment");
  }

  /** Where the value was written that a finding about a template's parameter is about. */
  private Optional<Where> writtenAt(Violation violation) {
    return violation.pointer().startsWith(OF_TEMPLATE)
        ? Optional.ofNullable(places.get(violation.pointer().substring(OF_TEMPLATE.length())))
        : Optional.empty();
  }

  private static Violation placed(Violation violation, Where where) {
    return new Violation(
        where.pointer(), where.line(), where.column(), violation.message(), violation.remedy());
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
