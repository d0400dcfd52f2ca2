package io.isthmus.domain.cloud.entry;

import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The fields of one map; what is wrong with one is told with its place, and it counts as absent.
 */
final class Fields {

  private final String pointer;
  private final YamlNode.Mapping map;
  private final Consumer<Violation> problems;

  Fields(String pointer, YamlNode.Mapping map, Consumer<Violation> problems) {
    this.pointer = pointer;
    this.map = map;
    this.problems = problems;
  }

  /** The fields of a node that should be a map. */
  static Optional<Fields> of(String pointer, YamlNode node, Consumer<Violation> problems) {
    if (node instanceof YamlNode.Mapping map) {
      return Optional.of(new Fields(pointer, map, problems));
    }
    problems.accept(
        violation(
            pointer,
            node,
            Phrase.of(
                "cloud.field-kind", pointer.isEmpty() ? "YAML" : pointer, "a map", node.kind())));
    return Optional.empty();
  }

  Set<String> names() {
    return map.entries().keySet();
  }

  boolean has(String name) {
    return node(name).isPresent();
  }

  /** What is written as nothing counts as absent. */
  Optional<YamlNode> node(String name) {
    return map.find(name)
        .filter(
            node ->
                !(node instanceof YamlNode.Scalar scalar
                    && scalar.type() == YamlNode.Scalar.Type.NULL));
  }

  Optional<String> text(String name) {
    return node(name).flatMap(node -> scalar(name, node)).map(YamlNode.Scalar::text);
  }

  Optional<YamlNode.Scalar> scalar(String name) {
    return node(name).flatMap(node -> scalar(name, node));
  }

  Optional<String> requiredText(String name) {
    Optional<String> text = text(name).filter(value -> !value.isBlank());
    if (text.isEmpty() && (!has(name) || map.find(name).orElseThrow() instanceof YamlNode.Scalar)) {
      refuse(
          name,
          Phrase.of("cloud.field-missing", path(name)),
          Phrase.of("cloud.field-missing-remedy", name));
    }
    return text;
  }

  Optional<Fields> map(String name) {
    return node(name).flatMap(node -> of(path(name), node, problems));
  }

  Optional<List<YamlNode>> list(String name) {
    Optional<YamlNode> node = node(name);
    if (node.isPresent() && node.get() instanceof YamlNode.Sequence sequence) {
      return Optional.of(sequence.items());
    }
    node.ifPresent(
        wrong ->
            refuse(
                name,
                Phrase.of("cloud.field-kind", path(name), "a list", wrong.kind()),
                Phrase.of("cloud.write-list", name)));
    return Optional.empty();
  }

  Optional<List<String>> texts(String name) {
    return list(name)
        .map(
            items -> {
              List<String> texts = new ArrayList<>();
              items.forEach(item -> scalar(name, item).ifPresent(text -> texts.add(text.text())));
              return texts;
            });
  }

  /** A key that nothing reads is a typo or a wish; both are told. */
  void refuseOthers(Set<String> known) {
    for (String name : map.entries().keySet()) {
      if (!known.contains(name)) {
        refuse(
            name,
            Phrase.of("cloud.field-unknown", path(name)),
            Phrase.of(
                "cloud.field-unknown-remedy", String.join(", ", known.stream().sorted().toList())));
      }
    }
  }

  /** Tells that a field is wrong, at its value when it has one. */
  void refuse(String name, Phrase message, Phrase remedy) {
    YamlNode place = map.find(name).orElse(map);
    problems.accept(
        new Violation(path(name), place.line(), place.column(), message, Optional.of(remedy)));
  }

  String path(String name) {
    return pointer.isEmpty() ? name : pointer + "." + name;
  }

  Consumer<Violation> problems() {
    return problems;
  }

  private Optional<YamlNode.Scalar> scalar(String name, YamlNode node) {
    if (node instanceof YamlNode.Scalar scalar) {
      return Optional.of(scalar);
    }
    problems.accept(
        violation(
            path(name), node, Phrase.of("cloud.field-kind", path(name), "text", node.kind())));
    return Optional.empty();
  }

  private static Violation violation(String pointer, YamlNode node, Phrase message) {
    return new Violation(pointer, node.line(), node.column(), message, Optional.empty());
  }
}
