package io.isthmus.ui.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.drift.DriftReport;
import io.isthmus.domain.drift.Drifted;
import io.isthmus.domain.drift.PartDrift;
import io.isthmus.domain.drift.PropertyDrift;
import io.isthmus.domain.drift.Untold;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.DriftChoice;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DriftTabTest {

  private static final Instant EARLY = Instant.parse("2026-11-27T10:00:00Z");
  private static final Instant LATE = Instant.parse("2026-11-27T11:00:00Z");

  private static PartDrift part(
      String name, boolean vanished, Optional<Untold> untold, Drifted... drifted) {
    return new PartDrift(
        new PartId(name, new CloudId("gra"), "GRA-1"),
        "OS::Nova::Server",
        vanished,
        List.of(drifted),
        untold,
        Set.of(),
        Optional.of(EARLY));
  }

  @Test
  void showsWhatVanishedFirstThenEachPropertyAndNothingOfWhatIsNotKnown() {
    DriftReport report =
        new DriftReport(
            DriftChoice.REPORT,
            List.of(
                part(
                    "a",
                    false,
                    Optional.empty(),
                    new Drifted(PropertyDrift.changed("flavor", "small", "large"), LATE),
                    new Drifted(PropertyDrift.changed("name", "a", "b"), EARLY)),
                part("b", false, Optional.of(Untold.NAMES_ONLY)),
                part("c", true, Optional.empty())),
            3,
            List.of(),
            Optional.of(LATE));

    List<DriftTab.Row> rows = DriftTab.rows(report);

    assertThat(rows).extracting(row -> row.part().id().resource()).containsExactly("c", "a", "a");
    assertThat(rows).extracting(DriftTab.Row::key).doesNotHaveDuplicates();
    assertThat(rows)
        .extracting(DriftTab.Row::since)
        .containsExactly(Optional.of(EARLY), Optional.of(LATE), Optional.of(EARLY));
  }
}
