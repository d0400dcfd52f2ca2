package io.isthmus.ui.usage;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.PriceItem;
import io.isthmus.domain.usage.UsageDimension;
import io.isthmus.domain.usage.UsageReport;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A report by time and cloud, as the chart and the sentence above it need it.
 *
 * @param report by day or month and cloud
 */
record UsageFigures(UsageReport report) {

  /** Of what a chart is: money of one currency, or time where there is none. */
  sealed interface Unit {

    /**
     * @param currency ISO 4217 code
     */
    record Money(String currency) implements Unit {}

    /** Hours of servers. */
    record ServerHours() implements Unit {}
  }

  /** Costs where all are in one currency; they cannot be put on each other otherwise. */
  Unit unit() {
    if (report.currency().isPresent() && converted(report.total()).signum() > 0) {
      return new Unit.Money(report.currency().get());
    }
    return report.total().costs().size() == 1
        ? new Unit.Money(report.total().costs().firstKey())
        : new Unit.ServerHours();
  }

  /** What the chart shows, by cloud and by day or month. */
  SortedMap<CloudId, Map<String, BigDecimal>> values() {
    SortedMap<CloudId, Map<String, BigDecimal>> values = new TreeMap<>();
    Unit unit = unit();
    for (UsageReport.Row row : report.rows()) {
      String bucket =
          row.keys().getOrDefault(UsageDimension.DAY, row.keys().get(UsageDimension.MONTH)).id();
      values
          .computeIfAbsent(cloud(row), any -> new LinkedHashMap<>())
          .put(bucket, value(row, unit));
    }
    return values;
  }

  private BigDecimal value(UsageReport.Row row, Unit unit) {
    if (unit instanceof Unit.Money money) {
      return report.currency().filter(money.currency()::equals).isPresent()
          ? converted(row)
          : row.costs().getOrDefault(money.currency(), BigDecimal.ZERO);
    }
    return row.quantities().getOrDefault(PriceItem.Kind.FLAVOR_HOUR, BigDecimal.ZERO);
  }

  private static BigDecimal converted(UsageReport.Row row) {
    return row.converted().orElse(BigDecimal.ZERO);
  }

  /** What each cloud costs, converted where that was asked for; without those of no known price. */
  SortedMap<CloudId, SortedMap<String, BigDecimal>> costs() {
    SortedMap<CloudId, SortedMap<String, BigDecimal>> costs = new TreeMap<>();
    for (UsageReport.Row row : report.rows()) {
      SortedMap<String, BigDecimal> sums =
          costs.computeIfAbsent(cloud(row), any -> new TreeMap<>());
      shown(row, report.currency())
          .forEach((currency, sum) -> sums.merge(currency, sum, BigDecimal::add));
    }
    costs.values().removeIf(Map::isEmpty);
    return costs;
  }

  /** A row's costs as they are told: converted as far as rates are known, where that was wanted. */
  static SortedMap<String, BigDecimal> shown(UsageReport.Row row, Optional<String> currency) {
    if (currency.isEmpty()) {
      return row.costs();
    }
    SortedMap<String, BigDecimal> sums = new TreeMap<>(row.unconverted());
    if (!row.unconverted().equals(row.costs())) {
      sums.merge(currency.get(), converted(row), BigDecimal::add);
    }
    return sums;
  }

  /** What has no known price, by cloud. */
  SortedMap<CloudId, SortedSet<PriceItem>> unpriced() {
    SortedMap<CloudId, SortedSet<PriceItem>> unpriced = new TreeMap<>();
    for (UsageReport.Row row : report.rows()) {
      if (!row.unpriced().isEmpty()) {
        unpriced
            .computeIfAbsent(cloud(row), any -> new TreeSet<>())
            .addAll(row.unpriced().keySet());
      }
    }
    return unpriced;
  }

  private static CloudId cloud(UsageReport.Row row) {
    return new CloudId(row.keys().get(UsageDimension.CLOUD).id());
  }
}
