package io.isthmus.domain.stack;

/** What is done to a stack or a part, in Heat's words. */
public enum StackAction {
  /** Nothing yet; only parts are in it. */
  INIT,
  CREATE,
  UPDATE,
  /** Back to what was before an update; only stacks are in it. */
  ROLLBACK,
  /** What is there is looked at, and nothing is changed; only stacks are in it. */
  CHECK,
  /** What can sleep is put to sleep. */
  SUSPEND,
  /** What sleeps is woken. */
  RESUME,
  DELETE,
  /** What is in clouds already is taken over. */
  ADOPT
}
