package io.isthmus.domain.template;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.function.Expression;
import io.isthmus.domain.template.function.GetParam;
import io.isthmus.domain.template.function.Given;
import io.isthmus.domain.template.function.Scope;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Puts nested templates into the one that uses them: a nested resource {@code server} of {@code
 * web} becomes {@code web/server}, parameters give way to what they are given, and outputs to what
 * they are made of, so that nothing later has to know of nesting.
 */
final class Flattening {

  /** Most needs that {@code depends_on} of nested templates may come to, written out. */
  private static final int MAX_NEEDS = 100_000;

  final ParameterValues parameters;
  final Findings findings;
  private final HotTemplate outermost;
  private final Scope known = new Known();
  private final Map<String, ResourceDefinition> flat = new LinkedHashMap<>();
  private final TreeSet<String> paths = new TreeSet<>();
  private final Set<String> open = new HashSet<>();
  private final Weights weights = new Weights();
  private int uses;

  private Flattening(HotTemplate outermost, ParameterValues parameters, Findings findings) {
    this.outermost = outermost;
    this.parameters = parameters;
    this.findings = findings;
  }

  /**
   * @param settled without conditions
   */
  static HotTemplate of(HotTemplate settled, ParameterValues parameters, Findings findings) {
    boolean isFlat = settled.definitions().values().stream().allMatch(d -> d.nested().isEmpty());
    return isFlat ? settled : new Flattening(settled, parameters, findings).flatten();
  }

  private HotTemplate flatten() {
    NestedUse all = new NestedUse(this, outermost, "", Optional.empty(), Map.of());
    all.emit(Map.of(), DeletionPolicy.DELETE, Map.of());
    List<HotTemplate.Output> outputs = new ArrayList<>();
    for (HotTemplate.Output output : outermost.outputEntries()) {
      outputs.add(
          new HotTemplate.Output(
              output.definition(), all.rewritten(output.value()), Optional.empty()));
    }
    writeNeedsOut();
    return outermost.settled(flat, outputs);
  }

  /** Who needs a nested template needs all of its resources. */
  private void writeNeedsOut() {
    int needs = 0;
    for (ResourceDefinition definition : List.copyOf(flat.values())) {
      Map<String, Where> written = new LinkedHashMap<>();
      for (Map.Entry<String, Where> need : definition.dependsOn().entrySet()) {
        if (flat.containsKey(need.getKey())) {
          written.put(need.getKey(), need.getValue());
        } else {
          below(need.getKey()).forEach(path -> written.put(path, need.getValue()));
        }
      }
      needs += written.size();
      if (needs > MAX_NEEDS) {
        findings.add(
            definition.where(),
            Phrase.of("template.nested-too-many-needs", MAX_NEEDS),
            Phrase.of("template.too-many-resources-remedy"));
        return;
      }
      flat.put(definition.name(), definition.needing(written));
    }
  }

  private Set<String> below(String path) {
    return paths.subSet(path + "/", path + "0");
  }

  /** Keeps a resource under its path; false, and told, when there is no room. */
  boolean take(ResourceDefinition definition) {
    if (flat.size() >= HotGraph.MAX_NODES) {
      tooMany(definition);
      return false;
    }
    if (!weights.take(definition)) {
      tooManyParts(definition.where());
      return false;
    }
    flat.put(definition.name(), definition);
    paths.add(definition.name());
    return true;
  }

  boolean isBearable(Expression value) {
    boolean bearable = weights.isBearable(value);
    if (!bearable) {
      tooManyParts(value.where());
    }
    return bearable;
  }

  boolean hasRoomForUse(ResourceDefinition definition) {
    boolean room = ++uses <= HotGraph.MAX_NODES;
    if (!room) {
      tooMany(definition);
    }
    return room;
  }

  void tooMany(ResourceDefinition definition) {
    findings.add(
        definition.where(),
        Phrase.of("template.nested-too-many", HotGraph.MAX_NODES),
        Phrase.of("template.too-many-resources-remedy"));
  }

  private void tooManyParts(Where where) {
    findings.add(
        where,
        Phrase.of("template.nested-too-many-parts"),
        Phrase.of("template.value-too-large-remedy"));
  }

  /** Begins to work something out; false, and told, when that is what is being worked out. */
  boolean enters(String path, Where where) {
    boolean isNew = open.add(path);
    if (!isNew) {
      findings.add(
          where,
          Phrase.of("template.circular", path + " → " + path),
          Phrase.of("template.circular-remedy"));
    }
    return isNew;
  }

  void leaves(String path) {
    open.remove(path);
  }

  /** The value, as far as the outermost template's parameters tell it. */
  Optional<JsonValue> known(Expression value) {
    return value.evaluate(known);
  }

  boolean isHidden(Expression value) {
    return (value instanceof GetParam get && parameters.isHidden(get.name()))
        || (value instanceof Given given && given.hidden())
        || value.parts().stream().anyMatch(this::isHidden);
  }

  /** Knows the outermost template's parameters, and nothing of clouds. */
  private final class Known implements Scope {

    @Override
    public Optional<JsonValue> parameter(String name) {
      return parameters.find(name);
    }

    @Override
    public void problem(Where where, Phrase message, Phrase remedy) {
      findings.add(where, message, remedy);
    }
  }
}
