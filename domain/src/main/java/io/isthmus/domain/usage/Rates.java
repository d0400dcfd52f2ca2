package io.isthmus.domain.usage;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Exchange rates by day. */
final class Rates {

  static final String EURO = "EUR";

  private static final MathContext DIGITS = MathContext.DECIMAL128;

  private final Map<String, NavigableMap<LocalDate, BigDecimal>> byCurrency = new HashMap<>();

  Rates(Collection<ExchangeRate> rates) {
    rates.forEach(
        rate ->
            byCurrency
                .computeIfAbsent(rate.currency(), any -> new TreeMap<>())
                .put(rate.since(), rate.perEuro()));
  }

  /** By what an amount is multiplied; empty when the rate of that day is not known. */
  Optional<BigDecimal> factor(String from, String to, Instant moment) {
    if (from.equals(to)) {
      return Optional.of(BigDecimal.ONE);
    }
    LocalDate day = day(moment);
    Optional<BigDecimal> mine = perEuro(from, day);
    Optional<BigDecimal> theirs = perEuro(to, day);
    return mine.flatMap(per -> theirs.map(other -> other.divide(per, DIGITS)));
  }

  private Optional<BigDecimal> perEuro(String currency, LocalDate day) {
    if (currency.equals(EURO)) {
      return Optional.of(BigDecimal.ONE);
    }
    return Optional.ofNullable(byCurrency.get(currency))
        .map(days -> days.floorEntry(day))
        .map(Map.Entry::getValue);
  }

  /** When a rate between two currencies changes during a time. */
  SortedSet<Instant> changes(String one, String other, Instant from, Instant to) {
    SortedSet<Instant> changes = new TreeSet<>();
    if (!one.equals(other)) {
      for (String currency : new String[] {one, other}) {
        byCurrency
            .getOrDefault(currency, new TreeMap<>())
            .subMap(day(from), true, day(to), true)
            .keySet()
            .forEach(day -> changes.add(day.atStartOfDay(ZoneOffset.UTC).toInstant()));
      }
    }
    return changes;
  }

  private static LocalDate day(Instant moment) {
    return moment.atZone(ZoneOffset.UTC).toLocalDate();
  }
}
