package io.isthmus.domain.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.data.Offset.offset;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Measure;
import io.isthmus.domain.cloud.PriceItem;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ReckoningTest {

  private static final CloudId GRA = new CloudId("gra");
  private static final CloudId BHS = new CloudId("bhs");
  private static final ProjectId DEMO = ProjectId.parse("acme/demo");
  private static final UUID SHOP = new UUID(0, 1);
  private static final Instant START = Instant.parse("2026-10-31T22:00:00Z");
  private static final PriceItem SMALL = PriceItem.flavor("m1.small");
  private static final Instant FAR = START.plusSeconds(1_000_000);

  private static UsageInterval interval(CloudId cloud, Measure measure, Instant from, Instant to) {
    return new UsageInterval(DEMO, SHOP, "shop", cloud, measure, from, Optional.ofNullable(to));
  }

  private static UsageQuery query(Instant from, Instant to, UsageDimension... by) {
    return new UsageQuery(
        Optional.empty(), Optional.empty(), from, to, List.of(by), Optional.of("EUR"));
  }

  private static Price price(PriceItem item, String amount, String currency, long from, Long to) {
    return new Price(
        item,
        new BigDecimal(amount),
        currency,
        START.plusSeconds(from),
        Optional.ofNullable(to).map(START::plusSeconds));
  }

  private static PriceBook book(CloudId cloud, Price... prices) {
    return new PriceBook(cloud, List.of(prices), 1, Optional.empty(), Optional.empty());
  }

  private static UsageReport report(
      UsageQuery query, Map<CloudId, PriceBook> books, Rates rates, UsageInterval... used) {
    Reckoning reckoning = new Reckoning(query, new Tariff(books.values(), rates), FAR);
    for (UsageInterval interval : used) {
      reckoning.add(interval);
    }
    return reckoning.report();
  }

  @Test
  void countsSecondsOfWhatExistedAndPricesThem() {
    UsageReport report =
        report(
            query(START, FAR),
            Map.of(
                GRA,
                book(
                    GRA,
                    price(SMALL, "0.36", "EUR", 0, null),
                    price(PriceItem.volume(""), "0.73", "EUR", 0, null))),
            new Rates(List.of()),
            interval(GRA, new Measure(SMALL, 1), START, START.plusSeconds(10)),
            interval(GRA, new Measure(PriceItem.volume("ssd"), 5), START, START.plusSeconds(7200)));

    assertThat(report.total().quantities())
        .containsEntry(PriceItem.Kind.FLAVOR_HOUR, new BigDecimal("0.002778"))
        .containsEntry(PriceItem.Kind.VOLUME_GIB_MONTH, new BigDecimal("10.000000"));
    // 10 s of 0.36 an hour, and 5 GiB for 2 of 730 hours at 0.73.
    assertThat(report.total().costs()).containsEntry("EUR", new BigDecimal("0.011000"));
    assertThat(report.total().converted()).contains(new BigDecimal("0.011000"));
    assertThat(report.total().isWhole()).isTrue();
  }

  @Test
  void whatHasNoPriceOrNoRateIsToldAndNotTakenForFree() {
    UsageReport report =
        report(
            query(START, FAR),
            Map.of(BHS, book(BHS, price(SMALL, "3.6", "CAD", 5, null))),
            new Rates(List.of()),
            interval(BHS, new Measure(SMALL, 1), START, START.plusSeconds(15)),
            interval(GRA, new Measure(PriceItem.address(), 1), START, START.plusSeconds(3600)));

    assertThat(report.total().costs())
        .containsExactly(Map.entry("CAD", new BigDecimal("0.010000")));
    assertThat(report.total().converted()).contains(new BigDecimal("0.000000"));
    assertThat(report.total().unconverted()).containsOnlyKeys("CAD");
    assertThat(report.total().unpriced())
        .containsEntry(SMALL, new BigDecimal("0.001389"))
        .containsEntry(PriceItem.address(), new BigDecimal("1.000000"));
  }

  @Test
  void convertsByTheRateOfTheDay() {
    Rates rates =
        new Rates(
            List.of(
                new ExchangeRate("CAD", LocalDate.of(2026, 10, 1), new BigDecimal("2")),
                new ExchangeRate("CAD", LocalDate.of(2026, 11, 1), new BigDecimal("4"))));
    Instant midnight = Instant.parse("2026-11-01T00:00:00Z");

    UsageReport report =
        report(
            query(START, FAR, UsageDimension.MONTH),
            Map.of(BHS, book(BHS, price(SMALL, "1", "CAD", 0, null))),
            rates,
            interval(
                BHS,
                new Measure(SMALL, 1),
                midnight.minusSeconds(3600),
                midnight.plusSeconds(3600)));

    assertThat(report.rows())
        .extracting(
            row -> row.keys().get(UsageDimension.MONTH).id(),
            row -> row.converted().orElseThrow().stripTrailingZeros())
        .containsExactly(
            tuple("2026-10", new BigDecimal("0.5")), tuple("2026-11", new BigDecimal("0.25")));
  }

  @Test
  void tellsApartByWhatIsAskedForInThatOrder() {
    UsageReport report =
        report(
            query(START, FAR, UsageDimension.CLOUD, UsageDimension.STACK),
            Map.of(),
            new Rates(List.of()),
            interval(GRA, new Measure(SMALL, 1), START, START.plusSeconds(10)),
            interval(BHS, new Measure(SMALL, 1), START, START.plusSeconds(10)),
            interval(BHS, new Measure(PriceItem.address(), 1), START, START.plusSeconds(10)));

    assertThat(report.rows())
        .extracting(
            row -> row.keys().get(UsageDimension.CLOUD).id(),
            row -> row.keys().get(UsageDimension.STACK).name(),
            row -> row.quantities().size())
        .containsExactly(tuple("bhs", "shop", 2), tuple("gra", "shop", 1));
  }

  /** Against a count of each second on its own. */
  @Property(tries = 300)
  void isWhatEachSecondCosts(
      @ForAll("used") List<UsageInterval> used,
      @ForAll("prices") List<Price> prices,
      @ForAll @IntRange(max = 50) int from,
      @ForAll @IntRange(min = 1, max = 60) int length) {
    PriceBook book = book(GRA, prices.toArray(Price[]::new));
    Instant begin = START.plusSeconds(from);
    Instant end = begin.plusSeconds(length);

    UsageReport report =
        report(
            query(begin, end, UsageDimension.ITEM, UsageDimension.DAY),
            Map.of(GRA, book),
            new Rates(List.of()),
            used.toArray(UsageInterval[]::new));

    BigDecimal cost = BigDecimal.ZERO;
    long seconds = 0;
    for (Instant at = begin; at.isBefore(end); at = at.plusSeconds(1)) {
      for (UsageInterval one : used) {
        if (!at.isBefore(one.start()) && one.end().map(at::isBefore).orElse(at.isBefore(FAR))) {
          seconds++;
          Optional<BigDecimal> price = price(book, one.measure().item(), at);
          cost = cost.add(price.orElse(BigDecimal.ZERO));
        }
      }
    }
    BigDecimal expected =
        cost.divide(BigDecimal.valueOf(3600), MathContext.DECIMAL128)
            .setScale(6, RoundingMode.HALF_UP);
    assertThat(report.total().costs().getOrDefault("EUR", BigDecimal.ZERO))
        .isCloseTo(expected, offset(new BigDecimal("0.000001")));
    assertThat(
            report.total().quantities().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
        .isCloseTo(
            BigDecimal.valueOf(seconds).divide(BigDecimal.valueOf(3600), MathContext.DECIMAL128),
            offset(new BigDecimal("0.000002")));
  }

  private static Optional<BigDecimal> price(PriceBook book, PriceItem item, Instant at) {
    return book.at(at).flatMap(list -> list.of(item));
  }

  @Provide
  Arbitrary<List<UsageInterval>> used() {
    Arbitrary<PriceItem> items = Arbitraries.of(SMALL, PriceItem.address());
    Arbitrary<Integer> starts = Arbitraries.integers().between(0, 80);
    Arbitrary<Integer> lengths = Arbitraries.integers().between(0, 60).injectNull(0.2);
    return Combinators.combine(items, starts, lengths)
        .as(
            (item, start, length) ->
                interval(
                    GRA,
                    new Measure(item, 1),
                    START.plusSeconds(start),
                    length == null ? null : START.plusSeconds(start + length)))
        .list()
        .ofMaxSize(6);
  }

  @Provide
  Arbitrary<List<Price>> prices() {
    return Arbitraries.integers()
        .between(1, 100)
        .list()
        .ofMaxSize(6)
        .map(
            amounts -> {
              List<Price> prices = new java.util.ArrayList<>();
              for (int i = 0; i < amounts.size(); i++) {
                prices.add(
                    price(
                        SMALL,
                        amounts.get(i).toString(),
                        "EUR",
                        i * 20L,
                        i * 20L + amounts.get(i) % 20 + 1));
              }
              return prices;
            });
  }
}
