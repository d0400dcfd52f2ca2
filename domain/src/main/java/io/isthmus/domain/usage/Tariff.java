package io.isthmus.domain.usage;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.PriceItem;
import io.isthmus.domain.cloud.PriceList;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What things cost during a time: price books and exchange rates, to be asked often. */
final class Tariff {

  private final Map<CloudId, PriceBook> books;
  private final Rates rates;
  private final Map<CloudId, Map<PriceItem, NavigableMap<Instant, Price>>> byItem = new HashMap<>();

  Tariff(Collection<PriceBook> books, Rates rates) {
    this.books = books.stream().collect(Collectors.toMap(PriceBook::cloud, book -> book));
    this.rates = rates;
    for (PriceBook book : books) {
      Map<PriceItem, NavigableMap<Instant, Price>> items = new HashMap<>();
      book.prices()
          .forEach(
              price ->
                  items
                      .computeIfAbsent(price.item(), any -> new TreeMap<>())
                      .put(price.from(), price));
      byItem.put(book.cloud(), items);
    }
  }

  Rates rates() {
    return rates;
  }

  /** All that a cloud asks at a moment. */
  Optional<PriceList> list(CloudId cloud, Instant moment) {
    return Optional.ofNullable(books.get(cloud)).flatMap(book -> book.at(moment));
  }

  /** The price of an item; of a volume type without its own the one of any type. */
  Optional<Price> price(CloudId cloud, PriceItem item, Instant moment) {
    return Optional.ofNullable(prices(cloud, item).floorEntry(moment))
        .map(Map.Entry::getValue)
        .filter(price -> price.holdsAt(moment))
        .or(() -> item.general().flatMap(any -> price(cloud, any, moment)));
  }

  private NavigableMap<Instant, Price> prices(CloudId cloud, PriceItem item) {
    return byItem.getOrDefault(cloud, Map.of()).getOrDefault(item, new TreeMap<>());
  }

  /**
   * When the price of an item changes, or what its currency is worth.
   *
   * @param currency the one to convert to
   * @param from changes before it do not matter
   * @param to changes from it on do not matter
   */
  NavigableSet<Instant> changes(
      CloudId cloud, PriceItem item, Optional<String> currency, Instant from, Instant to) {
    NavigableSet<Instant> changes = new TreeSet<>();
    Set<String> currencies = new TreeSet<>();
    collect(cloud, item, changes, currencies);
    item.general().ifPresent(any -> collect(cloud, any, changes, currencies));
    currency.ifPresent(
        wanted -> currencies.forEach(one -> changes.addAll(rates.changes(one, wanted, from, to))));
    return changes;
  }

  private void collect(
      CloudId cloud, PriceItem item, Set<Instant> changes, Set<String> currencies) {
    for (Price price : prices(cloud, item).values()) {
      changes.add(price.from());
      price.to().ifPresent(changes::add);
      currencies.add(price.currency());
    }
  }
}
