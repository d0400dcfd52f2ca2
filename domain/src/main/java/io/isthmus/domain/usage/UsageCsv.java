package io.isthmus.domain.usage;

import io.isthmus.domain.cloud.PriceItem;
import io.isthmus.domain.csv.Csv;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A report as CSV: a line for each row, with a column for what it is of, for unit-hours by kind,
 * for the cost in each currency, and for what is unknown.
 */
public final class UsageCsv {

  private UsageCsv() {}

  public static String write(UsageReport report) {
    Set<UsageDimension> by = new LinkedHashSet<>();
    report.rows().forEach(row -> by.addAll(row.keys().keySet()));
    Set<String> currencies = report.total().costs().keySet();
    List<String> names = new ArrayList<>();
    for (UsageDimension dimension : by) {
      names.add(dimension.text());
      if (dimension == UsageDimension.STACK) {
        names.add("stack_id");
      }
    }
    for (PriceItem.Kind kind : report.total().quantities().keySet()) {
      names.add(column(kind));
    }
    currencies.forEach(currency -> names.add("cost_" + currency));
    report.currency().ifPresent(currency -> names.add("converted_" + currency));
    names.add("unpriced");
    names.add("unconverted");
    Csv csv = new Csv().row(names);
    report.rows().forEach(row -> csv.row(cells(report, by, row)));
    return csv.toString();
  }

  private static String column(PriceItem.Kind kind) {
    return switch (kind) {
      case FLAVOR_HOUR -> "server_hours";
      case VOLUME_GIB_MONTH -> "volume_gib_hours";
      case ADDRESS_HOUR -> "address_hours";
      case EGRESS_GIB -> "egress_gib";
    };
  }

  private static List<String> cells(
      UsageReport report, Set<UsageDimension> by, UsageReport.Row row) {
    List<String> cells = new ArrayList<>();
    for (UsageDimension dimension : by) {
      UsageReport.Key key = row.keys().get(dimension);
      cells.add(key.name());
      if (dimension == UsageDimension.STACK) {
        cells.add(key.id());
      }
    }
    for (PriceItem.Kind kind : report.total().quantities().keySet()) {
      cells.add(text(Optional.ofNullable(row.quantities().get(kind))));
    }
    for (String currency : report.total().costs().keySet()) {
      cells.add(text(Optional.ofNullable(row.costs().get(currency))));
    }
    report.currency().ifPresent(any -> cells.add(text(row.converted())));
    cells.add(
        row.unpriced().keySet().stream()
            .map(PriceItem::toString)
            .collect(Collectors.joining(" · ")));
    cells.add(String.join(" · ", row.unconverted().keySet()));
    return cells;
  }

  private static String text(Optional<BigDecimal> amount) {
    return amount.map(BigDecimal::toPlainString).orElse("");
  }
}
