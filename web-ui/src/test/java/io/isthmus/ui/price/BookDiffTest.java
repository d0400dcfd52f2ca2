package io.isthmus.ui.price;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.PriceItem;
import io.isthmus.domain.usage.Price;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BookDiffTest {

  private static final Instant JANUARY = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant JULY = Instant.parse("2026-07-01T00:00:00Z");

  private static Price price(String flavor, String amount, Instant from, Instant to) {
    return new Price(
        PriceItem.flavor(flavor), new BigDecimal(amount), "EUR", from, Optional.ofNullable(to));
  }

  @Test
  void countsWhatIsNewChangedRemovedAndTheSame() {
    List<Price> before =
        List.of(
            price("same", "0.1", JANUARY, null),
            price("dearer", "0.1", JANUARY, null),
            price("ended", "0.1", JANUARY, null),
            price("gone", "0.1", JANUARY, JULY));
    List<Price> after =
        List.of(
            price("same", "0.10", JANUARY, null),
            price("dearer", "0.2", JANUARY, null),
            price("ended", "0.1", JANUARY, JULY),
            price("ended", "0.1", JULY, null));
    BookDiff diff = BookDiff.of(before, after);
    assertThat(diff).isEqualTo(new BookDiff(1, 2, 1, 1));
    assertThat(diff.isNothing()).isFalse();
    assertThat(BookDiff.of(before, before).isNothing()).isTrue();
  }

  @Test
  void tellsWhetherAPriceHolds() {
    Price until = price("a", "0.1", JANUARY, JULY);
    assertThat(PriceState.of(until, JANUARY)).isEqualTo(PriceState.NOW);
    assertThat(PriceState.of(until, JANUARY.minusSeconds(1))).isEqualTo(PriceState.TO_COME);
    assertThat(PriceState.of(until, JULY)).isEqualTo(PriceState.PAST);
    assertThat(PriceState.of(price("a", "0.1", JANUARY, null), JULY)).isEqualTo(PriceState.NOW);
  }
}
