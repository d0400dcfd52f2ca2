package io.isthmus.domain.cloud;

import java.util.Map;
import java.util.Optional;

/**
 * Where a region lies.
 *
 * @param country ISO 3166-1 alpha-2 code; empty when not known
 * @param latencies round trips to other places; keys are a cloud's id, or {@code cloud/REGION},
 *     which has the last word
 */
public record RegionFacts(
    Optional<String> country, Optional<Coordinates> coordinates, Map<String, RoundTrip> latencies) {

  public static final RegionFacts UNKNOWN = new RegionFacts(Optional.empty(), Optional.empty());

  public RegionFacts {
    latencies = Map.copyOf(latencies);
  }

  /** Without latencies. */
  public RegionFacts(Optional<String> country, Optional<Coordinates> coordinates) {
    this(country, coordinates, Map.of());
  }
}
