package io.isthmus.domain.placement;

import io.isthmus.domain.language.Phrase;

/**
 * What excluded a place.
 *
 * @param rule the policy rule's name, or the built-in filter's, such as {@code flavor}
 * @param hindrance what kind of thing it is; a rule may be named like a filter
 */
public record RuleRefusal(String rule, Hindrance hindrance, Phrase reason) {

  /** A rule that people wrote. */
  public static RuleRefusal byRule(String rule, Phrase reason) {
    return new RuleRefusal(rule, Hindrance.POLICY, reason);
  }

  /**
   * Something that no rule changes.
   *
   * @param hindrance any but POLICY
   */
  public static RuleRefusal of(Hindrance hindrance, Phrase reason) {
    return new RuleRefusal(hindrance.filter(), hindrance, reason);
  }
}
