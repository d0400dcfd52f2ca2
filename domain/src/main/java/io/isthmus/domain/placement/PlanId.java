package io.isthmus.domain.placement;

import io.isthmus.domain.audit.AuditSubject;
import java.util.UUID;

/** Identifies a kept plan. */
public record PlanId(UUID value) implements AuditSubject {

  public static PlanId parse(String text) {
    return new PlanId(UUID.fromString(text));
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
