package io.isthmus.domain.usage;

import io.isthmus.domain.audit.AuditSubject;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.PriceItem;
import io.isthmus.domain.cloud.PriceList;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one cloud asks and has asked. An item has at most one price at a moment, and all prices of a
 * moment are in one currency.
 *
 * @param prices by item, then by time
 * @param version 0 when there never was one
 */
public record PriceBook(
    CloudId cloud,
    List<Price> prices,
    long version,
    Optional<Instant> changedAt,
    Optional<String> changedBy)
    implements AuditSubject {

  /** Most prices in one book. */
  public static final int MOST = 10_000;

  public PriceBook {
    prices = prices.stream().sorted(Price.ORDER).toList();
  }

  /** One that was never written. */
  static PriceBook empty(CloudId cloud) {
    return new PriceBook(cloud, List.of(), 0, Optional.empty(), Optional.empty());
  }

  @Override
  public String auditId() {
    return cloud.text();
  }

  /** What it asks at a moment; empty when no price is known. */
  public Optional<PriceList> at(Instant moment) {
    Map<PriceItem, BigDecimal> listed = new LinkedHashMap<>();
    String currency = "";
    for (Price price : prices) {
      if (price.holdsAt(moment)) {
        listed.put(price.item(), price.amount());
        currency = price.currency();
      }
    }
    return listed.isEmpty() ? Optional.empty() : Optional.of(new PriceList(currency, listed));
  }

  /** Its prices with one more, which ends what is asked for the same until then. */
  public List<Price> with(Price added) {
    List<Price> changed = new ArrayList<>();
    for (Price price : prices) {
      boolean replaced = price.item().equals(added.item()) && price.overlaps(added);
      if (!replaced) {
        changed.add(price);
      } else if (price.from().isBefore(added.from())) {
        changed.add(price.until(added.from()));
      }
    }
    changed.add(added);
    changed.sort(Price.ORDER);
    return changed;
  }

  /**
   * What is asked from a moment on as a list tells it; what it does not tell stays, and so does
   * what is to come: what the list tells ends where that begins.
   */
  List<Price> declaring(PriceList list, Instant moment) {
    PriceBook book = this;
    if (at(moment).map(now -> !now.currency().equals(list.currency())).orElse(false)) {
      book =
          with(
              prices.stream()
                  .map(price -> price.holdsAt(moment) ? price.until(moment) : price)
                  .filter(price -> price.to().map(end -> end.isAfter(price.from())).orElse(true))
                  .toList());
    }
    Optional<PriceList> now = book.at(moment);
    for (Map.Entry<PriceItem, BigDecimal> told : list.prices().entrySet()) {
      boolean known =
          now.map(prices -> prices.prices().get(told.getKey()))
              .map(amount -> amount.compareTo(told.getValue()) == 0)
              .orElse(false);
      if (!known) {
        Optional<Instant> end =
            book.prices().stream()
                .filter(price -> price.from().isAfter(moment))
                .filter(
                    price ->
                        price.item().equals(told.getKey())
                            || !price.currency().equals(list.currency()))
                .map(Price::from)
                .min(Comparator.naturalOrder());
        book =
            with(
                book.with(new Price(told.getKey(), told.getValue(), list.currency(), moment, end)));
      }
    }
    return book.prices();
  }

  private PriceBook with(List<Price> others) {
    return new PriceBook(cloud, others, version, changedAt, changedBy);
  }

  boolean holds(List<Price> others) {
    List<Price> sorted = others.stream().sorted(Price.ORDER).toList();
    if (sorted.size() != prices.size()) {
      return false;
    }
    for (int i = 0; i < sorted.size(); i++) {
      if (!sorted.get(i).isSame(prices.get(i))) {
        return false;
      }
    }
    return true;
  }
}
