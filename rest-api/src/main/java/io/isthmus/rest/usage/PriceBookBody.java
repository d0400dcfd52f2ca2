package io.isthmus.rest.usage;

import io.isthmus.domain.usage.Price;
import io.isthmus.domain.usage.PriceBook;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * What a cloud asks and has asked.
 *
 * @param version 0 when nothing was ever written
 */
public record PriceBookBody(
    String cloud, List<PriceBody> prices, long version, Instant changedAt, String changedBy) {

  /**
   * @param name of a flavor or volume type; absent for any and for what there is one of
   * @param validTo absent until further notice
   */
  public record PriceBody(
      String item,
      String name,
      BigDecimal price,
      String currency,
      Instant validFrom,
      Instant validTo) {
    static PriceBody of(Price price) {
      return new PriceBody(
          price.item().kind().text(),
          price.item().name().isEmpty() ? null : price.item().name(),
          price.amount(),
          price.currency(),
          price.from(),
          price.to().orElse(null));
    }
  }

  static PriceBookBody of(PriceBook book) {
    return new PriceBookBody(
        book.cloud().text(),
        book.prices().stream().map(PriceBody::of).toList(),
        book.version(),
        book.changedAt().orElse(null),
        book.changedBy().orElse(null));
  }
}
