package io.isthmus.ui.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Decision;
import io.isthmus.domain.placement.Exclusion;
import io.isthmus.domain.placement.Hindrance;
import io.isthmus.domain.placement.RuleRefusal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnplacedPartsTest {

  private static Decision refused(String resource, Hindrance hindrance) {
    return new Decision(
        resource,
        List.of(),
        List.of(Phrase.of("plan.none")),
        List.of(
            new Exclusion(
                new CloudId("gra"),
                Optional.of("GRA-1"),
                Optional.empty(),
                List.of(RuleRefusal.of(hindrance, Phrase.of("quota.full", "GRA-1"))),
                Optional.empty())));
  }

  @Test
  void whatIsRefusedForTheSameReasonsIsToldOnce() {
    assertThat(
            UnplacedParts.grouped(
                    List.of(
                        refused("web/0", Hindrance.QUOTA),
                        refused("db", Hindrance.IMAGE),
                        refused("web/1", Hindrance.QUOTA)))
                .values())
        .containsExactly(List.of("web/0", "web/1"), List.of("db"));
  }
}
