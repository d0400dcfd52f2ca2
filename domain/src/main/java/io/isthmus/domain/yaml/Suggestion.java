package io.isthmus.domain.yaml;

import java.util.Objects;

/**
 * Something that may be written at a place in a text.
 *
 * @param label what it is called in a list of suggestions
 * @param insert what is written for it
 * @param kind what it is
 * @param detail a few words about it, in English as in OpenStack's references; may be empty
 */
public record Suggestion(String label, String insert, Kind kind, String detail) {

  /** What is suggested. */
  public enum Kind {
    KEY,
    VALUE,
    TYPE,
    PROPERTY,
    FUNCTION,
    REFERENCE
  }

  public Suggestion {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(insert, "insert");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(detail, "detail");
  }

  /** A key, written with its colon. */
  public static Suggestion key(String name, Kind kind, String detail) {
    return new Suggestion(name, name + ": ", kind, detail);
  }

  /** A word that is written as it is. */
  public static Suggestion word(String word, Kind kind, String detail) {
    return new Suggestion(word, word, kind, detail);
  }
}
