package io.isthmus.domain.placement;

import java.util.UUID;

/** Identifies a kept plan. */
public record PlanId(UUID value) {

  public static PlanId parse(String text) {
    return new PlanId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
