package io.isthmus.domain.placement;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A plan in a list, without what it would make.
 *
 * @param name the stack's name that is meant; may be empty
 * @param resources how many physical resources it would make
 * @param acceptedAt when a stack was made or updated by it
 * @param updated id of the stack that it is to update; empty when it becomes a new one
 */
public record PlanSummary(
    PlanId id,
    String name,
    int resources,
    Instant createdAt,
    Instant expiresAt,
    String createdBy,
    Optional<Instant> acceptedAt,
    Optional<UUID> updated) {

  public PlanState state(Instant now) {
    return PlanState.of(acceptedAt, expiresAt, now);
  }
}
