package io.isthmus.ui.cloud;

import com.vaadin.flow.component.html.Div;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.ui.element.Copyable;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.NaturalOrder;
import io.isthmus.ui.list.FilterSelect;
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
import java.util.stream.Stream;

/**
 * A list of what the cloud offers of one kind.
 *
 * @param <T> the kind
 */
abstract class OffersTab<T> extends ListTab<Offer<T>> {

  private static final long serialVersionUID = 1L;

  private static final String NAME = "name";
  private static final String ID = "id";
  private static final String REGION = "region";
  private static final String REGIONS = "regions";

  private final transient Function<T, String> id;
  private final transient ListPanel<Offer<T>> list;
  private final FilterSelect<String> region =
      new FilterSelect<>(getTranslation("offer.region"), List.of(), name -> name);
  private final Div body = new Div();
  private transient List<RegionInventory> regions = List.of();

  /**
   * @param kind in keys of messages
   * @param name of one of the kind
   * @param id of one of the kind in the cloud
   * @param asked what to show first
   * @param address of the tab
   */
  OffersTab(
      String title,
      String kind,
      Function<RegionInventory, Collection<T>> offered,
      Function<T, String> name,
      Function<T, String> id,
      ListState asked,
      Supplier<String> address) {
    super(asked);
    this.id = id;
    Comparator<Offer<T>> byName =
        Comparator.comparing(offer -> name.apply(offer.what()), NaturalOrder.OF_NAMES);
    this.list =
        new ListPanel<>(
            title,
            offer -> offer,
            ListSource.of(
                () -> Offer.of(regions, offered).stream().sorted(byName).toList(),
                (now, offer) ->
                    isIn(now, offer)
                        && Stream.of(name.apply(offer.what()), id.apply(offer.what()))
                            .anyMatch(word -> isFound(now.text(), word)),
                orders(byName)),
            address);
    list.search(getTranslation("offer.filter"))
        .filter(REGION, region, region::find)
        .whenEmpty(
            () ->
                new EmptyState(
                    getTranslation(kind + ".none"), getTranslation(kind + ".none-words")));
    columns().forEach(list::column);
    list.column(idColumn())
        .column(
            ListColumn.<Offer<T>>text(REGIONS, getTranslation("offer.regions"), OffersTab::regions)
                .sorts());
    add(body);
  }

  private boolean isIn(ListState now, Offer<T> offer) {
    return now.value(REGION).map(region::find).map(offer.regions()::contains).orElse(true);
  }

  private static boolean isFound(String text, String word) {
    return word.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
  }

  /** What is shown of one, before its id and the regions that offer it. */
  abstract List<ListColumn<Offer<T>>> columns();

  /** By what else than the name, the id and the regions they can be ordered. */
  Map<String, Comparator<Offer<T>>> orders() {
    return Map.of();
  }

  private Map<String, Comparator<Offer<T>>> orders(Comparator<Offer<T>> byName) {
    Map<String, Comparator<Offer<T>>> all = new HashMap<>(orders());
    all.put(NAME, byName);
    all.put(ID, Comparator.comparing(offer -> id.apply(offer.what()), NaturalOrder.OF_NAMES));
    all.put(REGIONS, Comparator.comparing(OffersTab::regions));
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
      region.offer(regions.stream().map(RegionInventory::region).toList());
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
  private ListColumn<Offer<T>> idColumn() {
    return ListColumn.<Offer<T>>of(
            ID,
            getTranslation("offer.id"),
            offer -> new Copyable(id.apply(offer.what())),
            offer -> id.apply(offer.what()))
        .sorts();
  }
}
