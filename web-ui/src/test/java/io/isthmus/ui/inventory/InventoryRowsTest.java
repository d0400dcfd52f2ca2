package io.isthmus.ui.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Mirrored;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.mirror.MirrorItem;
import io.isthmus.domain.mirror.MirrorKind;
import io.isthmus.domain.mirror.MirrorPage;
import io.isthmus.domain.mirror.MirrorQuery;
import io.isthmus.domain.mirror.MirroredItem;
import io.isthmus.ui.list.ListSlice;
import io.isthmus.ui.list.ListState;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InventoryRowsTest {

  private static final int ALL = 1_234;

  private final List<Integer> asked = new ArrayList<>();
  private final InventoryRows rows =
      new InventoryRows(state -> MirrorQuery.all(MirrorKind.SERVER), this::page, query -> ALL);

  private MirrorPage page(MirrorQuery query, Optional<String> cursor, int limit) {
    int from = cursor.map(Integer::parseInt).orElse(0);
    int end = Math.min(ALL, from + limit);
    asked.add(from);
    return new MirrorPage(
        IntStream.range(from, end).mapToObj(InventoryRowsTest::item).toList(),
        end < ALL ? Optional.of(Integer.toString(end)) : Optional.empty(),
        OptionalLong.empty(),
        List.of());
  }

  private static MirroredItem item(int number) {
    return new MirroredItem(
        new CloudId("gra"),
        "R-1",
        MirrorKind.SERVER,
        Mirrored.WHOLE,
        Optional.empty(),
        new MirrorItem(
            Integer.toString(number),
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            JsonValue.EMPTY_JSON_OBJECT),
        Optional.empty());
  }

  private ListSlice<MirroredItem> fetch(long skip, int limit) {
    return rows.fetch(new ListState(Map.of()), skip, limit);
  }

  @Test
  void aPageThatFollowsAnotherIsFoundWithoutWhatIsBefore() {
    fetch(0, 50);
    asked.clear();
    assertThat(fetch(50, 50).rows().get(0).item().id()).isEqualTo("50");
    assertThat(asked).containsExactly(50);
  }

  @Test
  void rowsAreShownThoughCountingThemTakesTooLong() {
    InventoryRows slow =
        new InventoryRows(
            state -> MirrorQuery.all(MirrorKind.SERVER),
            this::page,
            query -> {
              throw new FederationFault(FaultCode.SEARCH_TOO_WIDE, Phrase.of("search.too-wide", 5));
            });
    ListSlice<MirroredItem> first = slow.fetch(new ListState(Map.of()), 0, 50);
    assertThat(first.rows()).hasSize(50);
    assertThat(first.andMore()).isTrue();
  }

  @Test
  void aPageFarBehindIsReachedAndTheLastOneTellsHowManyThereAre() {
    ListSlice<MirroredItem> last = fetch(1_200, 50);
    assertThat(last.rows()).hasSize(34);
    assertThat(last.rows().get(0).item().id()).isEqualTo("1200");
    assertThat(last.total()).isEqualTo(ALL);
    assertThat(last.andMore()).isFalse();
    assertThat(fetch(0, 50).total()).isEqualTo(1_000);
    assertThat(fetch(0, 50).andMore()).as("more than are counted").isTrue();
    assertThat(fetch(1_100, 50).total()).isEqualTo(1_150);
    assertThat(fetch(5_000, 50).rows()).isEmpty();
  }
}
