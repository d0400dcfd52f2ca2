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
  public static final StackStatus UPDATING =
      new StackStatus(StackAction.UPDATE, ActionStatus.IN_PROGRESS);
  public static final StackStatus UPDATED =
      new StackStatus(StackAction.UPDATE, ActionStatus.COMPLETE);
  public static final StackStatus UPDATE_FAILED =
      new StackStatus(StackAction.UPDATE, ActionStatus.FAILED);
  public static final StackStatus ROLLING_BACK =
      new StackStatus(StackAction.ROLLBACK, ActionStatus.IN_PROGRESS);
  public static final StackStatus ROLLED_BACK =
      new StackStatus(StackAction.ROLLBACK, ActionStatus.COMPLETE);
  public static final StackStatus ROLLBACK_FAILED =
      new StackStatus(StackAction.ROLLBACK, ActionStatus.FAILED);
  public static final StackStatus CHECKING =
      new StackStatus(StackAction.CHECK, ActionStatus.IN_PROGRESS);
  public static final StackStatus CHECKED =
      new StackStatus(StackAction.CHECK, ActionStatus.COMPLETE);
  public static final StackStatus CHECK_FAILED =
      new StackStatus(StackAction.CHECK, ActionStatus.FAILED);
  public static final StackStatus SUSPENDING =
      new StackStatus(StackAction.SUSPEND, ActionStatus.IN_PROGRESS);
  public static final StackStatus SUSPENDED =
      new StackStatus(StackAction.SUSPEND, ActionStatus.COMPLETE);
  public static final StackStatus SUSPEND_FAILED =
      new StackStatus(StackAction.SUSPEND, ActionStatus.FAILED);
  public static final StackStatus RESUMING =
      new StackStatus(StackAction.RESUME, ActionStatus.IN_PROGRESS);
  public static final StackStatus RESUMED =
      new StackStatus(StackAction.RESUME, ActionStatus.COMPLETE);
  public static final StackStatus RESUME_FAILED =
      new StackStatus(StackAction.RESUME, ActionStatus.FAILED);
  public static final StackStatus ADOPTING =
      new StackStatus(StackAction.ADOPT, ActionStatus.IN_PROGRESS);
  public static final StackStatus ADOPTED =
      new StackStatus(StackAction.ADOPT, ActionStatus.COMPLETE);
  public static final StackStatus ADOPT_FAILED =
      new StackStatus(StackAction.ADOPT, ActionStatus.FAILED);
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

  /**
   * Whether what it is of is there, all that was asked for having been done. A check that has found
   * something wrong has taken nothing away.
   */
  public boolean isWhole() {
    return status == ActionStatus.COMPLETE && isOfWhatIsThere() || equals(CHECK_FAILED);
  }

  /** Whether what it is of is being brought to what it shall be, other than by deleting it. */
  public boolean isMaking() {
    return status == ActionStatus.IN_PROGRESS && makes();
  }

  /** Whether a stack is there, nothing being done to it. */
  public boolean isAtRest() {
    return isTerminal() && isOfWhatIsThere();
  }

  /** Whether it is changed from one that was there before, or back to it. */
  public boolean isOfUpdate() {
    return action == StackAction.UPDATE || action == StackAction.ROLLBACK;
  }

  /** Whether it is put to sleep, or woken; nothing of it is made or changed otherwise. */
  public boolean isOfSleep() {
    return action == StackAction.SUSPEND || action == StackAction.RESUME;
  }

  private boolean makes() {
    return action == StackAction.CREATE || action == StackAction.ADOPT || isOfUpdate();
  }

  private boolean isOfWhatIsThere() {
    return makes() || isOfSleep() || action == StackAction.CHECK;
  }

  /** {@code CREATE_IN_PROGRESS}. */
  @Override
  public String toString() {
    return action + "_" + status;
  }
}
