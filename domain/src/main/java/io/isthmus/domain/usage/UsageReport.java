package io.isthmus.domain.usage;

import io.isthmus.domain.cloud.PriceItem;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What was used in a time, and what it costs by the price books. The same question about the past
 * has the same answer, as long as neither prices nor rates of that time are corrected.
 *
 * @param from first moment
 * @param to first moment that does not belong to it; what is told goes no farther than {@code asOf}
 * @param asOf when it was made
 * @param currency the one that {@link Row#converted} is in
 * @param rows in the order of their keys
 * @param total all rows together
 */
public record UsageReport(
    Instant from, Instant to, Instant asOf, Optional<String> currency, List<Row> rows, Row total) {

  public UsageReport {
    rows = List.copyOf(rows);
  }

  /**
   * @param keys what it is of, in the order that was asked for
   * @param quantities unit-hours by kind: hours of servers and addresses, GiB-hours of volumes
   * @param costs by currency, of what has a known price; 6 decimals
   * @param converted the same in one currency; empty when none was asked for
   * @param unpriced unit-hours by item that have no known price, and are in no sum
   * @param unconverted costs by currency of which no rate is known, and which {@code converted}
   *     lacks
   */
  public record Row(
      Map<UsageDimension, Key> keys,
      SortedMap<PriceItem.Kind, BigDecimal> quantities,
      SortedMap<String, BigDecimal> costs,
      Optional<BigDecimal> converted,
      SortedMap<PriceItem, BigDecimal> unpriced,
      SortedMap<String, BigDecimal> unconverted) {

    /** Whether the converted sum is all. */
    public boolean isWhole() {
      return unpriced.isEmpty() && unconverted.isEmpty();
    }
  }

  /**
   * @param id what tells it from others
   * @param name what people call it
   */
  public record Key(String id, String name) implements Comparable<Key> {

    static Key of(String id) {
      return new Key(id, id);
    }

    @Override
    public int compareTo(Key other) {
      int byName = name.compareTo(other.name);
      return byName != 0 ? byName : id.compareTo(other.id);
    }
  }
}
