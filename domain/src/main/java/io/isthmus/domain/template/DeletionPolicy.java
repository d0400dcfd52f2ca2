package io.isthmus.domain.template;

/** HOT's {@code deletion_policy}. */
public enum DeletionPolicy {
  DELETE,
  RETAIN,
  SNAPSHOT
}
