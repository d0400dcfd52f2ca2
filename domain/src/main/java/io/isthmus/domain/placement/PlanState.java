package io.isthmus.domain.placement;

import java.time.Instant;
import java.util.Optional;

/** Whether a plan can still become a stack. */
public enum PlanState {
  /** It can. */
  OPEN,
  /** Its hour is over. */
  EXPIRED,
  /** It became a stack. */
  ACCEPTED;

  static PlanState of(Optional<Instant> acceptedAt, Instant expiresAt, Instant now) {
    if (acceptedAt.isPresent()) {
      return ACCEPTED;
    }
    return now.isBefore(expiresAt) ? OPEN : EXPIRED;
  }
}
