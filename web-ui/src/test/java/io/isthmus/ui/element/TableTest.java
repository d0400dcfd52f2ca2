package io.isthmus.ui.element;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import io.isthmus.ui.widget.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TableTest {
  private record Stack(String name, String status) {}

  private final UI ui = new UI();
  private final List<String> done = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final Table<Stack> table =
      new Table<>("Stacks", Stack::name) {
        private static final long serialVersionUID = 1L;

        @Override
        public void draw(List<Row> rows) {
          told.add(rows.stream().map(TableTest::text).collect(Collectors.joining("; ")));
        }
      }.text("Name", Stack::name)
          .text("Status", Stack::status)
          .text("Age", stack -> "1 min")
          .actions(
              "Actions",
              List.of(
                  RowAction.<Stack>of("Delete", Stack::name, stack -> done.add(stack.name()))
                      .when(stack -> !stack.status().equals("DELETED"))));

  @Test
  void rows_are_told_once_the_browser_is_there() {
    table.setRows(List.of(new Stack("web", "CREATED")));
    assertThat(told()).isEmpty();

    ui.add(table);

    assertThat(told())
        .singleElement()
        .asString()
        .contains(": web | CREATED | 1 min | <div")
        .contains("data-act=\"0\"");
  }

  @Test
  void of_news_only_what_changed_is_told() {
    ui.add(table);
    table.setRows(List.of(new Stack("web", "CREATING"), new Stack("db", "CREATED")));
    told();

    table.setRows(List.of(new Stack("web", "CREATED"), new Stack("db", "CREATED")));
    assertThat(told()).containsExactly("1: = | CREATED | = | =; 2: ");
  }

  @Test
  void nothing_is_told_when_nothing_changed() {
    ui.add(table);
    table.setRows(List.of(new Stack("web", "CREATED")));
    told();

    table.setRows(List.of(new Stack("web", "CREATED")));

    assertThat(told()).isEmpty();
  }

  @Test
  void rows_come_go_and_move_as_they_are() {
    ui.add(table);
    table.setRows(List.of(new Stack("a", "CREATED"), new Stack("b", "CREATED")));
    told();

    table.setRows(List.of(new Stack("b", "CREATED"), new Stack("a", "CREATED")));
    assertThat(told()).containsExactly("2: ; 1: ");

    table.setRows(List.of());
    assertThat(told()).containsExactly("");
  }

  @Test
  void a_table_that_was_away_is_told_whole() {
    ui.add(table);
    table.setRows(List.of(new Stack("web", "CREATING")));
    told();
    ui.remove(table);
    table.setRows(List.of(new Stack("web", "CREATED")));

    ui.add(table);

    assertThat(told()).singleElement().asString().contains("web | CREATED | 1 min | <div");
  }

  @Test
  void an_act_is_done_to_its_row_if_it_is_offered_there() {
    ui.add(table);
    table.setRows(List.of(new Stack("web", "CREATED"), new Stack("old", "DELETED")));

    act(1, 0);
    act(2, 0);
    act(1, 7);
    act(1, -1);
    act(9, 0);

    assertThat(done).containsExactly("web");
  }

  @Test
  void ticked_rows_are_told_as_what_they_show() {
    List<List<Stack>> ticked = new ArrayList<>();
    Table<Stack> boxed =
        new Table<Stack>("Stacks", Stack::name)
            .picks("All", stack -> "Select " + stack.name(), ticked::add)
            .text("Name", Stack::name);
    Stack web = new Stack("web", "CREATED");
    Stack db = new Stack("db", "CREATED");
    boxed.setRows(List.of(web, db));

    ComponentUtil.fireEvent(boxed, new Rows.Pick(boxed, true, "2 1"));
    ComponentUtil.fireEvent(boxed, new Rows.Pick(boxed, true, "2 9 -1 x 99999999999"));
    ComponentUtil.fireEvent(boxed, new Rows.Pick(boxed, true, ""));

    assertThat(ticked).containsExactly(List.of(web, db), List.of(db), List.of());
  }

  private void act(int row, int act) {
    ComponentUtil.fireEvent(table, new Rows.Act(table, true, row, act));
  }

  /** What the browser was told since this was asked last. */
  private List<String> told() {
    List<String> before = List.copyOf(told);
    told.clear();
    return before;
  }

  private static String text(Rows.Row row) {
    return row.id()
        + ": "
        + row.cells().stream().map(cell -> cell.orElse("=")).collect(Collectors.joining(" | "));
  }
}
