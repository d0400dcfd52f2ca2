package io.isthmus.domain.template;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** HOT's constraints on parameters and properties. Each may carry the author's own message. */
public sealed interface ValueConstraint {

  /** The {@code description} given with the constraint. */
  Optional<String> message();

  /** Of a text's or list's length, both ends inclusive. */
  record Length(Optional<Integer> min, Optional<Integer> max, Optional<String> message)
      implements ValueConstraint {}

  /** Of a number, both ends inclusive. */
  record Range(Optional<BigDecimal> min, Optional<BigDecimal> max, Optional<String> message)
      implements ValueConstraint {}

  /** Of a number: {@code offset + n·step}. */
  record Modulo(BigDecimal step, BigDecimal offset, Optional<String> message)
      implements ValueConstraint {}

  /** One of these, as text. */
  record AllowedValues(List<String> values, Optional<String> message) implements ValueConstraint {}

  /** The whole text matches this regular expression. */
  record AllowedPattern(String pattern, Optional<String> message) implements ValueConstraint {}

  /** Something that must exist in a cloud, such as {@code nova.flavor}; checked by the planner. */
  record Custom(String name, Optional<String> message) implements ValueConstraint {}
}
