package io.isthmus.domain.stack;

/** How far an action has come, in Heat's words. */
public enum ActionStatus {
  IN_PROGRESS,
  COMPLETE,
  FAILED
}
