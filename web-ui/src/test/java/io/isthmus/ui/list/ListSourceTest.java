package io.isthmus.ui.list;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.router.QueryParameters;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rows that are at hand are searched, ordered and paged as those of a store are. */
class ListSourceTest {

  private record Row(String name, int size) {}

  private final ListSource<Row> source =
      ListSource.of(
          () -> List.of(new Row("b", 2), new Row("a", 2), new Row("c", 1)),
          (asked, row) -> row.name().contains(asked.text()) || asked.text().equals("all"),
          Map.of("size", Comparator.comparing(Row::size)));

  private List<String> names(String query, long skip, int limit) {
    return source
        .fetch(ListState.of(QueryParameters.fromString(query)), skip, limit)
        .rows()
        .stream()
        .map(Row::name)
        .toList();
  }

  @Test
  void keepsItsOwnOrderWhereNoneIsAskedForOrAllAreEqual() {
    assertThat(names("", 0, 10)).containsExactly("b", "a", "c");
    assertThat(names("sort=size", 0, 10)).containsExactly("c", "b", "a");
    assertThat(names("sort=size:desc", 0, 10)).containsExactly("b", "a", "c");
    assertThat(names("sort=colour", 0, 10)).containsExactly("b", "a", "c");
  }

  @Test
  void countsWhatIsWantedWhateverThePage() {
    ListState all = ListState.of(QueryParameters.fromString("q=all"));

    assertThat(source.fetch(all, 2, 2)).isEqualTo(new ListSlice<>(List.of(new Row("c", 1)), 3));
    assertThat(source.fetch(all, 9, 2)).isEqualTo(new ListSlice<>(List.of(), 3));
    assertThat(names("q=a", 0, 10)).containsExactly("a");
  }

  @Test
  void showsTheFirstColumnAlwaysAndTheOthersAsAsked() {
    List<ListColumn<Row>> columns =
        List.of(
            ListColumn.text("name", "Name", Row::name),
            ListColumn.text("size", "Size", row -> "" + row.size()),
            ListColumn.<Row>text("id", "Id", Row::name).whenChosen());

    assertThat(ColumnChooser.shown(columns, Optional.empty())).containsExactly("name", "size");
    assertThat(ColumnChooser.shown(columns, Optional.of(List.of("id", "nonsense"))))
        .containsExactly("name", "id");
  }
}
