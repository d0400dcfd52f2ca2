package io.isthmus.domain.usage;

import io.isthmus.domain.cloud.Measure;
import io.isthmus.domain.cloud.PriceItem;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sums of one row, exact until they are told. */
final class Tally {

  private static final int DECIMALS = 6;
  private static final BigDecimal HOUR = BigDecimal.valueOf(3600);
  private static final BigDecimal MONTH_HOURS = BigDecimal.valueOf(PriceItem.MONTH_HOURS);

  /** Costs are kept multiplied by this, which each price's time divides. */
  private static final BigDecimal MONTH = HOUR.multiply(MONTH_HOURS);

  private final Optional<String> currency;
  private final SortedMap<PriceItem.Kind, BigDecimal> seconds = new TreeMap<>();
  private final SortedMap<PriceItem, BigDecimal> unpriced = new TreeMap<>();
  private final SortedMap<String, BigDecimal> costs = new TreeMap<>();
  private final SortedMap<String, BigDecimal> unconverted = new TreeMap<>();
  private BigDecimal converted = BigDecimal.ZERO;

  Tally(Optional<String> currency) {
    this.currency = currency;
  }

  /**
   * @param price empty when not known
   * @param factor to the wanted currency; empty when none is wanted or it is not known
   */
  void add(Measure measure, long time, Optional<Price> price, Optional<BigDecimal> factor) {
    BigDecimal used = BigDecimal.valueOf(measure.amount()).multiply(BigDecimal.valueOf(time));
    seconds.merge(measure.item().kind(), used, BigDecimal::add);
    if (price.isEmpty()) {
      unpriced.merge(measure.item(), used, BigDecimal::add);
      return;
    }
    BigDecimal cost = used.multiply(price.get().amount());
    if (measure.item().kind() != PriceItem.Kind.VOLUME_GIB_MONTH) {
      cost = cost.multiply(MONTH_HOURS);
    }
    costs.merge(price.get().currency(), cost, BigDecimal::add);
    if (factor.isPresent()) {
      converted = converted.add(cost.multiply(factor.get()));
    } else if (currency.isPresent()) {
      unconverted.merge(price.get().currency(), cost, BigDecimal::add);
    }
  }

  UsageReport.Row row(Map<UsageDimension, UsageReport.Key> keys) {
    return new UsageReport.Row(
        keys,
        divided(seconds, HOUR),
        divided(costs, MONTH),
        currency.map(any -> converted.divide(MONTH, DECIMALS, RoundingMode.HALF_UP)),
        divided(unpriced, HOUR),
        divided(unconverted, MONTH));
  }

  private static <K> SortedMap<K, BigDecimal> divided(
      SortedMap<K, BigDecimal> sums, BigDecimal by) {
    SortedMap<K, BigDecimal> divided = new TreeMap<>();
    sums.forEach((key, sum) -> divided.put(key, sum.divide(by, DECIMALS, RoundingMode.HALF_UP)));
    return divided;
  }
}
