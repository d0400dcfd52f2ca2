package io.isthmus.rest.placement;

import io.isthmus.domain.placement.StandingPolicy;
import java.time.Instant;

/**
 * A policy that administrators keep.
 *
 * @param text empty when there is none
 */
public record StandingPolicyBody(
    String scope, String text, long version, Instant changedAt, String changedBy) {

  static StandingPolicyBody of(StandingPolicy policy) {
    return new StandingPolicyBody(
        policy.scope().text(),
        policy.text(),
        policy.version(),
        policy.changedAt().orElse(null),
        policy.changedBy().orElse(null));
  }
}
