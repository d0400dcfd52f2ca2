package io.isthmus.ui.cloud;

import com.vaadin.flow.component.html.Div;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.ui.element.Copyable;
import io.isthmus.ui.element.NaturalOrder;
import io.isthmus.ui.list.ListColumn;
import io.isthmus.ui.list.ListPanel;
import io.isthmus.ui.list.ListSource;
import io.isthmus.ui.list.ListState;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A list of what the cloud offers of one kind.
 *
 * @param <T> the kind
 */
abstract class OffersTab<T> extends ListTab<Offer<T>> {

  private static final long serialVersionUID = 1L;

  private final transient ListPanel<Offer<T>> list;
  private final Div body = new Div();
  private transient List<RegionInventory> regions = List.of();

  /**
   * @param name of one of the kind
   * @param asked what to show first
   * @param address of the tab
   */
  OffersTab(
      String title,
      Function<RegionInventory, Collection<T>> offered,
      Function<T, String> name,
      ListState asked,
      Supplier<String> address) {
    super(asked);
    Comparator<Offer<T>> byName =
        Comparator.comparing(offer -> name.apply(offer.what()), NaturalOrder.OF_NAMES);
    this.list =
        new ListPanel<>(
            title,
            offer -> offer,
            ListSource.of(
                () -> Offer.of(regions, offered).stream().sorted(byName).toList(),
                (now, offer) ->
                    name.apply(offer.what())
                        .toLowerCase(Locale.ROOT)
                        .contains(now.text().toLowerCase(Locale.ROOT)),
                orders(byName)),
            address);
    list.search(getTranslation("stacks.filter-name"));
    columns().forEach(list::column);
    list.column(ListColumn.text("regions", getTranslation("offer.regions"), OffersTab::regions));
    add(body);
  }

  /** What is shown of one, before the regions that offer it. */
  abstract List<ListColumn<Offer<T>>> columns();

  /** By what else than the name they can be ordered. */
  Map<String, Comparator<Offer<T>>> orders() {
    return Map.of();
  }

  private Map<String, Comparator<Offer<T>>> orders(Comparator<Offer<T>> byName) {
    Map<String, Comparator<Offer<T>>> all = new HashMap<>(orders());
    all.put("name", byName);
    return all;
  }

  @Override
  final ListPanel<Offer<T>> list() {
    return list;
  }

  @Override
  final void show(CloudState state) {
    if (!state.regions().equals(regions) || body.getComponentCount() == 0) {
      regions = state.regions();
      body.removeAll();
      if (regions.isEmpty()) {
        body.add(new NothingRead());
      } else {
        fill();
        body.add(list);
      }
    }
  }

  /** Where something is offered. */
  private static String regions(Offer<?> offer) {
    return String.join(", ", offer.regions());
  }

  /** The id in the cloud, to be copied. */
  ListColumn<Offer<T>> id(Function<T, String> id) {
    return ListColumn.of(
        "id",
        getTranslation("offer.id"),
        offer -> new Copyable(id.apply(offer.what())),
        offer -> id.apply(offer.what()));
  }
}
