package io.isthmus.domain.placement;

import java.time.Instant;
import java.util.Optional;

/**
 * Rules that hold for every stack of a scope, added to the stack's own.
 *
 * @param text a placement policy without preferences; empty when there are no rules
 * @param version to be given back when it is changed; 0 when it never was
 * @param changedAt empty when it never was
 */
public record StandingPolicy(
    PolicyScope scope,
    String text,
    long version,
    Optional<Instant> changedAt,
    Optional<String> changedBy) {

  static StandingPolicy none(PolicyScope scope) {
    return new StandingPolicy(scope, "", 0, Optional.empty(), Optional.empty());
  }
}
