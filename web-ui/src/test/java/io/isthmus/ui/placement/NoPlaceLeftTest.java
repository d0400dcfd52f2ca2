package io.isthmus.ui.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Decision;
import io.isthmus.domain.placement.Exclusion;
import io.isthmus.domain.placement.RuleRefusal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NoPlaceLeftTest {

  private static Exclusion at(String cloud, String... reasons) {
    return new Exclusion(
        new CloudId(cloud),
        Optional.of("one"),
        Optional.empty(),
        Arrays.stream(reasons)
            .map(reason -> RuleRefusal.byRule("rule", Phrase.verbatim(reason)))
            .toList(),
        Optional.empty());
  }

  private static Decision decision(String resource, Exclusion... exclusions) {
    return new Decision(resource, List.of(), List.of(), List.of(exclusions));
  }

  @Test
  void tellsEachPlaceOnceWithEveryReasonOnce() {
    List<Exclusion> places =
        NoPlaceLeft.places(
            List.of(
                decision("web", at("bhs", "full"), at("gra", "far")),
                decision("port", at("bhs", "full", "dark"))));

    assertThat(places).extracting(Exclusion::name).containsExactly("bhs / one", "gra / one");
    assertThat(places.get(0).refusals())
        .extracting(refusal -> refusal.reason().toString())
        .containsExactly("full", "dark");
  }
}
