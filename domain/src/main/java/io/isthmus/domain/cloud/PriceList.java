package io.isthmus.domain.cloud;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.Optional;

/**
 * What a cloud asks at one moment for what it gives; what is not listed is not known, which is not
 * the same as free.
 *
 * @param currency ISO 4217 code
 * @param prices by item, without taxes
 */
public record PriceList(String currency, Map<PriceItem, BigDecimal> prices) {

  private static final BigDecimal MONTH_HOURS = BigDecimal.valueOf(PriceItem.MONTH_HOURS);

  public PriceList {
    prices = Map.copyOf(prices);
  }

  /** The price of an item; of a volume type without its own the one of any type. */
  public Optional<BigDecimal> of(PriceItem item) {
    return Optional.ofNullable(prices.get(item)).or(() -> item.general().map(prices::get));
  }

  /** What a resource costs for an hour; a month's price is shared out over 730 hours. */
  public Optional<BigDecimal> hourly(Measure measure) {
    return of(measure.item())
        .map(price -> price.multiply(BigDecimal.valueOf(measure.amount())))
        .map(
            price ->
                measure.item().kind() == PriceItem.Kind.VOLUME_GIB_MONTH
                    ? price.divide(MONTH_HOURS, MathContext.DECIMAL64)
                    : price);
  }
}
