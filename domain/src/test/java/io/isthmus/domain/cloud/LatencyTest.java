package io.isthmus.domain.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LatencyTest {

  private static final Place GRA = Place.inRegion(new CloudId("gra"), "GRA-1");
  private static final Place SYD = Place.inRegion(new CloudId("syd"), "SYD-1");
  private static final Coordinates PARIS = new Coordinates(48.86, 2.35);
  private static final Coordinates MONTREAL = new Coordinates(45.5, -73.57);

  private static RegionFacts at(Coordinates where, Map<String, Double> latencies) {
    return new RegionFacts(Optional.empty(), Optional.ofNullable(where), latencies);
  }

  @Test
  void isEstimatedFromTheDistanceWhereNothingIsDeclared() {
    Latency latency =
        Latency.between(GRA, at(PARIS, Map.of()), SYD, at(MONTREAL, Map.of())).orElseThrow();

    assertThat(latency.estimated()).isTrue();
    assertThat(latency.milliseconds()).isCloseTo(81, within(3.0));
  }

  @Test
  void takesTheLargerOfWhatBothSidesDeclareARegionBeforeItsCloud() {
    RegionFacts gra = at(PARIS, Map.of("syd", 500.0, "syd/SYD-1", 270.0));
    RegionFacts syd = at(MONTREAL, Map.of("gra", 275.0));

    assertThat(Latency.between(GRA, gra, SYD, syd)).contains(new Latency(275, false));
    assertThat(Latency.between(SYD, syd, GRA, gra)).contains(new Latency(275, false));
  }

  @Test
  void isNotKnownWithoutDeclarationAndCoordinates() {
    assertThat(Latency.between(GRA, at(PARIS, Map.of()), SYD, at(null, Map.of()))).isEmpty();
  }

  @Test
  void isNoneWithinARegion() {
    assertThat(Latency.between(GRA, RegionFacts.UNKNOWN, GRA, RegionFacts.UNKNOWN))
        .contains(new Latency(0, false));
  }
}
