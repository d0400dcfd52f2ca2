package io.isthmus.ui.element;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import java.util.function.Function;

/** A column of a table: its head, and what it shows of a row. */
record TableColumn<T>(NativeTableHeaderCell head, String header, Function<T, Component> cell) {

  private static final String NAME = "data-name";

  /** Has the cells say, too, of which column they are, where rows fold. */
  void nameCells() {
    head.getElement().setAttribute(NAME, header);
  }

  /** What the cells say of their column; null for nothing. */
  String name() {
    return head.getElement().getAttribute(NAME);
  }
}
