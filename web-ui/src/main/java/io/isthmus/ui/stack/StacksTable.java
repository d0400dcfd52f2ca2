package io.isthmus.ui.stack;

import com.vaadin.flow.component.html.Div;
import io.isthmus.domain.stack.StackView;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.Table;
import java.util.List;

/** A few stacks, one a row, in the order given. */
public class StacksTable extends Div {

  private static final long serialVersionUID = 1L;

  private final transient Table<StackView> table;
  private transient Clouds clouds = new Clouds(List.of());

  /**
   * @param name what it is called by a screen reader
   */
  public StacksTable(String name) {
    table = new Table<>(name, StackView::id);
    new StackColumns(() -> clouds, key -> getTranslation(key))
        .columns().stream()
            .filter(column -> !column.optional())
            .forEach(column -> table.column(column.header(), column.cell()));
    add(table);
  }

  public void show(List<StackView> stacks, Clouds known) {
    clouds = known;
    table.setRows(stacks);
  }
}
