package io.isthmus.domain.usage;

import io.isthmus.domain.cloud.PriceItem;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * What a cloud asks for something during a time.
 *
 * @param amount for one unit, without taxes; 0 to {@link #MOST}, at most {@link #DECIMALS} decimals
 * @param currency ISO 4217 code
 * @param from first moment at which it holds
 * @param to first moment at which it does not hold any more; empty until further notice
 */
public record Price(
    PriceItem item, BigDecimal amount, String currency, Instant from, Optional<Instant> to) {

  /** Above it a number is a mistake. */
  public static final BigDecimal MOST = new BigDecimal("1000000000");

  public static final int DECIMALS = 9;

  static final Comparator<Price> ORDER =
      Comparator.comparing(Price::item).thenComparing(Price::from);

  boolean holdsAt(Instant moment) {
    return !moment.isBefore(from) && to.map(moment::isBefore).orElse(true);
  }

  boolean overlaps(Price other) {
    return to.map(end -> other.from.isBefore(end)).orElse(true)
        && other.to.map(from::isBefore).orElse(true);
  }

  Price until(Instant end) {
    return new Price(item, amount, currency, from, Optional.of(end));
  }

  /** With 0.1 and 0.10 as one. */
  boolean isSame(Price other) {
    return item.equals(other.item)
        && amount.compareTo(other.amount) == 0
        && currency.equals(other.currency)
        && from.equals(other.from)
        && to.equals(other.to);
  }
}
