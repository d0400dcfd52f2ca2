package io.isthmus.rest.usage;

import io.isthmus.domain.cloud.PriceItem;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.usage.Moments;
import io.isthmus.domain.usage.Price;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that a cloud asks and has asked, instead of what is written now. */
public record PriceBookChange(@NotNull List<@NotNull @Valid PriceChange> prices) {

  private static final int MOST_TOLD = 50;

  /**
   * @param name of a flavor or volume type
   * @param validFrom empty for now
   * @param validTo empty for until further notice
   */
  public record PriceChange(
      @NotNull String item,
      String name,
      @NotNull BigDecimal price,
      @NotNull String currency,
      String validFrom,
      String validTo) {}

  /**
   * @throws FederationFault REQUEST_INVALID with every field that cannot be read
   */
  List<Price> prices(Instant now) {
    List<Violation> violations = new ArrayList<>();
    List<Price> read = new ArrayList<>();
    for (int i = 0; i < prices.size(); i++) {
      PriceChange one = prices.get(i);
      String at = "prices[" + i + "].";
      Optional<PriceItem> item = item(one, at, violations);
      Optional<Instant> from = moment(one.validFrom(), at + "valid_from", violations);
      Optional<Instant> to = moment(one.validTo(), at + "valid_to", violations);
      item.ifPresent(
          known -> read.add(new Price(known, one.price(), one.currency(), from.orElse(now), to)));
    }
    if (!violations.isEmpty()) {
      throw new FederationFault(
          FaultCode.REQUEST_INVALID,
          Phrase.of("usage.prices-invalid", violations.size()),
          violations.subList(0, Math.min(violations.size(), MOST_TOLD)));
    }
    return read;
  }

  private static Optional<PriceItem> item(PriceChange one, String at, List<Violation> violations) {
    Optional<PriceItem.Kind> kind = PriceItem.Kind.find(one.item());
    if (kind.isEmpty()) {
      violations.add(
          Violation.at(
              at + "item", Phrase.of("usage.item-unknown", one.item(), PriceItem.Kind.texts())));
      return Optional.empty();
    }
    try {
      return Optional.of(new PriceItem(kind.get(), one.name() == null ? "" : one.name()));
    } catch (IllegalArgumentException e) {
      violations.add(
          Violation.at(
              at + "name",
              Phrase.of(
                  kind.get().isNamed() ? "usage.item-name" : "usage.item-nameless",
                  kind.get().text())));
      return Optional.empty();
    }
  }

  private static Optional<Instant> moment(String text, String field, List<Violation> violations) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Moments.parse(text));
    } catch (DateTimeException e) {
      violations.add(Violation.at(field, Phrase.of("usage.moment-form", text)));
      return Optional.empty();
    }
  }
}
