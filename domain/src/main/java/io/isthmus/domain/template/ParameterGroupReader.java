package io.isthmus.domain.template;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code parameter_groups}. */
final class ParameterGroupReader {

  static final List<String> KEYS = List.of("label", "description", "parameters");

  private final Shape shape;
  private final Findings findings;

  ParameterGroupReader(Shape shape, Findings findings) {
    this.shape = shape;
    this.findings = findings;
  }

  List<ParameterGroup> read(YamlNode.Mapping top, Set<String> parameters) {
    List<ParameterGroup> groups = new ArrayList<>();
    Map<String, Integer> lines = new HashMap<>();
    for (YamlNode item : shape.items(top, "parameter_groups", "")) {
      String pointer = "parameter_groups." + groups.size();
      if (!(item instanceof YamlNode.Mapping group)) {
        shape.expected("map", pointer, item);
        continue;
      }
      shape.onlyKeys(group, pointer, "parameter_groups", KEYS, List.of());
      List<String> names = new ArrayList<>();
      for (YamlNode name : shape.items(group, "parameters", pointer)) {
        String at = pointer + ".parameters." + names.size();
        shape
            .text(name, at)
            .ifPresent(text -> member(text, Where.of(at, name), names, parameters, lines));
      }
      groups.add(
          new ParameterGroup(
              shape.text(group, "label", pointer).orElse(""),
              shape.text(group, "description", pointer).orElse(""),
              names));
    }
    return groups;
  }

  private void member(
      String name,
      Where where,
      List<String> names,
      Set<String> parameters,
      Map<String, Integer> lines) {
    Integer before = lines.putIfAbsent(name, where.line());
    if (!parameters.contains(name)) {
      findings.addUnknown(where, Phrase.of("template.no-such-parameter", name), name, parameters);
    } else if (before != null) {
      findings.add(where, Phrase.of("template.parameter-in-two-groups", name, before));
    }
    names.add(name);
  }
}
