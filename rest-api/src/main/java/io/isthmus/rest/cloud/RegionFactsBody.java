package io.isthmus.rest.cloud;

import io.isthmus.domain.cloud.RegionFacts;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a region lies.
 *
 * @param country ISO 3166-1 alpha-2
 * @param latitude degrees, north positive
 * @param longitude degrees, east positive
 * @param latencyMs round trips in milliseconds, by cloud or {@code cloud/REGION}
 * @param latencyMeasuredAt the days of those that were measured; the others were agreed
 */
public record RegionFactsBody(
    String country,
    Double latitude,
    Double longitude,
    Map<String, Double> latencyMs,
    Map<String, String> latencyMeasuredAt) {

  static RegionFactsBody of(RegionFacts facts) {
    return new RegionFactsBody(
        facts.country().orElse(null),
        facts.coordinates().map(point -> point.latitude()).orElse(null),
        facts.coordinates().map(point -> point.longitude()).orElse(null),
        facts.latencies().isEmpty() ? null : milliseconds(facts),
        days(facts).isEmpty() ? null : days(facts));
  }

  private static Map<String, Double> milliseconds(RegionFacts facts) {
    Map<String, Double> milliseconds = new TreeMap<>();
    facts.latencies().forEach((to, trip) -> milliseconds.put(to, trip.milliseconds()));
    return milliseconds;
  }

  private static Map<String, String> days(RegionFacts facts) {
    Map<String, String> days = new TreeMap<>();
    facts
        .latencies()
        .forEach((to, trip) -> trip.measuredAt().ifPresent(at -> days.put(to, at.toString())));
    return days;
  }
}
