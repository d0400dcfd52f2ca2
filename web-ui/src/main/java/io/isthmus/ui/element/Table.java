package io.isthmus.ui.element;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableBody;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.function.SerializableFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A plain table whose rows are kept while what they show stays the same, so that news repaint only
 * what changed and leave focus and selection alone. On a phone its rows fold.
 *
 * @param <T> what a row shows; rows are drawn anew when it is not equal to what it was
 */
public class Table<T> extends Div {

  private static final long serialVersionUID = 1L;

  /** As many rows as most screens show; a new table's others follow once these are drawn. */
  private static final int FIRST = 25;

  private static final String DRAWN =
      "return new Promise(drawn => requestAnimationFrame(() => setTimeout(drawn)))";

  private record Column<T>(
      NativeTableHeaderCell head,
      String header,
      boolean number,
      boolean named,
      SerializableFunction<T, Component> cell) {}

  private record Shown<T>(T item, NativeTableRow row) {}

  private final SerializableFunction<T, ?> key;
  private final List<Column<T>> columns = new ArrayList<>();
  private final NativeTable table = new NativeTable();
  private final NativeTableRow head = new NativeTableRow();
  private final transient Map<Object, Shown<T>> shown = new HashMap<>();
  private transient List<T> wanted = List.of();

  /**
   * @param name what it is called by a screen reader
   * @param key tells rows apart
   */
  public Table(String name, SerializableFunction<T, ?> key) {
    this.key = key;
    addClassName("panel");
    table.addClassNames("table", "folds");
    // Said again, because a table that folds is one no more to some browsers.
    table.getElement().setAttribute("role", "table").setAttribute("aria-label", name);
    head.getElement().setAttribute("role", "row");
    table.getHead().getElement().setAttribute("role", "rowgroup");
    table.getHead().add(head);
    table.getBody().getElement().setAttribute("role", "rowgroup");
    add(table);
  }

  public Table<T> column(String header, SerializableFunction<T, Component> cell) {
    return column(header, false, cell);
  }

  public Table<T> text(String header, SerializableFunction<T, String> cell) {
    return column(header, item -> new Text(cell.apply(item)));
  }

  /** A column of figures, aligned at their end. */
  public Table<T> number(String header, SerializableFunction<T, String> cell) {
    return column(header, true, item -> new Text(cell.apply(item)));
  }

  /** A column; figures are aligned at their end. */
  public Table<T> column(String header, boolean number, SerializableFunction<T, Component> cell) {
    NativeTableHeaderCell headerCell = new NativeTableHeaderCell(header);
    headerCell.getElement().setAttribute("role", "columnheader").setAttribute("scope", "col");
    headerCell.setClassName("number", number);
    head.add(headerCell);
    columns.add(new Column<>(headerCell, header, number, number, cell));
    return this;
  }

  /**
   * Makes the header of the column added last a button.
   *
   * @param sort is run when somebody wants the rows ordered by it
   */
  public Table<T> sortable(Runnable sort) {
    Column<T> column = columns.get(columns.size() - 1);
    NativeButton button = new NativeButton(column.header(), click -> sort.run());
    button.addClassName("sort");
    column.head().removeAll();
    column.head().add(button);
    return this;
  }

  /** Has the cells of the column added last say on a phone, too, of which column they are. */
  public Table<T> named() {
    Column<T> column = columns.get(columns.size() - 1);
    columns.set(
        columns.size() - 1,
        new Column<>(column.head(), column.header(), column.number(), true, column.cell()));
    return this;
  }

  /** Gives the cells of the column added last a class. */
  public Table<T> marked(String cssClass) {
    Column<T> column = columns.get(columns.size() - 1);
    column.head().addClassName(cssClass);
    return this;
  }

  /**
   * Tells by which column the rows are ordered.
   *
   * @param index of the column; none when there is no such
   */
  public void setSorted(int index, boolean descending) {
    for (int i = 0; i < columns.size(); i++) {
      NativeTableHeaderCell headerCell = columns.get(i).head();
      if (i == index) {
        headerCell.getElement().setAttribute("aria-sort", descending ? "descending" : "ascending");
      } else {
        headerCell.getElement().removeAttribute("aria-sort");
      }
    }
  }

  /** Shows these in place of those shown. */
  public void setRows(List<T> items) {
    wanted = items;
    if (!shown.isEmpty() || items.size() <= FIRST) {
      lay(items);
      return;
    }
    lay(items.subList(0, FIRST));
    getElement()
        .executeJs(DRAWN)
        .then(
            drawn -> {
              if (wanted == items) {
                lay(items);
              }
            });
  }

  private void lay(List<T> items) {
    Set<Object> keys = items.stream().map(key::apply).collect(Collectors.toSet());
    shown
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !keys.contains(entry.getKey());
              if (gone) {
                entry.getValue().row().removeFromParent();
              }
              return gone;
            });
    NativeTableBody rows = table.getBody();
    for (int i = 0; i < items.size(); i++) {
      NativeTableRow row = row(items.get(i));
      if (i >= rows.getComponentCount() || rows.getComponentAt(i) != row) {
        rows.addComponentAtIndex(i, row);
      }
    }
  }

  /** Draws every row anew, for what changes with time alone. */
  public void redraw() {
    shown.values().forEach(each -> fill(each.row(), each.item()));
  }

  private NativeTableRow row(T item) {
    Object id = key.apply(item);
    Shown<T> before = shown.get(id);
    if (before != null && Objects.equals(before.item(), item)) {
      return before.row();
    }
    NativeTableRow row = before == null ? new NativeTableRow() : before.row();
    row.getElement().setAttribute("role", "row");
    fill(row, item);
    shown.put(id, new Shown<>(item, row));
    return row;
  }

  private void fill(NativeTableRow row, T item) {
    row.removeAll();
    for (Column<T> column : columns) {
      NativeTableCell cell = new NativeTableCell(column.cell().apply(item));
      cell.getElement().setAttribute("role", "cell");
      column.head().getClassNames().forEach(cell::addClassName);
      if (column.named()) {
        // Folded on a phone, a figure without its name says nothing.
        cell.getElement().setAttribute("data-name", column.header());
      }
      row.add(cell);
    }
  }
}
