package io.isthmus.domain.placement;

import io.isthmus.domain.language.Phrase;

/**
 * One rule that excluded a place.
 *
 * @param rule the policy rule's name, or the built-in filter's, such as {@code flavor}
 */
public record RuleRefusal(String rule, Phrase reason) {

  /** What kind of rule it was. */
  public Hindrance hindrance() {
    return Hindrance.of(rule);
  }
}
