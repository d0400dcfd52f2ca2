package io.isthmus.rest.stack;

import jakarta.validation.constraints.NotBlank;
import java.util.Arrays;
import java.util.Locale;

/**
 * What shall be done to a stack.
 *
 * @param action {@code retry}, {@code update}, {@code cancel-update}, {@code rollback}, {@code
 *     check}, {@code suspend} or {@code resume}
 * @param plan of an update, its plan; else left out
 * @param disableRollback of an update, whether the stack stays where it stands when that fails, as
 *     it does when left out
 */
public record ActionRequest(@NotBlank String action, String plan, Boolean disableRollback) {

  /** What can be asked for. */
  public enum Action {
    RETRY,
    UPDATE,
    CANCEL_UPDATE,
    ROLLBACK,
    CHECK,
    SUSPEND,
    RESUME;

    /** As in a request: {@code cancel-update}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * @throws IllegalArgumentException for what cannot be asked for
     */
    static Action parse(String text) {
      return Arrays.stream(values())
          .filter(action -> action.text().equals(text))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("not an action: " + text));
    }
  }

  boolean staysOnFailure() {
    return disableRollback == null || disableRollback;
  }
}
