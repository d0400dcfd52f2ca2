package io.isthmus.domain.template.function;

import io.isthmus.domain.template.Where;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/** A value as it was written: plain, or with functions in it. */
public interface Expression {

  Where where();

  /**
   * The value with all functions applied.
   *
   * @return empty when it depends on something that is not known, which the scope has noted, or
   *     when it cannot be computed, which the scope has been told
   */
  Optional<JsonValue> evaluate(Scope scope);

  /**
   * As {@link #evaluate}, but what is not known is left out: an entry of a map goes, an item of a
   * list becomes null so that the others keep their places.
   */
  default Optional<JsonValue> evaluateKnown(Scope scope) {
    return evaluate(scope);
  }

  /**
   * The same with every {@code if} replaced by what it chooses.
   *
   * @param scope knows parameters and conditions
   * @return empty when nothing is chosen, so that what it stands for is to be left out
   */
  default Optional<Expression> settled(Scope scope) {
    return Optional.of(this);
  }

  /** What it is made of, in the order of the text. */
  default List<Expression> parts() {
    return List.of();
  }
}
