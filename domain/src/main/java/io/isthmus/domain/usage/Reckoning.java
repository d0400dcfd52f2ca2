package io.isthmus.domain.usage;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.PriceItem;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Adds usage up. Pure: intervals, price books and rates in, a report out. Each interval is cut
 * where a price, a rate, a month or a day changes; seconds and costs of the pieces are added
 * without rounding, so that a time's report is the sum of its parts' reports.
 */
final class Reckoning {

  /** Most rows of a report. */
  static final int MOST_ROWS = 50_000;

  private final UsageQuery query;
  private final Tariff tariff;
  private final Instant asOf;
  private final Map<List<UsageReport.Key>, Tally> tallies = new HashMap<>();
  private final Tally total;
  private final NavigableSet<Instant> calendar = new TreeSet<>();
  private final Map<PriceKey, NavigableSet<Instant>> cuts = new HashMap<>();

  private record PriceKey(CloudId cloud, PriceItem item) {}

  /**
   * @param asOf now; what exists has existed until then
   */
  Reckoning(UsageQuery query, Tariff tariff, Instant asOf) {
    this.query = query;
    this.tariff = tariff;
    this.asOf = asOf;
    this.total = new Tally(query.currency());
    LocalDate first = query.from().atZone(ZoneOffset.UTC).toLocalDate();
    LocalDate last = query.to().atZone(ZoneOffset.UTC).toLocalDate();
    if (query.by().contains(UsageDimension.DAY)) {
      first.datesUntil(last.plusDays(1)).forEach(day -> calendar.add(start(day)));
    } else if (query.by().contains(UsageDimension.MONTH)) {
      YearMonth month = YearMonth.from(first);
      while (!month.isAfter(YearMonth.from(last))) {
        calendar.add(start(month.atDay(1)));
        month = month.plusMonths(1);
      }
    }
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /**
   * @throws FederationFault REQUEST_INVALID when there are more rows than {@link #MOST_ROWS}
   */
  void add(UsageInterval interval) {
    Instant until = earlier(interval.end().orElse(asOf), earlier(query.to(), asOf));
    Instant at = later(interval.start(), query.from());
    NavigableSet<Instant> changes = cuts(interval);
    while (at.isBefore(until)) {
      Instant next = earlier(after(changes, at), earlier(after(calendar, at), until));
      piece(interval, at, next);
      at = next;
    }
  }

  private static Instant after(NavigableSet<Instant> moments, Instant moment) {
    Instant next = moments.higher(moment);
    return next == null ? Instant.MAX : next;
  }

  private NavigableSet<Instant> cuts(UsageInterval interval) {
    return cuts.computeIfAbsent(
        new PriceKey(interval.cloud(), interval.measure().item()),
        key -> tariff.changes(key.cloud(), key.item(), query.currency(), query.from(), query.to()));
  }

  private void piece(UsageInterval interval, Instant from, Instant to) {
    long seconds = Duration.between(from, to).toSeconds();
    Optional<Price> price = tariff.price(interval.cloud(), interval.measure().item(), from);
    Optional<BigDecimal> factor =
        price.flatMap(
            known ->
                query
                    .currency()
                    .flatMap(wanted -> tariff.rates().factor(known.currency(), wanted, from)));
    List<UsageReport.Key> keys = query.by().stream().map(by -> key(by, interval, from)).toList();
    tallies
        .computeIfAbsent(keys, any -> anotherRow())
        .add(interval.measure(), seconds, price, factor);
    total.add(interval.measure(), seconds, price, factor);
  }

  private Tally anotherRow() {
    if (tallies.size() == MOST_ROWS) {
      throw new FederationFault(
          FaultCode.REQUEST_INVALID,
          Phrase.of("usage.too-many-rows", MOST_ROWS),
          List.of(Violation.at("group_by", Phrase.of("usage.too-many-rows", MOST_ROWS))));
    }
    return new Tally(query.currency());
  }

  private static UsageReport.Key key(UsageDimension by, UsageInterval interval, Instant at) {
    return switch (by) {
      case TENANT -> UsageReport.Key.of(interval.project().tenant());
      case PROJECT -> UsageReport.Key.of(interval.project().toString());
      case STACK -> new UsageReport.Key(interval.stack().toString(), interval.stackName());
      case CLOUD -> UsageReport.Key.of(interval.cloud().text());
      case ITEM -> UsageReport.Key.of(interval.measure().item().toString());
      case MONTH -> UsageReport.Key.of(YearMonth.from(at.atZone(ZoneOffset.UTC)).toString());
      case DAY -> UsageReport.Key.of(at.atZone(ZoneOffset.UTC).toLocalDate().toString());
    };
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  UsageReport report() {
    List<UsageReport.Row> rows = new ArrayList<>();
    tallies.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(inOrder()))
        .forEach(
            entry -> {
              Map<UsageDimension, UsageReport.Key> keys = new LinkedHashMap<>();
              for (int i = 0; i < query.by().size(); i++) {
                keys.put(query.by().get(i), entry.getKey().get(i));
              }
              rows.add(entry.getValue().row(keys));
            });
    return new UsageReport(
        query.from(), query.to(), asOf, query.currency(), rows, total.row(Map.of()));
  }

  private static Comparator<List<UsageReport.Key>> inOrder() {
    return (one, other) -> {
      for (int i = 0; i < one.size(); i++) {
        int order = one.get(i).compareTo(other.get(i));
        if (order != 0) {
          return order;
        }
      }
      return 0;
    };
  }
}
