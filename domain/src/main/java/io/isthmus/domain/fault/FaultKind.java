package io.isthmus.domain.fault;

/** Whose move it is after a failure. */
public enum FaultKind {
  /** The caller asked for something wrong, or at the wrong moment. */
  USER,
  /** Nothing is wrong but there is not enough of something; may succeed after a change. */
  INSUFFICIENT_RESOURCES,
  /** A member cloud or another outside system failed or refused. */
  EXTERNAL,
  /** A defect of Isthmus; details stay in the log. */
  INTERNAL
}
