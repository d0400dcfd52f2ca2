package io.isthmus.domain.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LatencyTest {

  private static final Place GRA = Place.inRegion(new CloudId("gra"), "GRA-1");
  private static final Place SYD = Place.inRegion(new CloudId("syd"), "SYD-1");
  private static final Coordinates PARIS = new Coordinates(48.86, 2.35);
  private static final Coordinates MONTREAL = new Coordinates(45.5, -73.57);

  private static final LocalDate LATE = LocalDate.of(2026, 11, 20);

  private static RegionFacts at(Coordinates where, Map<String, RoundTrip> latencies) {
    return new RegionFacts(Optional.empty(), Optional.ofNullable(where), latencies);
  }

  @Test
  void isEstimatedFromTheDistanceWhereNothingIsDeclared() {
    Latency latency =
        Latency.between(GRA, at(PARIS, Map.of()), SYD, at(MONTREAL, Map.of())).orElseThrow();

    assertThat(latency.basis()).isEqualTo(Latency.Basis.ESTIMATED);
    assertThat(latency.told().in(Locale.ENGLISH))
        .isEqualTo("about 81 ms, estimated from the distance");
    assertThat(latency.milliseconds()).isCloseTo(81, within(3.0));
  }

  @Test
  void takesTheLargerOfWhatBothSidesDeclareARegionBeforeItsCloud() {
    RegionFacts gra =
        at(PARIS, Map.of("syd", RoundTrip.declared(500), "syd/SYD-1", RoundTrip.declared(270)));
    RegionFacts syd = at(MONTREAL, Map.of("gra", RoundTrip.declared(275)));

    assertTold("275 ms, as agreed (the other end tells 270 ms, as agreed)", gra, syd);
    assertThat(Latency.between(GRA, gra, SYD, syd).orElseThrow().basis())
        .isEqualTo(Latency.Basis.DECLARED);
  }

  @Test
  void takesWhatWasMeasuredBeforeWhatWasAgreed() {
    RegionFacts gra = at(PARIS, Map.of("syd", RoundTrip.measured(84, LATE)));
    RegionFacts syd = at(MONTREAL, Map.of("gra", RoundTrip.declared(90)));

    assertTold(
        "84 ms, measured on 20 November 2026 (the other end tells 90 ms, as agreed)", gra, syd);
  }

  @Test
  void takesTheNewerOfTwoMeasurements() {
    RegionFacts gra = at(PARIS, Map.of("syd", RoundTrip.measured(84, LATE)));
    RegionFacts syd = at(MONTREAL, Map.of("gra", RoundTrip.measured(99, LATE.minusDays(1))));

    assertTold(
        "84 ms, measured on 20 November 2026"
            + " (the other end tells 99 ms, measured on 19 November 2026)",
        gra,
        syd);
  }

  @Test
  void saysNothingOfAnotherEndThatTellsTheSame() {
    RegionFacts gra = at(PARIS, Map.of("syd", RoundTrip.measured(8.4, LATE)));
    RegionFacts syd = at(MONTREAL, Map.of("gra", RoundTrip.measured(8.4, LATE)));

    assertTold("8.4 ms, measured on 20 November 2026", gra, syd);
    assertThat(Latency.between(GRA, gra, SYD, syd).orElseThrow().told().in(Locale.FRENCH))
        .isEqualTo("8.4 ms, mesure du 20 novembre 2026");
  }

  /** Whichever way it is looked at. */
  private static void assertTold(String words, RegionFacts gra, RegionFacts syd) {
    assertThat(Latency.between(GRA, gra, SYD, syd).orElseThrow().told().in(Locale.ENGLISH))
        .isEqualTo(words);
    assertThat(Latency.between(SYD, syd, GRA, gra).orElseThrow().told().in(Locale.ENGLISH))
        .isEqualTo(words);
  }

  @Test
  void isNotKnownWithoutDeclarationAndCoordinates() {
    assertThat(Latency.between(GRA, at(PARIS, Map.of()), SYD, at(null, Map.of()))).isEmpty();
  }

  @Test
  void isNoneWithinARegion() {
    assertThat(Latency.between(GRA, RegionFacts.UNKNOWN, GRA, RegionFacts.UNKNOWN))
        .map(Latency::milliseconds)
        .contains(0.0);
  }
}
