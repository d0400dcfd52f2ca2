package io.isthmus.ui.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Decision;
import io.isthmus.domain.placement.Exclusion;
import io.isthmus.domain.placement.RuleRefusal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExcludedCloudsTest {

  private static final CloudId GRA = new CloudId("gra");
  private static final CloudId BHS = new CloudId("bhs");
  private static final CloudId SYD = new CloudId("syd");

  private static Exclusion refused(CloudId cloud) {
    return new Exclusion(
        cloud,
        Optional.empty(),
        Optional.empty(),
        List.of(new RuleRefusal("rule", Phrase.verbatim("no"))),
        Optional.empty());
  }

  private static Exclusion outweighed(CloudId cloud) {
    return new Exclusion(
        cloud,
        Optional.of("R"),
        Optional.empty(),
        List.of(),
        Optional.of(Phrase.verbatim("another was better")));
  }

  private static Decision decision(CloudId chosen, Exclusion... others) {
    return new Decision("web", List.of(Place.inRegion(chosen, "R")), List.of(), List.of(others));
  }

  @Test
  void areThoseThatARuleRefused() {
    assertThat(ExcludedClouds.of(List.of(decision(GRA, refused(SYD), outweighed(BHS)))))
        .containsExactly(SYD);
  }

  @Test
  void areNotThoseThatTakeSomethingElse() {
    assertThat(
            ExcludedClouds.of(List.of(decision(GRA, refused(SYD)), decision(SYD, outweighed(GRA)))))
        .isEmpty();
  }

  @Test
  void areNotThoseOfWhichOneRegionWasOpen() {
    assertThat(ExcludedClouds.of(List.of(decision(GRA, refused(BHS), outweighed(BHS))))).isEmpty();
  }
}
