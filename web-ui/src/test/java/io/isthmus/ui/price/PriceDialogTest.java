package io.isthmus.ui.price;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.PriceItem;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.usage.Price;
import io.isthmus.domain.usage.PriceBook;
import io.isthmus.domain.usage.PriceBooks;
import io.isthmus.ui.unsent.TextsInMemory;
import io.isthmus.ui.unsent.UnsentForm;
import io.isthmus.ui.unsent.UnsentForms;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PriceDialogTest {

  private static final CloudId GRA = new CloudId("gra");
  private static final Caller ADMIN = new Caller("1", "admin", Set.of(), Set.of());
  private static final Instant JANUARY = Instant.parse("2026-01-01T08:30:00Z");
  private static final Price RUNNING = price("m1.small", "0.1", JANUARY);

  private static final Instant NEXT = Instant.parse("2199-01-01T00:00:00Z");

  private final List<List<Price>> saved = new ArrayList<>();
  private final List<Long> versions = new ArrayList<>();
  private long present = 7;
  private List<Price> there = List.of(RUNNING);
  private final PriceBooks books =
      new PriceBooks() {
        @Override
        public PriceBook find(CloudId cloud, Caller caller) {
          return book(present);
        }

        @Override
        public PriceBook set(CloudId cloud, List<Price> prices, long version, Caller caller) {
          versions.add(version);
          if (version != present) {
            throw new FederationFault(FaultCode.STALE_VERSION, Phrase.verbatim("changed"));
          }
          saved.add(prices);
          return book(version + 1);
        }
      };
  private final UnsentForm unsent = new UnsentForms(new TextsInMemory()).of(ADMIN, "prices/gra");
  private int told;

  /** Held here: what is current is held weakly alone. */
  private UI ui;

  @BeforeEach
  void readEnglish() {
    ui = new UI();
    ui.setLocale(Locale.ENGLISH);
    UI.setCurrent(ui);
  }

  @AfterEach
  void readNoMore() {
    UI.setCurrent(null);
  }

  private static Price price(String flavor, String amount, Instant from) {
    return new Price(
        PriceItem.flavor(flavor), new BigDecimal(amount), "EUR", from, Optional.empty());
  }

  private PriceBook book(long version) {
    return new PriceBook(GRA, there, version, Optional.of(JANUARY), Optional.of("admin"));
  }

  private PriceDialog dialog(Optional<Price> changed) {
    return new PriceDialog(
        books,
        ADMIN,
        book(7),
        changed,
        new Offered(List.of("m1.small"), List.of("ssd")),
        unsent,
        () -> told++);
  }

  private static Map<String, String> typed(String name, String price) {
    return Map.of("kind", "FLAVOR_HOUR", "name", name, "price", price, "currency", "EUR");
  }

  @Test
  void aNewPriceEndsTheOneThatRuns() {
    unsent.keep(typed("m1.small", "0,2"));
    dialog(Optional.empty()).save();
    assertThat(told).isEqualTo(1);
    assertThat(saved)
        .singleElement()
        .satisfies(
            prices -> {
              assertThat(prices).hasSize(2);
              assertThat(prices.get(0).amount()).isEqualByComparingTo("0.1");
              assertThat(prices.get(0).to()).contains(prices.get(1).from());
              assertThat(prices.get(1).amount()).isEqualByComparingTo("0.2");
              assertThat(prices.get(1).to()).isEmpty();
            });
    assertThat(unsent.find()).isEmpty();
  }

  @Test
  void aNewPriceWithoutAnEndHoldsUntilTheNextOfTheSame() {
    there =
        List.of(
            new Price(RUNNING.item(), RUNNING.amount(), "EUR", JANUARY, Optional.of(NEXT)),
            price("m1.small", "0.5", NEXT));
    unsent.keep(typed("m1.small", "0.2"));
    dialog(Optional.empty()).save();
    assertThat(saved)
        .singleElement()
        .satisfies(
            prices -> {
              assertThat(prices).hasSize(3);
              assertThat(prices.get(1).amount()).isEqualByComparingTo("0.2");
              assertThat(prices.get(1).to()).contains(NEXT);
              assertThat(prices.get(2).amount()).isEqualByComparingTo("0.5");
            });
  }

  @Test
  void changingAPriceLeavesItsMomentAsItWas() {
    unsent.keep(
        Map.of(
            "kind", "FLAVOR_HOUR",
            "name", "m1.small",
            "price", "0.3",
            "currency", "EUR",
            "from", "2026-01-01",
            "to", "2026-07-01"));
    dialog(Optional.of(RUNNING)).save();
    assertThat(saved)
        .singleElement()
        .satisfies(
            prices -> {
              assertThat(prices).singleElement().extracting(Price::from).isEqualTo(JANUARY);
              assertThat(prices.get(0).to()).contains(Instant.parse("2026-07-01T00:00:00Z"));
            });
  }

  @Test
  void aConflictIsToldAndNothingTypedIsLost() {
    unsent.keep(typed("m1.large", "0.4"));
    present = 8;
    PriceDialog dialog = dialog(Optional.empty());
    dialog.save();
    assertThat(saved).isEmpty();
    assertThat(told).isZero();
    assertThat(unsent.find().orElseThrow()).containsAllEntriesOf(typed("m1.large", "0.4"));
    dialog.save();
    assertThat(versions).containsExactly(7L, 8L);
    assertThat(saved).singleElement().satisfies(prices -> assertThat(prices).hasSize(2));
  }

  @Test
  void whatIsNoPriceIsNotSent() {
    unsent.keep(typed("m1.large", "much"));
    dialog(Optional.empty()).save();
    unsent.keep(typed("", "1"));
    dialog(Optional.empty()).save();
    unsent.keep(
        Map.of(
            "kind", "FLAVOR_HOUR",
            "name", "m1.large",
            "price", "1",
            "currency", "EUR",
            "from", "2026-07-01",
            "to", "2026-07-01"));
    dialog(Optional.empty()).save();
    assertThat(versions).isEmpty();
  }
}
