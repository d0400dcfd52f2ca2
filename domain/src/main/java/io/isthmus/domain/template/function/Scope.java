package io.isthmus.domain.template.function;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.Where;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/** What functions may ask for when they are applied. Knows nothing but what it is taught. */
public interface Scope {

  /** A parameter's or pseudo parameter's value; empty when parameters are not bound yet. */
  default Optional<JsonValue> parameter(String name) {
    return Optional.empty();
  }

  /** What {@code get_resource} yields; empty when it is not known yet. */
  default Optional<JsonValue> resource(String name) {
    return Optional.empty();
  }

  /**
   * A resource's attribute.
   *
   * @param path the attribute and keys or indexes below; empty for all attributes
   * @return empty when it is not known yet
   */
  default Optional<JsonValue> attribute(String name, List<JsonValue> path) {
    return Optional.empty();
  }

  /**
   * Whether a condition of the section {@code conditions} holds; empty when it is not known yet.
   */
  default Optional<Boolean> condition(String name) {
    return Optional.empty();
  }

  /**
   * What stands for a {@link GetParam}, {@link GetResource} or {@link GetAttr} once templates are
   * put into each other.
   */
  default Expression replaced(Expression reference) {
    return reference;
  }

  /** Whether hidden values are not to be answered, because people see what is made of them. */
  default boolean isMasking() {
    return false;
  }

  /** Is told what is wrong with a value that a function was given. */
  void problem(Where where, Phrase message, Phrase remedy);
}
