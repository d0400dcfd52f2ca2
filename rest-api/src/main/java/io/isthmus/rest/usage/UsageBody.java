package io.isthmus.rest.usage;

import io.isthmus.domain.usage.UsageReport;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was used in a time, and what it costs.
 *
 * @param to first moment that does not belong to it
 * @param asOf what is told goes no farther
 * @param currency of {@code converted}; absent when none was asked for
 */
public record UsageBody(
    Instant from, Instant to, Instant asOf, String currency, List<RowBody> rows, RowBody total) {

  /**
   * @param keys by what was asked for, each with what people call it
   * @param hours unit-hours by kind: of servers and addresses, of GiB of volumes
   * @param costs by currency, of what has a known price
   * @param unpriced unit-hours by item without a known price, which are in no sum
   * @param unconverted costs by currency without a known rate, which {@code converted} lacks
   */
  public record RowBody(
      Map<String, KeyBody> keys,
      Map<String, BigDecimal> hours,
      Map<String, BigDecimal> costs,
      BigDecimal converted,
      Map<String, BigDecimal> unpriced,
      Map<String, BigDecimal> unconverted) {
    static RowBody of(UsageReport.Row row) {
      Map<String, KeyBody> keys = new TreeMap<>();
      row.keys().forEach((by, key) -> keys.put(by.text(), new KeyBody(key.id(), key.name())));
      Map<String, BigDecimal> hours = new TreeMap<>();
      row.quantities().forEach((kind, amount) -> hours.put(kind.text(), amount));
      Map<String, BigDecimal> unpriced = new TreeMap<>();
      row.unpriced().forEach((item, amount) -> unpriced.put(item.toString(), amount));
      return new RowBody(
          keys, hours, row.costs(), row.converted().orElse(null), unpriced, row.unconverted());
    }
  }

  /** What a row is of. */
  public record KeyBody(String id, String name) {}

  static UsageBody of(UsageReport report) {
    return new UsageBody(
        report.from(),
        report.to(),
        report.asOf(),
        report.currency().orElse(null),
        report.rows().stream().map(RowBody::of).toList(),
        RowBody.of(report.total()));
  }
}
