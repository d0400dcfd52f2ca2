package io.isthmus.domain.template;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.function.Paths;
import io.isthmus.domain.template.function.Scope;
import io.isthmus.domain.template.type.ConfigType;
import io.isthmus.domain.template.type.ValueType;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers functions from a graph, its parameters and what is known of the clouds. */
final class GraphScope implements Scope {

  /** Values may be built of values; deeper than this nobody can follow. */
  private static final int MAX_DEPTH = 50;

  private final HotGraph graph;
  private final References references;
  private final Findings findings;
  private final Set<String> missing = new LinkedHashSet<>();
  private final Map<String, Optional<JsonValue>> computed = new HashMap<>();
  private final boolean masking;
  private int depth;

  GraphScope(HotGraph graph, References references, Findings findings) {
    this(graph, references, findings, false);
  }

  /** Hides what is hidden, as what it answers is shown. */
  static GraphScope ofPeople(HotGraph graph, References references) {
    return new GraphScope(graph, references, new Findings(), true);
  }

  private GraphScope(HotGraph graph, References references, Findings findings, boolean masking) {
    this.masking = masking;
    this.graph = graph;
    this.references = references;
    this.findings = findings;
  }

  /** What was asked for and is not known yet, in words of the template. */
  Set<String> missing() {
    return missing;
  }

  @Override
  public Optional<JsonValue> parameter(String name) {
    return masking && graph.parameters().isHidden(name)
        ? Optional.of(Values.text(ParameterValues.MASK))
        : graph.parameters().find(name);
  }

  @Override
  public boolean isMasking() {
    return masking;
  }

  @Override
  public Optional<JsonValue> resource(String name) {
    Optional<ResourceDefinition> definition = graph.definition(name);
    boolean isNamed =
        definition
            .filter(d -> d.members().isPresent() || d.type().name().equals(ValueType.NAME))
            .isPresent();
    // Neither a group nor a value has an id in a cloud; Heat yields a name of its own for them.
    return isNamed ? Optional.of(Values.text(name)) : idOf(name);
  }

  private Optional<JsonValue> idOf(String path) {
    Optional<HotNode> config = graph.node(path).filter(n -> n.type() instanceof ConfigType);
    return config.isPresent() ? computed(config.get()) : noted(references.resource(path), path);
  }

  private Optional<JsonValue> noted(Optional<JsonValue> value, String what) {
    if (value.isEmpty()) {
      missing.add(what);
    }
    return value;
  }

  @Override
  public Optional<JsonValue> attribute(String name, List<JsonValue> path) {
    return graph.count(name) > 0
            || graph.definition(name).flatMap(ResourceDefinition::members).isPresent()
        ? ofGroup(name, path)
        : ofOne(name, path);
  }

  private Optional<JsonValue> ofOne(String path, List<JsonValue> steps) {
    Optional<HotNode> node = graph.node(path);
    Optional<String> only = node.flatMap(GraphScope::onlyAttribute);
    if (only.isPresent()) {
      Optional<JsonValue> value = computed(node.get());
      return value.map(
          v ->
              steps.isEmpty()
                  ? Values.object().add(only.get(), v).build()
                  : below(v, steps.subList(1, steps.size())));
    }
    return steps.isEmpty()
        ? noted(references.attribute(path, steps), path)
        : noted(references.below(path, steps), path + "." + Values.python(steps.get(0)));
  }

  /** The attribute of what is no more than a value. */
  private static Optional<String> onlyAttribute(HotNode node) {
    if (node.type() instanceof ConfigType) {
      return Optional.of(ConfigType.CONFIG);
    }
    return node.type().name().equals(ValueType.NAME) ? Optional.of("value") : Optional.empty();
  }

  /** A path that leads nowhere yields nothing, as in Heat. */
  private static JsonValue below(JsonValue value, List<JsonValue> steps) {
    return Paths.select(value, steps).orElse(JsonValue.NULL);
  }

  private Optional<JsonValue> computed(HotNode node) {
    Optional<JsonValue> known = computed.get(node.path());
    if (known != null) {
      return known;
    }
    if (depth >= MAX_DEPTH) {
      problem(
          node.definition().where(),
          Phrase.of("template.values-too-deep", MAX_DEPTH),
          Phrase.of("template.values-too-deep-remedy"));
      return Optional.empty();
    }
    depth++;
    Optional<JsonValue> value = node.computedValue(this);
    depth--;
    if (value.filter(v -> !Size.isBearable(v)).isPresent()) {
      problem(
          node.definition().where(),
          HotGraph.TOO_LARGE,
          Phrase.of("template.value-too-large-remedy"));
      value = Optional.empty();
    }
    computed.put(node.path(), value);
    return value;
  }

  private Optional<JsonValue> ofGroup(String group, List<JsonValue> steps) {
    if (steps.isEmpty()) {
      return noted(Optional.empty(), group);
    }
    String attribute = Values.python(steps.get(0));
    List<JsonValue> rest = steps.subList(1, steps.size());
    Optional<String> member = Attributes.member(attribute);
    if (member.isPresent()) {
      return ofMember(group + "/" + member.get(), Attributes.belowMember(attribute), rest);
    }
    return switch (attribute) {
      case "refs" -> listOf(group, this::idOf).map(ids -> below(ids, rest));
      case "refs_map" -> mapOf(group, this::idOf).map(ids -> below(ids, rest));
      case "attributes" -> mapOf(group, path -> ofOne(path, rest));
      default -> listOf(group, path -> ofOne(path, steps));
    };
  }

  private Optional<JsonValue> ofMember(
      String path, Optional<String> attribute, List<JsonValue> rest) {
    if (graph.node(path).isEmpty()) {
      return noted(Optional.empty(), path);
    }
    if (attribute.isEmpty() && rest.isEmpty()) {
      return idOf(path);
    }
    List<JsonValue> steps = new ArrayList<>(rest);
    attribute.ifPresent(name -> steps.add(0, Values.text(name)));
    return ofOne(path, steps);
  }

  private Optional<JsonValue> listOf(String group, Asking asking) {
    JsonArrayBuilder list = Values.array();
    boolean known = true;
    for (int i = 0; i < graph.count(group); i++) {
      Optional<JsonValue> value = asking.ask(group + "/" + i);
      value.ifPresent(list::add);
      known &= value.isPresent();
    }
    return known ? Optional.of(list.build()) : Optional.empty();
  }

  private Optional<JsonValue> mapOf(String group, Asking asking) {
    JsonObjectBuilder map = Values.object();
    boolean known = true;
    for (int i = 0; i < graph.count(group); i++) {
      String index = String.valueOf(i);
      Optional<JsonValue> value = asking.ask(group + "/" + index);
      value.ifPresent(v -> map.add(index, v));
      known &= value.isPresent();
    }
    return known ? Optional.of(map.build()) : Optional.empty();
  }

  @Override
  public void problem(Where where, Phrase message, Phrase remedy) {
    findings.add(where, message, remedy);
  }

  private interface Asking {
    Optional<JsonValue> ask(String path);
  }
}
