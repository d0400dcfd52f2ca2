package io.isthmus.domain.cloud.entry;

import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Nearest;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The fields of one map; what is wrong with one is told with its place, and it counts as absent.
 */
final class Fields {

  private final String pointer;
  private final YamlNode.Mapping map;
  private final Consumer<Violation> problems;

  /** Known keys that were probably meant by others. */
  private final Set<String> misspelt = new HashSet<>();

  private final Map<String, Optional<Fields>> maps = new HashMap<>();

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
                "cloud.field-kind",
                pointer.isEmpty() ? "YAML" : pointer,
                YamlNode.A_MAP,
                node.kind())));
    return Optional.empty();
  }

  Set<String> names() {
    return map.entries().keySet();
  }

  boolean has(String name) {
    return node(name).isPresent();
  }

  /** Whether it is not there, not even under a name that was misspelt. */
  boolean lacks(String name) {
    return !has(name) && !misspelt.contains(name);
  }

  /** What is written as nothing counts as absent. */
  Optional<YamlNode> node(String name) {
    return map.find(name)
        .filter(
            node ->
                !(node instanceof YamlNode.Scalar scalar
                    && scalar.type() == YamlNode.Scalar.Type.NULL));
  }

  /** As {@link #node}, with the place of the key itself. */
  Optional<YamlNode.Entry> entry(String name) {
    return node(name).map(node -> map.entries().get(name));
  }

  Optional<String> text(String name) {
    return node(name).flatMap(node -> scalar(name, node)).map(YamlNode.Scalar::text);
  }

  Optional<YamlNode.Scalar> scalar(String name) {
    return node(name).flatMap(node -> scalar(name, node));
  }

  Optional<String> requiredText(String name) {
    Optional<String> text = text(name).filter(value -> !value.isBlank());
    if (text.isEmpty()
        && !misspelt.contains(name)
        && (!has(name) || map.find(name).orElseThrow() instanceof YamlNode.Scalar)) {
      refuse(
          name,
          Phrase.of("cloud.field-missing", path(name)),
          Phrase.of("cloud.field-missing-remedy", name));
    }
    return text;
  }

  /** The same one each time, so that what is wrong with it is told once. */
  Optional<Fields> map(String name) {
    return maps.computeIfAbsent(
        name, wanted -> node(wanted).flatMap(node -> of(path(wanted), node, problems)));
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
                Phrase.of("cloud.field-kind", path(name), YamlNode.A_LIST, wrong.kind()),
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

  /**
   * Refuses keys that are nearly one that is read and is not there. Others pass: what they say may
   * be for another program.
   *
   * @param read keys that mean something here
   * @param leftAlone keys that resemble those and mean something else
   */
  void refuseMisspelt(Set<String> read, Predicate<String> leftAlone) {
    List<String> absent = read.stream().filter(name -> !has(name)).sorted().toList();
    for (String name : map.entries().keySet()) {
      if (read.contains(name) || leftAlone.test(name)) {
        continue;
      }
      Nearest.to(name, absent)
          .ifPresent(
              meant -> {
                misspelt.add(meant);
                refuse(
                    name,
                    Phrase.of("cloud.field-misspelt", path(name), meant),
                    Phrase.of("cloud.field-misspelt-remedy", meant, name));
              });
    }
  }

  /** Tells that a field is wrong, at its value when it has one. */
  void refuse(String name, Phrase message, Phrase remedy) {
    refuse(name, message, Optional.of(remedy));
  }

  /** The same, with a message that tells the remedy itself. */
  void refuse(String name, Phrase message) {
    refuse(name, message, Optional.empty());
  }

  private void refuse(String name, Phrase message, Optional<Phrase> remedy) {
    YamlNode place = map.find(name).orElse(map);
    problems.accept(new Violation(path(name), place.line(), place.column(), message, remedy));
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
            path(name),
            node,
            Phrase.of("cloud.field-kind", path(name), YamlNode.TEXT, node.kind())));
    return Optional.empty();
  }

  private static Violation violation(String pointer, YamlNode node, Phrase message) {
    return new Violation(pointer, node.line(), node.column(), message, Optional.empty());
  }
}
