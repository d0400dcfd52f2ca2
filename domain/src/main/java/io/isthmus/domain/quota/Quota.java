package io.isthmus.domain.quota;

import io.isthmus.domain.cloud.Extent;
import io.isthmus.domain.cloud.LimitKind;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a holder may have in a part of the federation.
 *
 * @param maxima by kind; −1 is unlimited, as is what is not named
 * @param version 0 when none was ever set
 */
public record Quota(
    QuotaHolder holder,
    Extent extent,
    Map<LimitKind, Long> maxima,
    long version,
    Optional<Instant> changedAt,
    Optional<String> changedBy) {

  public Quota {
    maxima = Map.copyOf(maxima);
  }

  static Quota none(QuotaHolder holder, Extent extent) {
    return new Quota(holder, extent, Map.of(), 0, Optional.empty(), Optional.empty());
  }
}
