package io.isthmus.ui.cloud;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.ui.element.Table;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A list of what the cloud offers of one kind.
 *
 * @param <T> the kind
 */
abstract class OffersTab<T> extends CloudTab {

  private static final long serialVersionUID = 1L;

  private final transient Function<RegionInventory, Collection<T>> offered;
  private final transient Function<T, String> name;
  private final transient Table<Offer<T>> table;
  private final TextField filter = new TextField();
  private final Span count = new Span();
  private final Div body = new Div();
  private transient List<RegionInventory> regions = List.of();

  /**
   * @param part of the names, to begin with
   * @param filtered is told what part of the names is asked for
   */
  OffersTab(
      String title,
      Function<RegionInventory, Collection<T>> offered,
      Function<T, String> name,
      String part,
      Consumer<String> filtered) {
    this.offered = offered;
    this.name = name;
    this.table = new Table<>(title, offer -> offer);
    filter.setAriaLabel(getTranslation("stacks.filter-name"));
    filter.setPlaceholder(getTranslation("stacks.filter-name"));
    filter.setPrefixComponent(VaadinIcon.SEARCH.create());
    filter.setClearButtonVisible(true);
    filter.setValueChangeMode(ValueChangeMode.LAZY);
    filter.setValue(part);
    filter.addValueChangeListener(
        change -> {
          draw();
          if (change.isFromClient()) {
            filtered.accept(change.getValue().strip());
          }
        });
    count.addClassName("count");
    count.getElement().setAttribute("role", "status");
    Div bar = new Div(filter, count);
    bar.addClassName("filter-bar");
    add(bar, body);
  }

  /** To add columns to. */
  final Table<Offer<T>> table() {
    return table;
  }

  /** Shows only what has this in its name. */
  final void ask(String part) {
    if (!filter.getValue().strip().equals(part)) {
      filter.setValue(part);
    }
  }

  @Override
  final void show(CloudState state) {
    if (!state.regions().equals(regions) || body.getComponentCount() == 0) {
      regions = state.regions();
      draw();
    }
  }

  private void draw() {
    body.removeAll();
    if (regions.isEmpty()) {
      body.add(new NothingRead());
      return;
    }
    String part = filter.getValue().strip().toLowerCase(Locale.ROOT);
    List<Offer<T>> wanted =
        Offer.of(regions, offered).stream()
            .filter(offer -> name.apply(offer.what()).toLowerCase(Locale.ROOT).contains(part))
            .sorted(Comparator.comparing(offer -> name.apply(offer.what())))
            .toList();
    count.setText(getTranslation("offers.count", wanted.size()));
    table.setRows(wanted);
    body.add(wanted.isEmpty() ? new Paragraph(getTranslation("offers.none")) : table);
  }

  /** Where something is offered. */
  static String regions(Offer<?> offer) {
    return String.join(", ", offer.regions());
  }
}
