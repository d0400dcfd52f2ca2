package io.isthmus.domain.template;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.function.Expression;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A template that was parsed and found right, as far as that can be told without parameters. */
public final class HotTemplate {

  /** Among a stack's parameters, what parameters of nested templates are when nothing is given. */
  public static final String NESTED_DEFAULTS = Environment.NESTED_DEFAULTS;

  /**
   * An output with what its value is made of.
   *
   * @param condition whether it shall be at all; empty for always
   */
  record Output(OutputDefinition definition, Expression value, Optional<Expression> condition) {}

  private final TemplateSource source;
  private final TemplateVersion version;
  private final String description;
  private final Map<String, ParameterDefinition> parameters;
  private final List<ParameterGroup> parameterGroups;
  private final Map<String, ResourceDefinition> definitions;
  private final Map<String, Expression> conditions;
  private final List<Output> outputs;

  HotTemplate(
      TemplateSource source,
      TemplateVersion version,
      String description,
      Map<String, ParameterDefinition> parameters,
      List<ParameterGroup> parameterGroups,
      Map<String, Expression> conditions,
      Map<String, ResourceDefinition> definitions,
      List<Output> outputs) {
    this.source = source;
    this.version = version;
    this.description = description;
    this.parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    this.parameterGroups = List.copyOf(parameterGroups);
    this.conditions = Collections.unmodifiableMap(new LinkedHashMap<>(conditions));
    this.definitions = Collections.unmodifiableMap(new LinkedHashMap<>(definitions));
    this.outputs = List.copyOf(outputs);
  }

  public TemplateSource source() {
    return source;
  }

  public TemplateVersion version() {
    return version;
  }

  /** May be empty. */
  public String description() {
    return description;
  }

  /** In the order of the template. */
  public List<ParameterDefinition> parameters() {
    return List.copyOf(parameters.values());
  }

  public List<ParameterGroup> parameterGroups() {
    return parameterGroups;
  }

  public List<OutputDefinition> outputs() {
    return outputs.stream().map(Output::definition).toList();
  }

  /** Names of its hidden parameters, and of those of nested templates. */
  public Set<String> hiddenParameters() {
    Set<String> hidden = new HashSet<>();
    parameters.values().stream()
        .filter(ParameterDefinition::hidden)
        .forEach(parameter -> hidden.add(parameter.name()));
    definitions.values().stream()
        .flatMap(definition -> definition.nested().stream())
        .forEach(nested -> hidden.addAll(nested.template().hiddenParameters()));
    return hidden;
  }

  /** Whether templates in files are part of it. */
  boolean hasNested() {
    return definitions.values().stream().anyMatch(d -> d.nested().isPresent());
  }

  /** The resources' types by name, groups unexpanded, in the order of the template. */
  public Map<String, ResourceType> resources() {
    Map<String, ResourceType> types = new LinkedHashMap<>();
    definitions.forEach((name, definition) -> types.put(name, definition.type()));
    return types;
  }

  Map<String, ParameterDefinition> parametersByName() {
    return parameters;
  }

  Map<String, ResourceDefinition> definitions() {
    return definitions;
  }

  Map<String, Expression> outputValues() {
    Map<String, Expression> values = new LinkedHashMap<>();
    outputs.forEach(output -> values.put(output.definition().name(), output.value()));
    return values;
  }

  /** The section {@code conditions}. */
  Map<String, Expression> conditions() {
    return conditions;
  }

  List<Output> outputEntries() {
    return outputs;
  }

  /** The same with other resources and outputs, and without conditions. */
  HotTemplate settled(Map<String, ResourceDefinition> settled, List<Output> settledOutputs) {
    return new HotTemplate(
        source,
        version,
        description,
        parameters,
        parameterGroups,
        Map.of(),
        settled,
        settledOutputs);
  }

  /**
   * Gives every parameter its value: what was given, read as the parameter's type, else the
   * default.
   *
   * @param given by name; text as from a form will do for every type; null is the same as not given
   * @throws FederationFault PARAMETER_INVALID with every mistake; hidden values are never shown
   */
  public ParameterValues bind(Map<String, JsonValue> given, PseudoParameters pseudo) {
    Findings findings = new Findings();
    for (String name : given.keySet()) {
      if (!parameters.containsKey(name) && !name.equals(Environment.NESTED_DEFAULTS)) {
        findings.addUnknown(
            at(name), Phrase.of("template.no-such-parameter", name), name, parameters.keySet());
      }
    }
    Map<String, JsonValue> values = new LinkedHashMap<>(pseudo.values());
    Set<String> hidden = new HashSet<>();
    for (ParameterDefinition parameter : parameters.values()) {
      if (parameter.hidden()) {
        hidden.add(parameter.name());
      }
      bind(parameter, given.get(parameter.name()), findings)
          .ifPresent(value -> values.put(parameter.name(), value));
    }
    findings.throwIfAny(FaultCode.PARAMETER_INVALID, "template.many-parameters");
    JsonValue nested = given.get(Environment.NESTED_DEFAULTS);
    return new ParameterValues(
        values, hidden, nested instanceof JsonObject defaults ? defaults : Map.of());
  }

  private static Optional<JsonValue> bind(
      ParameterDefinition parameter, JsonValue given, Findings findings) {
    Where where = at(parameter.name());
    if (given == null || given.equals(JsonValue.NULL)) {
      if (parameter.required()) {
        findings.add(where, Phrase.of("template.parameter-needed", parameter.name()));
      }
      return parameter.defaultValue();
    }
    Optional<JsonValue> value = parameter.type().read(given);
    if (value.isEmpty()) {
      findings.add(
          where,
          Phrase.of(
              "template.not-a-" + parameter.type().text().replace('_', '-'),
              parameter.hidden() ? ParameterValues.MASK : Values.shown(given)));
    } else {
      ValueCheck.check(value.get(), parameter.constraints(), parameter.hidden(), where, findings);
    }
    return value;
  }

  private static Where at(String parameter) {
    return new Where("parameters." + parameter, 0, 0);
  }

  /**
   * The resources that shall be, groups expanded, and their order.
   *
   * @throws FederationFault TEMPLATE_INVALID with every mistake that shows once parameters are
   *     known; hidden values are never shown
   */
  public ResourceGraph graph(ParameterValues values) {
    try {
      return HotGraph.of(this, values);
    } catch (FederationFault fault) {
      throw new HiddenValues(values.hiddenValues()).mask(fault);
    }
  }
}
