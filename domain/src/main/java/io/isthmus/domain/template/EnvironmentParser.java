package io.isthmus.domain.template;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.yaml.YamlNode;
import io.isthmus.domain.yaml.YamlReader;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads environments. What Heat knows and is not performed here is refused by name.
 *
 * @see "openstack/heat heat/engine/environment.py and heat/common/environment_format.py"
 */
public final class EnvironmentParser {

  static final String PARAMETERS = "parameters";
  static final String DEFAULTS = "parameter_defaults";
  static final String REGISTRY = "resource_registry";

  /** Keys of the registry that are no types: hooks and restricted actions are within the first. */
  private static final List<String> NOT_IN_REGISTRY =
      List.of("resources", "base_url", "hooks", "restricted_actions");

  private static final List<String> UNSUPPORTED =
      List.of(
          "encrypted_param_names",
          "encrypted_parameters",
          "event_sinks",
          "parameter_merge_strategies");

  /**
   * Reads an environment.
   *
   * @param text YAML or JSON, at most 512 KiB; blank for none
   * @throws FederationFault PARAMETER_INVALID with every mistake found, each with line and column;
   *     TOO_LARGE
   */
  public Environment parse(String text) {
    if (text.isBlank()) {
      return Environment.EMPTY;
    }
    YamlNode root = new YamlReader(FaultCode.PARAMETER_INVALID).read(text);
    Findings findings = new Findings();
    Optional<Environment> environment =
        root instanceof YamlNode.Mapping top ? Optional.of(read(top, findings)) : Optional.empty();
    if (environment.isEmpty()) {
      findings.add(Where.of("environment", root), Phrase.of("template.environment-not-a-map"));
    }
    findings.throwIfAny(FaultCode.PARAMETER_INVALID, "template.many-in-environment");
    return environment.orElseThrow();
  }

  private static Environment read(YamlNode.Mapping top, Findings findings) {
    Shape shape = new Shape(findings);
    shape.onlyKeys(
        top, "environment", "environment", List.of(PARAMETERS, DEFAULTS, REGISTRY), UNSUPPORTED);
    Map<String, String> registry = registry(top, shape, findings);
    Map<String, JsonValue> parameters = new LinkedHashMap<>();
    Map<String, Where> places = new LinkedHashMap<>();
    for (YamlNode.Entry entry : shape.entries(top, PARAMETERS, "environment")) {
      parameters.put(entry.key(), value(entry.value()));
      places.put(entry.key(), Where.of("environment." + PARAMETERS + "." + entry.key(), entry));
    }
    Map<String, JsonValue> defaults = new LinkedHashMap<>();
    for (YamlNode.Entry entry : shape.entries(top, DEFAULTS, "environment")) {
      defaults.put(entry.key(), value(entry.value()));
      places.putIfAbsent(
          entry.key(), Where.of("environment." + DEFAULTS + "." + entry.key(), entry));
    }
    return new Environment(parameters, places, defaults, registry);
  }

  private static Map<String, String> registry(
      YamlNode.Mapping top, Shape shape, Findings findings) {
    Map<String, String> registry = new LinkedHashMap<>();
    for (YamlNode.Entry entry : shape.entries(top, REGISTRY, "environment")) {
      String pointer = "environment." + REGISTRY + "." + entry.key();
      Where where = Where.of(pointer, entry);
      if (NOT_IN_REGISTRY.contains(entry.key())) {
        String inside =
            entry.value() instanceof YamlNode.Mapping map
                ? " (" + String.join(", ", map.entries().keySet()) + ")"
                : "";
        findings.add(
            where, Phrase.of("template.not-supported", REGISTRY + ": " + entry.key() + inside));
        continue;
      }
      Optional<String> target = shape.text(entry.value(), pointer);
      if (target.isPresent()) {
        int star = entry.key().indexOf('*');
        boolean starWithin = star >= 0 && star < entry.key().length() - 1;
        if (starWithin || target.get().endsWith("*") && star < 0) {
          findings.add(where, Phrase.of("template.registry-star", entry.key()));
        }
        registry.put(entry.key(), target.get());
      }
    }
    return registry;
  }

  private static JsonValue value(YamlNode node) {
    if (node instanceof YamlNode.Scalar scalar) {
      return Values.of(scalar);
    }
    if (node instanceof YamlNode.Sequence sequence) {
      JsonArrayBuilder list = Values.array();
      sequence.items().forEach(item -> list.add(value(item)));
      return list.build();
    }
    JsonObjectBuilder map = Values.object();
    ((YamlNode.Mapping) node)
        .entries()
        .values()
        .forEach(entry -> map.add(entry.key(), value(entry.value())));
    return map.build();
  }
}
