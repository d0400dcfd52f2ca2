package io.isthmus.rest.cloud;

import io.isthmus.domain.cloud.RegionFacts;
import java.util.Map;

/**
 * Where a region lies.
 *
 * @param country ISO 3166-1 alpha-2
 * @param latitude degrees, north positive
 * @param longitude degrees, east positive
 * @param latencyMs declared round trips, by cloud or {@code cloud/REGION}
 */
public record RegionFactsBody(
    String country, Double latitude, Double longitude, Map<String, Double> latencyMs) {

  static RegionFactsBody of(RegionFacts facts) {
    return new RegionFactsBody(
        facts.country().orElse(null),
        facts.coordinates().map(point -> point.latitude()).orElse(null),
        facts.coordinates().map(point -> point.longitude()).orElse(null),
        facts.latencyMs().isEmpty() ? null : facts.latencyMs());
  }
}
