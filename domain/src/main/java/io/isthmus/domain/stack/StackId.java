package io.isthmus.domain.stack;

import io.isthmus.domain.audit.AuditSubject;
import java.util.UUID;

/** Identifies a stack. */
public record StackId(UUID value) implements AuditSubject {

  public static StackId parse(String text) {
    return new StackId(UUID.fromString(text));
  }

  @Override
  public String auditId() {
    return toString();
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
