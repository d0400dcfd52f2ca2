package io.isthmus.ui.element;

import com.vaadin.flow.component.html.NativeTableBody;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Rows of components, for cells that listen or open. */
final class LiveRows<T> implements TableRows<T> {

  private record Shown<T>(T item, NativeTableRow row) {}

  private final NativeTableBody body;
  private final Function<T, ?> key;
  private final List<TableColumn<T>> columns;
  private final Map<Object, Shown<T>> shown = new HashMap<>();

  LiveRows(NativeTableBody body, Function<T, ?> key, List<TableColumn<T>> columns) {
    this.body = body;
    this.key = key;
    this.columns = columns;
  }

  @Override
  public void show(List<T> items) {
    Set<Object> keys = items.stream().map(key).collect(Collectors.toSet());
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
    for (int i = 0; i < items.size(); i++) {
      NativeTableRow row = row(items.get(i));
      if (i >= body.getComponentCount() || body.getComponentAt(i) != row) {
        body.addComponentAtIndex(i, row);
      }
    }
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
    for (TableColumn<T> column : columns) {
      NativeTableCell cell = new NativeTableCell(column.cell().apply(item));
      cell.getElement().setAttribute("role", "cell");
      column.head().getClassNames().forEach(cell::addClassName);
      if (column.name() != null) {
        cell.getElement().setAttribute("data-name", column.name());
      }
      row.add(cell);
    }
  }
}
