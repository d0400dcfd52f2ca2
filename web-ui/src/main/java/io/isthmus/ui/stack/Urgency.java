package io.isthmus.ui.stack;

import io.isthmus.domain.stack.ActionStatus;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackView;

/** How soon a person wants to see a stack; the first is the most urgent. */
public enum Urgency {
  FAILED,
  TROUBLED,
  WORKING,
  SETTLED;

  public static Urgency of(StackView stack) {
    if (stack.status().status() == ActionStatus.FAILED
        || stack.health().state() == StackHealth.State.LOST) {
      return FAILED;
    }
    if (stack.status().status() == ActionStatus.IN_PROGRESS) {
      return WORKING;
    }
    return switch (stack.health().state()) {
      case DEGRADED, UNREACHABLE -> TROUBLED;
      case HEALTHY, UNKNOWN, LOST -> SETTLED;
    };
  }
}
