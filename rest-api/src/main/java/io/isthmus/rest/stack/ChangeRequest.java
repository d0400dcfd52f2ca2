package io.isthmus.rest.stack;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

/** What shall be other about a stack. */
public record ChangeRequest(@NotNull @Valid Drift drift) {

  /**
   * @param choice {@code report}, {@code replace_vanished} or {@code repair}
   */
  public record Drift(@NotBlank String choice) {}
}
