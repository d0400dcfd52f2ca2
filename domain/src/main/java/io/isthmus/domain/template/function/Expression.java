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

  /** What it is made of, in the order of the text. */
  default List<Expression> parts() {
    return List.of();
  }
}
