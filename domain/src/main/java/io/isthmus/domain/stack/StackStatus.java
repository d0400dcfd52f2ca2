package io.isthmus.domain.stack;

/** Heat's pair of action and status, of a stack or of one of its parts. */
public record StackStatus(StackAction action, ActionStatus status) {

  public static final StackStatus INIT = new StackStatus(StackAction.INIT, ActionStatus.COMPLETE);
  public static final StackStatus CREATING =
      new StackStatus(StackAction.CREATE, ActionStatus.IN_PROGRESS);
  public static final StackStatus CREATED =
      new StackStatus(StackAction.CREATE, ActionStatus.COMPLETE);
  public static final StackStatus CREATE_FAILED =
      new StackStatus(StackAction.CREATE, ActionStatus.FAILED);
  public static final StackStatus DELETING =
      new StackStatus(StackAction.DELETE, ActionStatus.IN_PROGRESS);
  public static final StackStatus DELETED =
      new StackStatus(StackAction.DELETE, ActionStatus.COMPLETE);
  public static final StackStatus DELETE_FAILED =
      new StackStatus(StackAction.DELETE, ActionStatus.FAILED);

  /**
   * Reads {@code CREATE_IN_PROGRESS}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static StackStatus parse(String text) {
    int underscore = text.indexOf('_');
    if (underscore < 0) {
      throw new IllegalArgumentException("not a status: " + text);
    }
    return new StackStatus(
        StackAction.valueOf(text.substring(0, underscore)),
        ActionStatus.valueOf(text.substring(underscore + 1)));
  }

  /** Whether nothing more happens of itself. */
  public boolean isTerminal() {
    return status != ActionStatus.IN_PROGRESS;
  }

  /** {@code CREATE_IN_PROGRESS}. */
  @Override
  public String toString() {
    return action + "_" + status;
  }
}
