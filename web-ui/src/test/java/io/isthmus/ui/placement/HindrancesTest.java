package io.isthmus.ui.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Decision;
import io.isthmus.domain.placement.Exclusion;
import io.isthmus.domain.placement.Hindrance;
import io.isthmus.domain.placement.RuleRefusal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HindrancesTest {

  private static final CloudId GRA = new CloudId("gra");
  private static final CloudId BHS = new CloudId("bhs");
  private static final CloudId SYD = new CloudId("syd");

  private static Exclusion refused(CloudId cloud) {
    // Named like a filter, and a rule all the same.
    return refused(cloud, RuleRefusal.byRule("flavor", Phrase.verbatim("no")));
  }

  private static Exclusion refused(CloudId cloud, Hindrance hindrance) {
    return refused(cloud, RuleRefusal.of(hindrance, Phrase.verbatim("no")));
  }

  private static Exclusion refused(CloudId cloud, RuleRefusal refusal) {
    return new Exclusion(
        cloud, Optional.empty(), Optional.empty(), List.of(refusal), Optional.empty());
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
  void areOfThoseThatWereRefused() {
    assertThat(Hindrances.of(List.of(decision(GRA, refused(SYD), outweighed(BHS)))))
        .containsOnly(entry(SYD, Set.of(Hindrance.POLICY)));
  }

  @Test
  void tellRulesOfThePolicyFromWhatNoRuleChanges() {
    List<Decision> decisions =
        List.of(
            decision(GRA, refused(SYD, Hindrance.FLAVOR), refused(BHS, Hindrance.SILENT)),
            decision(GRA, refused(SYD, Hindrance.QUOTA), refused(BHS, Hindrance.CLOSED)));

    assertThat(Hindrances.of(decisions))
        .containsOnly(
            entry(SYD, Set.of(Hindrance.FLAVOR, Hindrance.QUOTA)),
            entry(BHS, Set.of(Hindrance.SILENT, Hindrance.CLOSED)));
  }

  @Test
  void areNotOfThoseThatTakeSomethingElse() {
    assertThat(Hindrances.of(List.of(decision(GRA, refused(SYD)), decision(SYD, outweighed(GRA)))))
        .isEmpty();
  }

  @Test
  void areNotOfThoseOfWhichOneRegionWasOpen() {
    assertThat(Hindrances.of(List.of(decision(GRA, refused(BHS), outweighed(BHS))))).isEmpty();
  }

  @Test
  void adviseToLoosenARuleOnlyWhereOneStandsInTheWay() {
    assertThat(
            Hindrances.least(
                List.of(
                    decision(GRA, refused(SYD, Hindrance.FLAVOR), refused(BHS, Hindrance.QUOTA)))))
        .extracting(Remedy::of)
        .containsExactly(Remedy.NAME_OTHERS, Remedy.ASK_FOR_LESS);
    assertThat(Hindrances.least(List.of(decision(GRA, refused(SYD)))))
        .extracting(Remedy::of)
        .containsExactly(Remedy.LOOSEN);
  }

  @Test
  void areLeastWhereTheFewestRemediesWouldDo() {
    Exclusion both =
        new Exclusion(
            BHS,
            Optional.empty(),
            Optional.empty(),
            List.of(
                RuleRefusal.byRule("in France", Phrase.verbatim("no")),
                RuleRefusal.of(Hindrance.FLAVOR, Phrase.verbatim("no"))),
            Optional.empty());

    assertThat(Hindrances.least(List.of(decision(GRA, refused(SYD, Hindrance.FLAVOR), both))))
        .containsExactly(Hindrance.FLAVOR);
    assertThat(Hindrances.least(List.of(decision(GRA, both))))
        .containsExactlyInAnyOrder(Hindrance.POLICY, Hindrance.FLAVOR);
  }

  @Test
  void areNotKnownOfWhatJoinedLater() {
    assertThat(Hindrances.known(List.of(decision(GRA, outweighed(BHS)))))
        .containsExactlyInAnyOrder(GRA, BHS);
  }
}
