package io.isthmus.domain.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.PriceItem;
import io.isthmus.domain.cloud.PriceList;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PriceBookTest {

  private static final CloudId GRA = new CloudId("gra");
  private static final PriceItem SMALL = PriceItem.flavor("m1.small");
  private static final Instant JANUARY = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant JUNE = Instant.parse("2026-06-01T00:00:00Z");
  private static final Instant JULY = Instant.parse("2026-07-01T00:00:00Z");

  private static Price price(PriceItem item, String amount, String currency, Instant from) {
    return new Price(item, new BigDecimal(amount), currency, from, Optional.empty());
  }

  private static PriceBook book(Price... prices) {
    return new PriceBook(GRA, List.of(prices), 1, Optional.empty(), Optional.empty());
  }

  private static BigDecimal at(PriceBook book, PriceItem item, Instant moment) {
    return book.at(moment).flatMap(list -> list.of(item)).orElseThrow();
  }

  @Test
  void aNewPriceEndsTheOneBefore() {
    PriceBook before = book(price(SMALL, "0.02", "EUR", JANUARY));

    PriceBook after = book(before.with(price(SMALL, "0.03", "EUR", JUNE)).toArray(Price[]::new));

    assertThat(after.prices()).hasSize(2);
    assertThat(at(after, SMALL, JUNE.minusSeconds(1))).isEqualByComparingTo("0.02");
    assertThat(at(after, SMALL, JUNE)).isEqualByComparingTo("0.03");
    assertThat(after.at(JANUARY.minusSeconds(1))).isEmpty();
  }

  @Test
  void aVolumeTypeWithoutAPriceHasTheOneOfAnyType() {
    PriceBook book =
        book(
            price(PriceItem.volume(""), "0.04", "EUR", JANUARY),
            price(PriceItem.volume("ssd"), "0.10", "EUR", JUNE));

    assertThat(at(book, PriceItem.volume("ssd"), JANUARY)).isEqualByComparingTo("0.04");
    assertThat(at(book, PriceItem.volume("ssd"), JUNE)).isEqualByComparingTo("0.10");
    assertThat(at(book, PriceItem.volume("classic"), JUNE)).isEqualByComparingTo("0.04");
    assertThat(book.at(JUNE).flatMap(list -> list.of(SMALL))).isEmpty();
  }

  @Test
  void whatAnEntryTellsHoldsFromNowOnAndChangesNothingWhenItIsToldAgain() {
    PriceBook before =
        book(price(SMALL, "0.02", "EUR", JANUARY), price(PriceItem.address(), "1", "EUR", JANUARY));
    PriceList told = new PriceList("EUR", Map.of(SMALL, new BigDecimal("0.03")));

    List<Price> declared = before.declaring(told, JUNE);

    PriceBook after = book(declared.toArray(Price[]::new));
    assertThat(at(after, SMALL, JUNE)).isEqualByComparingTo("0.03");
    assertThat(at(after, PriceItem.address(), JUNE)).isEqualByComparingTo("1");
    assertThat(after.holds(after.declaring(told, JULY))).isTrue();
  }

  @Test
  void whatAnEntryTellsInAnotherCurrencyEndsAllThatWasAskedBefore() {
    PriceBook before =
        book(price(SMALL, "0.02", "BGN", JANUARY), price(PriceItem.address(), "1", "BGN", JANUARY));

    PriceBook after =
        book(
            before
                .declaring(new PriceList("EUR", Map.of(SMALL, new BigDecimal("0.01"))), JUNE)
                .toArray(Price[]::new));

    assertThat(after.at(JUNE))
        .contains(new PriceList("EUR", Map.of(SMALL, new BigDecimal("0.01"))));
    assertThat(after.at(JUNE.minusSeconds(1)).orElseThrow().currency()).isEqualTo("BGN");
  }

  @Test
  void whatAnEntryTellsEndsWhereSomethingElseIsToCome() {
    PriceBook before =
        book(
            price(SMALL, "0.02", "EUR", JULY),
            price(PriceItem.address(), "1", "USD", JULY.plusSeconds(1)));

    PriceBook after =
        book(
            before
                .declaring(
                    new PriceList(
                        "EUR", Map.of(SMALL, BigDecimal.ONE, PriceItem.volume(""), BigDecimal.TEN)),
                    JUNE)
                .toArray(Price[]::new));

    assertThat(at(after, SMALL, JULY.minusSeconds(1))).isEqualByComparingTo("1");
    assertThat(at(after, SMALL, JULY)).isEqualByComparingTo("0.02");
    assertThat(at(after, PriceItem.volume(""), JULY)).isEqualByComparingTo("10");
    assertThat(after.at(JULY.plusSeconds(1)).flatMap(list -> list.of(PriceItem.volume(""))))
        .isEmpty();
  }

  @Test
  void readsCsvInAnyOrderOfColumnsWithDaysAndMoments() {
    List<Price> prices =
        PriceCsv.read(
            "\uFEFFcurrency,price,item,name,valid_to\n"
                + "EUR,0.0125,flavor_hour,m1.small,2026-06-01\n"
                + "EUR, 0.04 ,volume_gib_month,,\n",
            JANUARY);

    assertThat(prices)
        .containsExactly(
            new Price(SMALL, new BigDecimal("0.0125"), "EUR", JANUARY, Optional.of(JUNE)),
            price(PriceItem.volume(""), "0.04", "EUR", JANUARY));
  }

  @Test
  void tellsEveryMistakeOfCsvAtItsLine() {
    FederationFault fault =
        catchThrowableOfType(
            FederationFault.class,
            () ->
                PriceCsv.read(
                    """
                    item,name,price,currency,valid_from,valid_to
                    flavor_hour,,0.1,EUR,,
                    address_hour,x,0.1,EUR,,
                    house,,0.1,EUR,,
                    egress_gib,,-1,EUR,,
                    egress_gib,,1,EUR,tomorrow,
                    """,
                    JANUARY));

    assertThat(fault.violations())
        .extracting(Violation::pointer, Violation::line)
        .containsExactlyInAnyOrder(
            tuple("name", 2),
            tuple("name", 3),
            tuple("item", 4),
            tuple("price", 5),
            tuple("valid_from", 6));
  }

  @Test
  void refusesTwoPricesAtATimeAndTwoCurrenciesAtATime() {
    FederationFault fault =
        catchThrowableOfType(
            FederationFault.class,
            () ->
                PriceCsv.read(
                    """
                    item,name,price,currency,valid_from,valid_to
                    flavor_hour,a,1,EUR,2026-01-01,2026-07-01
                    flavor_hour,a,2,EUR,2026-06-01,
                    flavor_hour,b,2,USD,2026-06-15,
                    flavor_hour,c,2,EURO,2027-01-01,2026-01-01
                    """,
                    JANUARY));

    assertThat(fault.violations())
        .extracting(Violation::pointer, Violation::line)
        .contains(
            tuple("valid_from", 3),
            tuple("currency", 4),
            tuple("currency", 5),
            tuple("valid_to", 5));
  }

  @Test
  void refusesWhatIsNoPriceList() {
    for (String text : List.of("", "a,b\n1,2\n", "item,price,currency\nflavor_hour,1\n", "\"")) {
      assertThat(catchThrowableOfType(FederationFault.class, () -> PriceCsv.read(text, JANUARY)))
          .as(text)
          .isNotNull();
    }
  }

  @Property(tries = 200)
  void csvReadsBackAsItWasWritten(@ForAll("books") List<Price> prices) {
    List<Price> read = PriceCsv.read(PriceCsv.write(prices), JANUARY);

    assertThat(book(prices.toArray(Price[]::new)).holds(read)).isTrue();
  }

  @Provide
  Arbitrary<List<Price>> books() {
    Arbitrary<String> names =
        Arbitraries.strings()
            .withChars("ab ,\"é.-")
            .ofMinLength(1)
            .ofMaxLength(8)
            .map(name -> "f" + name.strip());
    Arbitrary<PriceItem> items =
        Arbitraries.oneOf(
            names.map(PriceItem::flavor),
            names.map(PriceItem::volume),
            Arbitraries.of(PriceItem.volume(""), PriceItem.address(), PriceItem.egress()));
    Arbitrary<BigDecimal> amounts =
        Arbitraries.bigDecimals().between(BigDecimal.ZERO, new BigDecimal("1000")).ofScale(9);
    return Combinators.combine(items, amounts)
        .as((item, amount) -> new Price(item, amount, "CHF", JUNE, Optional.of(JULY)))
        .list()
        .uniqueElements(Price::item)
        .ofMaxSize(20);
  }
}
