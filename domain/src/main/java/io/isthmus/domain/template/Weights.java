package io.isthmus.domain.template;

import io.isthmus.domain.template.function.Expression;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * How large values are, written out. Their parts are shared, so that a small template can stand for
 * a huge one.
 */
final class Weights {

  /** Most parts of one value. */
  private static final int MAX_PARTS = 100_000;

  /** Most parts of all resources together. */
  private static final int MAX_ALL_PARTS = 2_000_000;

  private final Map<Expression, Long> weights = new IdentityHashMap<>();
  private long all;

  boolean isBearable(Expression value) {
    return of(value) <= MAX_PARTS;
  }

  /** Counts a resource in; false when it, or all together, is too large. */
  boolean take(ResourceDefinition definition) {
    all += of(definition.properties()) + of(definition.metadata());
    return all <= MAX_ALL_PARTS && isBearable(definition.properties());
  }

  private long of(Expression value) {
    Long known = weights.get(value);
    if (known == null) {
      long sum = 1;
      for (Expression part : value.parts()) {
        sum = Math.min(sum + of(part), MAX_PARTS + 1L);
      }
      known = sum;
      weights.put(value, known);
    }
    return known;
  }
}
