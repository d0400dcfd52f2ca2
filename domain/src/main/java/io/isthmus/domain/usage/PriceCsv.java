package io.isthmus.domain.usage;

import io.isthmus.domain.cloud.PriceItem;
import io.isthmus.domain.csv.Csv;
import io.isthmus.domain.csv.CsvTable;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A price book as CSV, with a line of column names: {@code item,name,price,currency,valid_from,
 * valid_to}. Times are ISO 8601; a day alone is its first moment in UTC.
 */
public final class PriceCsv {

  private static final List<String> COLUMNS =
      List.of("item", "name", "price", "currency", "valid_from", "valid_to");

  private static final List<String> REQUIRED = List.of("item", "price", "currency");

  private final List<PriceCheck.Read> prices = new ArrayList<>();
  private final List<Violation> violations = new ArrayList<>();
  private final Instant standard;

  private PriceCsv(Instant standard) {
    this.standard = standard;
  }

  public static String write(List<Price> prices) {
    Csv csv = new Csv().row(COLUMNS);
    for (Price price : prices) {
      csv.row(
          List.of(
              price.item().kind().text(),
              price.item().name(),
              price.amount().stripTrailingZeros().toPlainString(),
              price.currency(),
              price.from().toString(),
              price.to().map(Instant::toString).orElse("")));
    }
    return csv.toString();
  }

  /**
   * Reads and checks.
   *
   * @param standard from when a price holds that does not tell
   * @throws io.isthmus.domain.fault.FederationFault REQUEST_INVALID with every violation at its
   *     line
   */
  public static List<Price> read(String text, Instant standard) {
    PriceCsv reading = new PriceCsv(standard);
    for (CsvTable.Row row : CsvTable.read(text, COLUMNS, REQUIRED, PriceBook.MOST)) {
      reading.read(row);
    }
    PriceCheck.refuse(reading.violations);
    PriceCheck.require(reading.prices);
    return reading.prices.stream().map(PriceCheck.Read::price).toList();
  }

  private void read(CsvTable.Row row) {
    Optional<PriceItem> item = item(row);
    Optional<BigDecimal> amount = amount(row);
    Optional<Instant> from =
        row.text("valid_from").isEmpty() ? Optional.of(standard) : moment(row, "valid_from");
    Optional<Instant> to = moment(row, "valid_to");
    if (item.isPresent() && amount.isPresent() && from.isPresent()) {
      prices.add(
          new PriceCheck.Read(
              new Price(item.get(), amount.get(), row.text("currency"), from.get(), to),
              "",
              row.line()));
    }
  }

  private Optional<PriceItem> item(CsvTable.Row row) {
    Optional<PriceItem.Kind> kind = PriceItem.Kind.find(row.text("item"));
    if (kind.isEmpty()) {
      violations.add(
          row.violation(
              "item", Phrase.of("usage.item-unknown", row.text("item"), PriceItem.Kind.texts())));
      return Optional.empty();
    }
    try {
      return Optional.of(new PriceItem(kind.get(), row.text("name")));
    } catch (IllegalArgumentException e) {
      violations.add(
          row.violation(
              "name",
              Phrase.of(
                  kind.get().isNamed() ? "usage.item-name" : "usage.item-nameless",
                  kind.get().text())));
      return Optional.empty();
    }
  }

  private Optional<BigDecimal> amount(CsvTable.Row row) {
    Optional<BigDecimal> amount = Decimals.parse(row.text("price"));
    if (amount.isEmpty()) {
      violations.add(row.violation("price", Phrase.of("usage.price-form", row.text("price"))));
    }
    return amount;
  }

  private Optional<Instant> moment(CsvTable.Row row, String column) {
    String text = row.text(column);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Moments.parse(text));
    } catch (DateTimeException e) {
      violations.add(row.violation(column, Phrase.of("usage.moment-form", text)));
      return Optional.empty();
    }
  }
}
