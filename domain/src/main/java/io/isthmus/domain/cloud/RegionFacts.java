package io.isthmus.domain.cloud;

import java.util.Optional;

/**
 * Where a region lies.
 *
 * @param country ISO 3166-1 alpha-2 code; empty when not known
 */
public record RegionFacts(Optional<String> country, Optional<Coordinates> coordinates) {}
