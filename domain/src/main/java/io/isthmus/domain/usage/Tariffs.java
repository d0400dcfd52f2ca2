package io.isthmus.domain.usage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;

/** Reads what things cost. */
@ApplicationScoped
public class Tariffs {

  private PriceBookStore books;
  private ExchangeRateStore rates;

  @Inject
  Tariffs(PriceBookStore books, ExchangeRateStore rates) {
    this.books = books;
    this.rates = rates;
  }

  /** For the container's proxies. */
  protected Tariffs() {}

  /**
   * Within a transaction.
   *
   * @param to first moment that does not belong to the time
   */
  Tariff during(Instant from, Instant to) {
    return new Tariff(books.during(from, to).values(), new Rates(rates.all()));
  }
}
