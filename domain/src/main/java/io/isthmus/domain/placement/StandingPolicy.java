package io.isthmus.domain.placement;

import java.time.Instant;
import java.util.Optional;

/**
 * A policy that administrators keep for a scope.
 *
 * @param text a placement policy; empty when there is none
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
