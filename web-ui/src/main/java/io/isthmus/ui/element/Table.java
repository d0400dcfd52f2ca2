package io.isthmus.ui.element;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlComponent;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import io.isthmus.ui.widget.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A plain table whose rows are kept while what they show stays the same, so that news repaint only
 * what changed and leave focus and selection alone. On a phone its rows fold.
 *
 * @param <T> what a row shows; rows are drawn anew when it is not equal to what it was
 */
public class Table<T> extends Rows {

  private static final long serialVersionUID = 1L;

  private static final String ACTIONS = "row-actions";
  private static final String PICK = "pick";

  private final transient List<TableColumn<T>> columns = new ArrayList<>();
  private final NativeTable table = new NativeTable();
  private final NativeTableRow head = new NativeTableRow();
  private final transient Function<T, ?> key;
  private transient List<RowAction<T>> actions = List.of();
  private transient TableRows<T> rows;
  private transient Consumer<List<T>> picked = items -> {};

  /**
   * A table whose cells are looked at; nothing in them listens but a row's actions.
   *
   * @param name what it is called by a screen reader
   * @param key tells rows apart
   */
  public Table(String name, Function<T, ?> key) {
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
    DrawnRows<T> drawn = new DrawnRows<>(this, key, columns);
    rows = drawn;
    addPickListener(pick -> picked.accept(drawn.find(pick.rows())));
    addActListener(act -> drawn.find(act.row()).ifPresent(item -> act(act.act(), item)));
  }

  /** Has cells that are used, not only looked at: they listen, at the price of their components. */
  public Table<T> live() {
    rows = new LiveRows<>(table.getBody(), key, columns);
    return this;
  }

  /**
   * The first column: boxes to tick several rows.
   *
   * @param all what the box of all rows is called
   * @param one what a row's box is called
   * @param told which are ticked now, whenever that changes
   */
  public Table<T> picks(String all, Function<T, String> one, Consumer<List<T>> told) {
    picked = told;
    column("", item -> box(one.apply(item))).marked(PICK);
    last().head().add(box(all));
    return this;
  }

  private static Component box(String name) {
    HtmlComponent box = new HtmlComponent("input");
    box.getElement().setAttribute("type", "checkbox").setAttribute("aria-label", name);
    return box;
  }

  public Table<T> column(String header, Function<T, Component> cell) {
    return column(header, false, cell);
  }

  public Table<T> text(String header, Function<T, String> cell) {
    return column(header, item -> new Text(cell.apply(item)));
  }

  /** A column of figures, aligned at their end. */
  public Table<T> number(String header, Function<T, String> cell) {
    return column(header, true, item -> new Text(cell.apply(item)));
  }

  /** A column; figures are aligned at their end. */
  public Table<T> column(String header, boolean number, Function<T, Component> cell) {
    NativeTableHeaderCell headerCell = new NativeTableHeaderCell(header);
    headerCell.getElement().setAttribute("role", "columnheader").setAttribute("scope", "col");
    headerCell.setClassName("number", number);
    head.add(headerCell);
    columns.add(new TableColumn<>(headerCell, header, cell));
    // Folded on a phone, a figure without its name says nothing.
    return number ? named() : this;
  }

  /** The last column: what can be done to a row. */
  public Table<T> actions(String header, List<RowAction<T>> offered) {
    actions = List.copyOf(offered);
    return column(header, this::actions).marked(ACTIONS);
  }

  private Component actions(T item) {
    Div row = new Div();
    row.addClassName("row");
    for (int i = 0; i < actions.size(); i++) {
      if (actions.get(i).offered().test(item)) {
        Component shown = actions.get(i).shown().apply(item);
        shown.getElement().setAttribute("data-act", Integer.toString(i));
        row.add(shown);
      }
    }
    return row;
  }

  private void act(int index, T item) {
    if (index >= 0 && index < actions.size() && actions.get(index).offered().test(item)) {
      actions.get(index).act().accept(item);
    }
  }

  /**
   * Makes the header of the column added last a button.
   *
   * @param sort is run when somebody wants the rows ordered by it
   */
  public Table<T> sortable(Runnable sort) {
    TableColumn<T> column = last();
    NativeButton button = new NativeButton(column.header(), click -> sort.run());
    button.addClassName("sort");
    column.head().removeAll();
    column.head().add(button);
    return this;
  }

  /** Has the cells of the column added last say on a phone, too, of which column they are. */
  public Table<T> named() {
    last().nameCells();
    return this;
  }

  /** Gives the cells of the column added last a class. */
  public Table<T> marked(String cssClass) {
    last().head().addClassName(cssClass);
    return this;
  }

  private TableColumn<T> last() {
    return columns.get(columns.size() - 1);
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
    rows.show(items);
  }
}
