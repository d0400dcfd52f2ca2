package io.isthmus.domain.placement;

import java.time.Instant;
import java.util.Optional;

/**
 * A plan in a list, without what it would make.
 *
 * @param name the stack's name that is meant; may be empty
 * @param resources how many physical resources it would make
 * @param acceptedAt when a stack was made of it
 */
public record PlanSummary(
    PlanId id,
    String name,
    int resources,
    Instant createdAt,
    Instant expiresAt,
    String createdBy,
    Optional<Instant> acceptedAt) {

  public PlanState state(Instant now) {
    return PlanState.of(acceptedAt, expiresAt, now);
  }
}
