package io.isthmus.ui.element;

import io.isthmus.ui.widget.Rows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Rows that the browser draws from markup. Of what it has, only what each row shows and a digest of
 * each cell are kept, so that news are told cell by cell.
 */
final class DrawnRows<T> implements TableRows<T> {

  private record Shown<T>(int id, T item, List<Long> digests) {}

  private final Rows target;
  private final Function<T, ?> key;
  private final List<TableColumn<T>> columns;
  private Map<Object, Shown<T>> shown = new LinkedHashMap<>();
  private int lastId;

  DrawnRows(Rows target, Function<T, ?> key, List<TableColumn<T>> columns) {
    this.target = target;
    this.key = key;
    this.columns = columns;
    target.addAttachListener(attached -> drawAll());
  }

  /** The items whose rows have these ids, in the table's order. */
  List<T> find(Set<Integer> ids) {
    return shown.values().stream()
        .filter(each -> ids.contains(each.id()))
        .map(Shown::item)
        .toList();
  }

  /** The item whose row has this id. */
  Optional<T> find(int id) {
    return shown.values().stream().filter(each -> each.id() == id).map(Shown::item).findFirst();
  }

  /** A browser that is told for the first time, or again after a while, has nothing. */
  private void drawAll() {
    List<T> items = shown.values().stream().map(Shown::item).toList();
    shown = new LinkedHashMap<>();
    show(items);
  }

  @Override
  public void show(List<T> items) {
    Map<Object, Shown<T>> now = new LinkedHashMap<>();
    List<Rows.Row> rows = new ArrayList<>();
    for (T item : items) {
      Object itemKey = key.apply(item);
      Shown<T> before = shown.get(itemKey);
      if (!target.isAttached() || before != null && before.item().equals(item)) {
        Shown<T> same = before == null ? new Shown<>(++lastId, item, List.of()) : before;
        now.put(itemKey, new Shown<>(same.id(), item, same.digests()));
        rows.add(new Rows.Row(same.id(), List.of()));
      } else {
        List<Long> digests = new ArrayList<>();
        Shown<T> drawn = new Shown<>(before == null ? ++lastId : before.id(), item, digests);
        now.put(itemKey, drawn);
        rows.add(row(drawn, before == null ? List.of() : before.digests()));
      }
    }
    boolean moved = !List.copyOf(now.keySet()).equals(List.copyOf(shown.keySet()));
    shown = now;
    if (target.isAttached() && (moved || rows.stream().anyMatch(row -> !row.cells().isEmpty()))) {
      target.draw(rows);
    }
  }

  private Rows.Row row(Shown<T> drawn, List<Long> before) {
    List<Optional<String>> cells = new ArrayList<>();
    for (TableColumn<T> column : columns) {
      String markup = Markup.of(column.cell().apply(drawn.item()));
      Long digest = (long) markup.length() << Integer.SIZE | markup.hashCode() & 0xffffffffL;
      int index = drawn.digests().size();
      drawn.digests().add(digest);
      boolean same = index < before.size() && before.get(index).equals(digest);
      cells.add(same ? Optional.empty() : Optional.of(markup));
    }
    return new Rows.Row(drawn.id(), cells.stream().allMatch(Optional::isEmpty) ? List.of() : cells);
  }
}
