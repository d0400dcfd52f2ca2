package io.isthmus.domain.placement;

import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Nearest;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the nodes of a policy by what they should be, and gathers what is wrong with them. */
final class PolicyNodes {

  private final List<Violation> violations = new ArrayList<>();

  List<Violation> violations() {
    return List.copyOf(violations);
  }

  int atLeastOne(YamlNode.Mapping map, String key, String pointer) {
    Optional<YamlNode> node = map.find(key);
    if (node.isEmpty()) {
      return 1;
    }
    if (node.get() instanceof YamlNode.Scalar scalar
        && scalar.type() == YamlNode.Scalar.Type.INTEGER
        && scalar.text().matches("[1-9][0-9]{0,5}")) {
      return Integer.parseInt(scalar.text());
    }
    wrong(
        pointer + "." + key,
        node.get(),
        Phrase.of("placement.policy.not-a-count", key, shown(node.get())),
        Phrase.of("placement.policy.not-a-count-remedy"));
    return 1;
  }

  /** 0 to 100; 0 when it is not there. */
  int weight(YamlNode.Mapping map, String key, String pointer) {
    Optional<YamlNode> node = map.find(key);
    if (node.isEmpty()) {
      return 0;
    }
    if (node.get() instanceof YamlNode.Scalar scalar
        && scalar.type() == YamlNode.Scalar.Type.INTEGER
        && scalar.text().matches("0|[1-9][0-9]?|100")) {
      return Integer.parseInt(scalar.text());
    }
    wrong(
        pointer + "." + key,
        node.get(),
        Phrase.of("placement.policy.not-a-weight", key, shown(node.get())),
        Phrase.of("placement.policy.not-a-weight-remedy"));
    return 0;
  }

  List<String> texts(YamlNode.Mapping map, String key, String pointer) {
    Set<String> texts = new LinkedHashSet<>();
    eachText(map, key, pointer, (text, item, at) -> texts.add(text));
    return List.copyOf(texts);
  }

  /** What to do with one text of a list. */
  interface TextAction {
    void take(String text, YamlNode item, String pointer);
  }

  /** Hands out each text of a list, which may be missing but not empty. */
  void eachText(YamlNode.Mapping map, String key, String pointer, TextAction action) {
    map.find(key)
        .flatMap(node -> filledList(node, pointer + "." + key))
        .ifPresent(
            list -> {
              for (int i = 0; i < list.items().size(); i++) {
                YamlNode item = list.items().get(i);
                String at = pointer + "." + key + "." + i;
                text(item, at).ifPresent(text -> action.take(text, item, at));
              }
            });
  }

  Optional<YamlNode.Mapping> section(
      YamlNode.Mapping map, String key, String pointer, List<String> keys) {
    Optional<YamlNode.Mapping> section =
        map.find(key).flatMap(node -> map(node, pointer + "." + key));
    section.ifPresent(found -> checkKeys(found, pointer + "." + key, keys, List.of()));
    return section;
  }

  void checkKeys(YamlNode.Mapping map, String pointer, List<String> known, List<String> later) {
    for (YamlNode.Entry entry : map.entries().values()) {
      String at = pointer.isEmpty() ? entry.key() : pointer + "." + entry.key();
      if (later.contains(entry.key())) {
        violations.add(
            new Violation(
                at,
                entry.line(),
                entry.column(),
                Phrase.of("placement.policy.not-performed", entry.key()),
                Optional.of(Phrase.of("placement.policy.not-performed-remedy"))));
      } else if (!known.contains(entry.key())) {
        Phrase remedy =
            Nearest.to(entry.key(), known)
                .map(near -> Phrase.of("placement.policy.did-you-mean", near))
                .orElse(Phrase.of("placement.policy.one-of", String.join(", ", known)));
        violations.add(
            new Violation(
                at,
                entry.line(),
                entry.column(),
                Phrase.of("placement.policy.key-unknown", entry.key()),
                Optional.of(remedy)));
      }
    }
  }

  Optional<YamlNode.Mapping> map(YamlNode node, String pointer) {
    if (node instanceof YamlNode.Mapping mapping) {
      return Optional.of(mapping);
    }
    wrong(pointer, node, Phrase.of("placement.policy.not-a-map", shown(node)));
    return Optional.empty();
  }

  Optional<YamlNode.Sequence> list(YamlNode node, String pointer) {
    if (node instanceof YamlNode.Sequence sequence) {
      return Optional.of(sequence);
    }
    wrong(
        pointer,
        node,
        Phrase.of("placement.policy.not-a-list", shown(node)),
        Phrase.of("placement.policy.not-a-list-remedy", shown(node)));
    return Optional.empty();
  }

  /** An empty list would silently mean "all"; nobody writes it to say that. */
  Optional<YamlNode.Sequence> filledList(YamlNode node, String pointer) {
    Optional<YamlNode.Sequence> list = list(node, pointer);
    if (list.isPresent() && list.get().items().isEmpty()) {
      wrong(
          pointer,
          node,
          Phrase.of("placement.policy.empty-list"),
          Phrase.of("placement.policy.empty-list-remedy"));
    }
    return list;
  }

  Optional<String> text(YamlNode node, String pointer) {
    if (node instanceof YamlNode.Scalar scalar
        && scalar.type() != YamlNode.Scalar.Type.NULL
        && !scalar.text().isBlank()) {
      return Optional.of(scalar.text());
    }
    wrong(pointer, node, Phrase.of("placement.policy.not-a-text", shown(node)));
    return Optional.empty();
  }

  static boolean isNothing(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar && scalar.type() == YamlNode.Scalar.Type.NULL;
  }

  /** The value as a message tells it: itself, or what kind of thing it is. */
  static Phrase shown(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar ? Phrase.verbatim(scalar.text()) : node.kind();
  }

  static boolean says(YamlNode node, String text) {
    return node instanceof YamlNode.Scalar scalar && scalar.text().equals(text);
  }

  void wrong(String pointer, YamlNode at, Phrase message) {
    violations.add(new Violation(pointer, at.line(), at.column(), message, Optional.empty()));
  }

  void wrong(String pointer, YamlNode at, Phrase message, Phrase remedy) {
    violations.add(new Violation(pointer, at.line(), at.column(), message, Optional.of(remedy)));
  }

  /** One of some words; the first of them, and told, when it is none. */
  String oneOf(YamlNode node, String pointer, List<String> words) {
    for (String word : words) {
      if (says(node, word)) {
        return word;
      }
    }
    wrong(
        pointer,
        node,
        Phrase.of("placement.policy.when-unknown", shown(node)),
        Phrase.of("placement.policy.one-of", String.join(", ", words)));
    return words.get(0);
  }
}
