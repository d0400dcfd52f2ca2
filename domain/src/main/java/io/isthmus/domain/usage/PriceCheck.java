package io.isthmus.domain.usage;

import io.isthmus.domain.cloud.Currencies;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says what is wrong with the prices of a book, each at its place. */
final class PriceCheck {

  private static final int MOST_TOLD = 50;
  private static final int FIRST_YEAR = 1970;
  private static final int LAST_YEAR = 9999;
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  /**
   * A price with where it was read.
   *
   * @param prefix of the names of its fields
   * @param line of a text, from 1; 0 when there is none
   */
  record Read(Price price, String prefix, int line) {

    /** For people. */
    String place() {
      return line > 0 ? Integer.toString(line) : prefix;
    }

    Violation violation(String field, Phrase problem) {
      return new Violation(prefix + field, line, 0, problem, Optional.empty());
    }
  }

  private final List<Violation> violations = new ArrayList<>();

  private PriceCheck() {}

  private static boolean isYear(Instant moment) {
    return moment.isAfter(Instant.EPOCH.minusSeconds(1)) && moment.isBefore(LAST);
  }

  static boolean isYear(int year) {
    return year >= FIRST_YEAR && year <= LAST_YEAR;
  }

  static boolean isCurrency(String text) {
    return Currencies.CODES.contains(text);
  }

  /**
   * @throws FederationFault REQUEST_INVALID with every violation
   */
  static void require(List<Read> prices) {
    PriceCheck check = new PriceCheck();
    if (prices.size() > PriceBook.MOST) {
      check.violations.add(
          Violation.at(
              "prices", Phrase.of("usage.prices-too-many", prices.size(), PriceBook.MOST)));
    } else {
      prices.forEach(check::alone);
      check.together(prices);
    }
    refuse(check.violations);
  }

  /**
   * @throws FederationFault REQUEST_INVALID with every violation, if there is one
   */
  static void refuse(List<Violation> violations) {
    if (!violations.isEmpty()) {
      throw new FederationFault(
          FaultCode.REQUEST_INVALID,
          Phrase.of("usage.prices-invalid", violations.size()),
          violations.subList(0, Math.min(violations.size(), MOST_TOLD)));
    }
  }

  private void alone(Read read) {
    Price price = read.price();
    if (!Decimals.isPlain(price.amount())
        || price.amount().signum() < 0
        || price.amount().compareTo(Price.MOST) > 0
        || price.amount().stripTrailingZeros().scale() > Price.DECIMALS) {
      tell(
          read,
          "price",
          Phrase.of("usage.price-range", price.amount(), Price.MOST, Price.DECIMALS));
    }
    if (!isCurrency(price.currency())) {
      tell(read, "currency", Phrase.of("usage.currency-unknown", price.currency()));
    }
    if (!isYear(price.from())) {
      tell(read, "valid_from", Phrase.of("usage.moment-form", price.from()));
    }
    if (price.to().filter(end -> !isYear(end)).isPresent()) {
      tell(read, "valid_to", Phrase.of("usage.moment-form", price.to().get()));
    }
    if (price.to().filter(end -> !end.isAfter(price.from())).isPresent()) {
      tell(read, "valid_to", Phrase.of("usage.price-ends-before", price.to().get(), price.from()));
    }
  }

  private void together(List<Read> prices) {
    Map<Object, Read> last = new HashMap<>();
    List<Read> byTime =
        prices.stream().sorted(Comparator.comparing(read -> read.price().from())).toList();
    for (Read read : byTime) {
      Read before = last.put(read.price().item(), read);
      if (before != null && before.price().overlaps(read.price())) {
        tell(
            read,
            "valid_from",
            Phrase.of(
                "usage.price-twice", read.price().item(), read.price().from(), before.place()));
      }
    }
    oneCurrency(byTime);
  }

  /** By time: of what still holds, the last to end tells the currency that all must have. */
  private void oneCurrency(List<Read> byTime) {
    Optional<Read> longest = Optional.empty();
    for (Read read : byTime) {
      Optional<Read> other =
          longest.filter(
              held ->
                  held.price().overlaps(read.price())
                      && !held.price().currency().equals(read.price().currency()));
      if (other.isPresent()) {
        tell(
            read,
            "currency",
            Phrase.of(
                "usage.price-other-currency",
                read.price().item(),
                read.price().currency(),
                other.get().price().item(),
                other.get().price().currency(),
                read.price().from()));
      }
      if (longest.isEmpty() || endsLater(read.price(), longest.get().price())) {
        longest = Optional.of(read);
      }
    }
  }

  private static boolean endsLater(Price price, Price than) {
    return than.to().isPresent()
        && price.to().map(end -> end.isAfter(than.to().get())).orElse(true);
  }

  private void tell(Read read, String field, Phrase problem) {
    violations.add(read.violation(field, problem));
  }
}
