package io.isthmus.rest.stack;

import io.isthmus.domain.stack.OutputView;
import jakarta.json.JsonValue;

/**
 * An output of a stack.
 *
 * @param value absent while it is not known
 */
public record OutputBody(String name, String description, JsonValue value) {

  static OutputBody of(OutputView output) {
    return new OutputBody(output.name(), output.description(), output.value().orElse(null));
  }
}
