package io.isthmus.domain.cloud;

import io.isthmus.domain.language.Phrase;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The round trip between two regions.
 *
 * @param milliseconds at least 0
 * @param measuredAt the day on which it was measured; only of what is MEASURED
 * @param passedOver what the other end tells and is not taken; empty when the ends agree
 */
public record Latency(
    double milliseconds,
    Basis basis,
    Optional<LocalDate> measuredAt,
    Optional<RoundTrip> passedOver) {

  /** Where a latency is known from. */
  public enum Basis {
    /** There is none within one region. */
    WITHIN_REGION,
    /** An administrator measured it. */
    MEASURED,
    /** An administrator declared what was agreed. */
    DECLARED,
    /** Drawn from the distance. */
    ESTIMATED
  }

  /** What was measured later, before what was before, before what was not; then the larger. */
  private static final Comparator<RoundTrip> BETTER =
      Comparator.<RoundTrip, LocalDate>comparing(told -> told.measuredAt().orElse(LocalDate.MIN))
          .thenComparing(RoundTrip::milliseconds);

  /** Light in fibre: c over the refractive index of 1.468 (ITU-T G.652), in km per millisecond. */
  private static final double KM_PER_MS = 204;

  /**
   * Cables do not follow great circles. Published round trips between the towns of large clouds lie
   * at 1.3 to 1.8 times what the great circle would take.
   */
  private static final double DETOUR = 1.5;

  private static final double EARTH_RADIUS_KM = 6371;

  /**
   * The round trip between two regions: none within one, else what either end tells, else an
   * estimate from the distance. Where the ends differ, the newer measurement counts, a measurement
   * before what was agreed, and of what was agreed the larger.
   *
   * @return empty when nothing is declared and one of the two has no coordinates
   */
  public static Optional<Latency> between(
      Place from, RegionFacts fromFacts, Place to, RegionFacts toFacts) {
    if (from.regionOnly().equals(to.regionOnly())) {
      return Optional.of(new Latency(0, Basis.WITHIN_REGION, Optional.empty(), Optional.empty()));
    }
    if (fromFacts.latencies().isEmpty() && toFacts.latencies().isEmpty()) {
      return estimate(fromFacts, toFacts);
    }
    List<RoundTrip> told =
        Stream.concat(
                told(fromFacts.latencies(), to).stream(), told(toFacts.latencies(), from).stream())
            .distinct()
            .toList();
    Optional<Latency> best =
        told.stream()
            .max(BETTER)
            .map(
                taken ->
                    of(taken, told.stream().filter(other -> !other.equals(taken)).findFirst()));
    return best.or(() -> estimate(fromFacts, toFacts));
  }

  private static Optional<Latency> estimate(RegionFacts from, RegionFacts to) {
    return from.coordinates().flatMap(here -> to.coordinates().map(there -> estimate(here, there)));
  }

  /** What an administrator told. */
  public static Latency of(RoundTrip told) {
    return of(told, Optional.empty());
  }

  private static Latency of(RoundTrip told, Optional<RoundTrip> passedOver) {
    return new Latency(
        told.milliseconds(),
        told.measuredAt().isPresent() ? Basis.MEASURED : Basis.DECLARED,
        told.measuredAt(),
        passedOver);
  }

  private static Optional<RoundTrip> told(Map<String, RoundTrip> told, Place to) {
    RoundTrip toRegion = told.get(to.cloud() + "/" + to.region());
    return Optional.ofNullable(toRegion == null ? told.get(to.cloud().text()) : toRegion);
  }

  /** The round trip that the distance of two points lets expect. */
  public static Latency estimate(Coordinates a, Coordinates b) {
    return new Latency(
        2 * kilometres(a, b) * DETOUR / KM_PER_MS,
        Basis.ESTIMATED,
        Optional.empty(),
        Optional.empty());
  }

  /** How long it is and where that is known from, as part of a sentence. */
  public Phrase told() {
    Phrase own =
        switch (basis) {
          case WITHIN_REGION -> Phrase.of("cloud.latency.plain", shown());
          case MEASURED ->
              Phrase.of("cloud.latency.measured", shown(), Phrase.date(measuredAt.orElseThrow()));
          case DECLARED -> Phrase.of("cloud.latency.declared", shown());
          case ESTIMATED -> Phrase.of("cloud.latency.estimated", shown());
        };
    return passedOver
        .map(other -> Phrase.of("cloud.latency.rather-than", own, of(other).told()))
        .orElse(own);
  }

  private String shown() {
    return milliseconds < 10
        ? String.format(Locale.ROOT, "%.1f", milliseconds)
        : String.valueOf(Math.round(milliseconds));
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
