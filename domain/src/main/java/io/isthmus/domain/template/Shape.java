package io.isthmus.domain.template;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.yaml.YamlNode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Takes YAML apart and tells the findings what is of another shape than it should be. */
final class Shape {

  private final Findings findings;

  Shape(Findings findings) {
    this.findings = findings;
  }

  void expected(String kind, String pointer, YamlNode found) {
    findings.add(Where.of(pointer, found), Phrase.of("template.expected-" + kind, last(pointer)));
  }

  /** The entries of a section; none when it is not there or empty. */
  Collection<YamlNode.Entry> entries(YamlNode.Mapping map, String key, String pointer) {
    Optional<YamlNode> node = given(map, key);
    if (node.isEmpty()) {
      return List.of();
    }
    if (node.get() instanceof YamlNode.Mapping section) {
      return section.entries().values();
    }
    expected("map", join(pointer, key), node.get());
    return List.of();
  }

  /** The items of a list; none when it is not there or empty. */
  List<YamlNode> items(YamlNode.Mapping map, String key, String pointer) {
    Optional<YamlNode> node = given(map, key);
    if (node.isEmpty()) {
      return List.of();
    }
    if (node.get() instanceof YamlNode.Sequence list) {
      return list.items();
    }
    expected("list", join(pointer, key), node.get());
    return List.of();
  }

  Optional<String> text(YamlNode.Mapping map, String key, String pointer) {
    return given(map, key).flatMap(node -> text(node, join(pointer, key)));
  }

  Optional<String> text(YamlNode node, String pointer) {
    if (node instanceof YamlNode.Scalar scalar && scalar.type() != YamlNode.Scalar.Type.NULL) {
      return Optional.of(scalar.text());
    }
    expected("text", pointer, node);
    return Optional.empty();
  }

  Optional<Boolean> bool(YamlNode.Mapping map, String key, String pointer) {
    Optional<YamlNode> node = given(map, key);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    if (node.get() instanceof YamlNode.Scalar scalar) {
      Optional<Boolean> value = Values.asBoolean(Values.of(scalar));
      if (value.isPresent()) {
        return value;
      }
    }
    expected("boolean", join(pointer, key), node.get());
    return Optional.empty();
  }

  /**
   * Tells of every key that does not belong.
   *
   * @param owner what the map is, for the message
   * @param unsupported keys that Heat has and that are not performed here
   */
  void onlyKeys(
      YamlNode.Mapping map,
      String pointer,
      String owner,
      List<String> known,
      List<String> unsupported) {
    for (YamlNode.Entry entry : map.entries().values()) {
      if (known.contains(entry.key())) {
        continue;
      }
      Where where = Where.of(join(pointer, entry.key()), entry);
      if (unsupported.contains(entry.key())) {
        findings.add(where, Phrase.of("template.not-supported", entry.key()));
      } else {
        findings.addUnknown(
            where, Phrase.of("template.unknown-key", entry.key(), owner), entry.key(), known);
      }
    }
  }

  /** What is written at a key; a key without a value is the same as none. */
  static Optional<YamlNode> given(YamlNode.Mapping map, String key) {
    return map.find(key)
        .filter(
            node ->
                !(node instanceof YamlNode.Scalar scalar
                    && scalar.type() == YamlNode.Scalar.Type.NULL));
  }

  private static String join(String pointer, String key) {
    return pointer.isEmpty() ? key : pointer + "." + key;
  }

  private static String last(String pointer) {
    return pointer.substring(pointer.lastIndexOf('.') + 1);
  }
}
