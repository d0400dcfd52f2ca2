package io.isthmus.domain.stack;

/** How soon a person wants to see a stack or a part; the first is the most urgent. */
public enum Urgency {
  FAILED,
  TROUBLED,
  WORKING,
  SETTLED;

  /** Of one in that status and health. */
  public static Urgency of(StackStatus status, StackHealth.State health) {
    if (status.status() == ActionStatus.FAILED || health == StackHealth.State.LOST) {
      return FAILED;
    }
    if (status.status() == ActionStatus.IN_PROGRESS) {
      return WORKING;
    }
    return switch (health) {
      case DEGRADED, UNREACHABLE -> TROUBLED;
      case HEALTHY, UNKNOWN, LOST -> SETTLED;
    };
  }
}
