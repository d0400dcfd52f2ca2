package io.isthmus.rest.stack;

import jakarta.validation.constraints.NotBlank;

/**
 * What shall be done to a stack.
 *
 * @param action {@code retry}
 */
public record ActionRequest(@NotBlank String action) {

  /** What can be asked for. */
  enum Action {
    RETRY;

    /**
     * @throws IllegalArgumentException for what cannot be asked for
     */
    static Action parse(String text) {
      if (text.equals("retry")) {
        return RETRY;
      }
      throw new IllegalArgumentException("not an action: " + text);
    }
  }
}
