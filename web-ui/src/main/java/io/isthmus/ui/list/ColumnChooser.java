package io.isthmus.ui.list;

import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Which columns are shown. The first one always is: it says what a row is. */
class ColumnChooser extends MenuBar {

  private static final long serialVersionUID = 1L;

  private final Map<String, MenuItem> items = new LinkedHashMap<>();

  /**
   * @param chosen is told the columns that a reader wants; empty for the list's own choice
   */
  ColumnChooser(List<? extends ListColumn<?>> columns, Consumer<Optional<List<String>>> chosen) {
    addThemeVariants(MenuBarVariant.LUMO_TERTIARY, MenuBarVariant.LUMO_SMALL);
    MenuItem menu = addItem(getTranslation("list.columns"));
    for (ListColumn<?> column : columns.subList(1, columns.size())) {
      MenuItem item =
          menu.getSubMenu()
              .addItem(
                  column.header(),
                  click -> {
                    List<String> shown = new ArrayList<>(List.of(columns.get(0).id()));
                    items.forEach(
                        (id, each) -> {
                          if (each.isChecked()) {
                            shown.add(id);
                          }
                        });
                    chosen.accept(
                        shown.equals(usual(columns)) ? Optional.empty() : Optional.of(shown));
                  });
      item.setCheckable(true);
      item.setKeepOpen(true);
      items.put(column.id(), item);
    }
  }

  void show(List<String> shown) {
    items.forEach((id, item) -> item.setChecked(shown.contains(id)));
  }

  /** The columns to show, in their own order; what is no column is ignored. */
  static List<String> shown(List<? extends ListColumn<?>> columns, Optional<List<String>> asked) {
    List<String> wanted = asked.orElseGet(() -> usual(columns));
    List<String> shown = new ArrayList<>();
    for (ListColumn<?> column : columns) {
      if (shown.isEmpty() || wanted.contains(column.id())) {
        shown.add(column.id());
      }
    }
    return shown;
  }

  private static List<String> usual(List<? extends ListColumn<?>> columns) {
    List<String> usual = new ArrayList<>();
    for (ListColumn<?> column : columns) {
      if (!column.optional()) {
        usual.add(column.id());
      }
    }
    return usual;
  }
}
