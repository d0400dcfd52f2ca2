package io.isthmus.domain.yaml;

import io.isthmus.domain.language.Phrase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A YAML value with the place where it was written. */
public sealed interface YamlNode {

  /** 1-based line. */
  int line();

  /** 1-based column. */
  int column();

  /** What a person would call it: a map, a list, text, … */
  Phrase kind();

  /** What a person calls a map. */
  Phrase A_MAP = Phrase.of("yaml.kind-map");

  /** What a person calls a list. */
  Phrase A_LIST = Phrase.of("yaml.kind-list");

  /** What a person calls text. */
  Phrase TEXT = Phrase.of("yaml.kind-text");

  /**
   * A single value.
   *
   * @param text as written, without quotes
   * @param type what YAML 1.1 takes it for; dates are TEXT, as in Heat
   */
  record Scalar(String text, Type type, int line, int column) implements YamlNode {

    /** What a plain scalar stands for. */
    public enum Type {
      TEXT,
      INTEGER,
      NUMBER,
      BOOLEAN,
      NULL
    }

    @Override
    public Phrase kind() {
      return switch (type) {
        case TEXT -> YamlNode.TEXT;
        case INTEGER, NUMBER -> Phrase.of("yaml.kind-number");
        case BOOLEAN -> Phrase.of("yaml.kind-boolean");
        case NULL -> Phrase.of("yaml.kind-nothing");
      };
    }

    /** YAML 1.1's words for true: yes, true, on. */
    public boolean isTrue() {
      return switch (text.toLowerCase(java.util.Locale.ROOT)) {
        case "yes", "true", "on" -> true;
        default -> false;
      };
    }
  }

  /** A list. */
  record Sequence(List<YamlNode> items, int line, int column) implements YamlNode {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public Phrase kind() {
      return A_LIST;
    }
  }

  /** A map, in the order in which it was written. */
  record Mapping(Map<String, Entry> entries, int line, int column) implements YamlNode {
    public Mapping {
      entries = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    public Optional<YamlNode> find(String key) {
      return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    @Override
    public Phrase kind() {
      return A_MAP;
    }
  }

  /** One key of a map with the place of the key itself. */
  record Entry(String key, int line, int column, YamlNode value) {}
}
