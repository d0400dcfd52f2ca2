package io.isthmus.domain.fault;

import io.isthmus.domain.language.Phrase;
import java.util.Optional;

/**
 * One thing that is wrong in an input.
 *
 * @param pointer where: a path a person can follow, such as {@code
 *     resources.web.properties.flavor}; empty for the whole input
 * @param line 1-based line in the text that was given, 0 when there is no text
 * @param column 1-based column, 0 when unknown
 * @param message what is wrong, naming the value
 * @param remedy what to do, if it can be said
 */
public record Violation(
    String pointer, int line, int column, Phrase message, Optional<Phrase> remedy) {

  public static Violation at(String pointer, Phrase message, Phrase remedy) {
    return new Violation(pointer, 0, 0, message, Optional.of(remedy));
  }

  public static Violation at(String pointer, Phrase message) {
    return new Violation(pointer, 0, 0, message, Optional.empty());
  }
}
