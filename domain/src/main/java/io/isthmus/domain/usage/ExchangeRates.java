package io.isthmus.domain.usage;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.audit.AuditedId;
import io.isthmus.domain.csv.Csv;
import io.isthmus.domain.csv.CsvTable;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Dated exchange rates: anybody who is signed in may read them, administrators write them down. */
@ApplicationScoped
public class ExchangeRates {

  /** Most rates that are taken at once. */
  public static final int MOST = 20_000;

  private static final List<String> COLUMNS = List.of("currency", "since", "per_euro");

  private ExchangeRateStore store;

  @Inject
  ExchangeRates(ExchangeRateStore store) {
    this.store = store;
  }

  /** For the container's proxies. */
  protected ExchangeRates() {}

  /** By currency, newest first. */
  @Audited(action = "read/list", target = "exchange-rate")
  @Transactional
  public List<ExchangeRate> list(Caller caller) {
    return store.all();
  }

  /**
   * Sets what a currency is worth from a day on. Reports over the past follow.
   *
   * @throws FederationFault FORBIDDEN for who does not administer the federation; REQUEST_INVALID
   */
  @Audited(action = "update", target = "exchange-rate")
  @Transactional
  public void put(@AuditedId ExchangeRate rate, Caller caller) {
    caller.requireFederationAdmin();
    PriceCheck.refuse(violations(rate, 0));
    store.put(List.of(rate));
  }

  /**
   * Takes rates as CSV with a line of column names: {@code currency,since,per_euro}. Those that are
   * there and not in it stay.
   *
   * @return how many were taken
   * @throws FederationFault FORBIDDEN for who does not administer the federation; REQUEST_INVALID
   *     with every violation; nothing is taken then
   */
  @Audited(action = "update", target = "exchange-rate")
  @Transactional
  public int importCsv(String csv, Caller caller) {
    caller.requireFederationAdmin();
    List<ExchangeRate> rates = new ArrayList<>();
    List<Violation> violations = new ArrayList<>();
    for (CsvTable.Row row : CsvTable.read(csv, COLUMNS, COLUMNS, MOST)) {
      Optional<BigDecimal> perEuro = Decimals.parse(row.text("per_euro"));
      Optional<LocalDate> since = day(row.text("since"));
      if (perEuro.isEmpty()) {
        violations.add(
            row.violation("per_euro", Phrase.of("usage.price-form", row.text("per_euro"))));
      }
      if (since.isEmpty()) {
        violations.add(row.violation("since", Phrase.of("usage.day-form", row.text("since"))));
      }
      if (perEuro.isPresent() && since.isPresent()) {
        ExchangeRate rate = new ExchangeRate(row.text("currency"), since.get(), perEuro.get());
        violations.addAll(violations(rate, row.line()));
        rates.add(rate);
      }
    }
    PriceCheck.refuse(violations);
    store.put(rates);
    return rates.size();
  }

  /** As {@link #importCsv} takes them. */
  public static String csv(List<ExchangeRate> rates) {
    Csv csv = new Csv().row(COLUMNS);
    rates.forEach(
        rate ->
            csv.row(
                List.of(rate.currency(), rate.since().toString(), rate.perEuro().toPlainString())));
    return csv.toString();
  }

  /**
   * @throws FederationFault FORBIDDEN for who does not administer the federation; NOT_FOUND
   */
  @Audited(action = "delete", target = "exchange-rate")
  @Transactional
  public void remove(@AuditedId String currency, @AuditedId LocalDate since, Caller caller) {
    caller.requireFederationAdmin();
    if (!store.remove(currency, since)) {
      throw FederationFault.notFound("exchange-rate", currency + "/" + since);
    }
  }

  private static Optional<LocalDate> day(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static List<Violation> violations(ExchangeRate rate, int line) {
    List<Violation> violations = new ArrayList<>();
    if (!PriceCheck.isYear(rate.since().getYear())) {
      violations.add(at("since", line, Phrase.of("usage.day-form", rate.since())));
    }
    if (!PriceCheck.isCurrency(rate.currency()) || rate.currency().equals(Rates.EURO)) {
      violations.add(at("currency", line, Phrase.of("usage.rate-currency", rate.currency())));
    }
    if (!Decimals.isPlain(rate.perEuro())
        || rate.perEuro().signum() <= 0
        || rate.perEuro().compareTo(Price.MOST) > 0) {
      violations.add(
          at("per_euro", line, Phrase.of("usage.rate-range", rate.perEuro(), Price.MOST)));
    }
    return violations;
  }

  private static Violation at(String field, int line, Phrase problem) {
    return new Violation(field, line, 0, problem, Optional.empty());
  }
}
