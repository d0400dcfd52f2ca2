package io.isthmus.domain.cloud;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The round trip between two regions.
 *
 * @param milliseconds at least 0
 * @param estimated whether it is drawn from the distance rather than declared
 */
public record Latency(double milliseconds, boolean estimated) {

  /** Light in fibre: c over the refractive index of 1.468 (ITU-T G.652), in km per millisecond. */
  private static final double KM_PER_MS = 204;

  /**
   * Cables do not follow great circles. Published round trips between the towns of large clouds lie
   * at 1.3 to 1.8 times what the great circle would take.
   */
  private static final double DETOUR = 1.5;

  private static final double EARTH_RADIUS_KM = 6371;

  /**
   * The round trip between two regions: none within one, else the larger of what either side
   * declares, else an estimate from the distance.
   *
   * @return empty when nothing is declared and one of the two has no coordinates
   */
  public static Optional<Latency> between(
      Place from, RegionFacts fromFacts, Place to, RegionFacts toFacts) {
    if (from.regionOnly().equals(to.regionOnly())) {
      return Optional.of(new Latency(0, false));
    }
    Optional<Latency> declared =
        Stream.concat(
                declared(fromFacts.latencyMs(), to).stream(),
                declared(toFacts.latencyMs(), from).stream())
            .max(Double::compare)
            .map(milliseconds -> new Latency(milliseconds, false));
    return declared.or(
        () ->
            fromFacts
                .coordinates()
                .flatMap(here -> toFacts.coordinates().map(there -> estimate(here, there))));
  }

  private static Optional<Double> declared(Map<String, Double> told, Place to) {
    Double toRegion = told.get(to.cloud() + "/" + to.region());
    return Optional.ofNullable(toRegion == null ? told.get(to.cloud().text()) : toRegion);
  }

  /** The round trip that the distance of two points lets expect. */
  public static Latency estimate(Coordinates a, Coordinates b) {
    return new Latency(2 * kilometres(a, b) * DETOUR / KM_PER_MS, true);
  }

  /** Along the great circle, by the haversine formula. */
  private static double kilometres(Coordinates a, Coordinates b) {
    double latitude = Math.toRadians(b.latitude() - a.latitude());
    double longitude = Math.toRadians(b.longitude() - a.longitude());
    double h =
        Math.pow(Math.sin(latitude / 2), 2)
            + Math.cos(Math.toRadians(a.latitude()))
                * Math.cos(Math.toRadians(b.latitude()))
                * Math.pow(Math.sin(longitude / 2), 2);
    return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, h)));
  }
}
