package io.isthmus.domain.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Measure;
import io.isthmus.domain.cloud.PriceItem;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CostDifferenceTest {

  private static Estimate.CloudCost cost(String cloud, String currency, String hourly) {
    return new Estimate.CloudCost(
        new CloudId(cloud), Optional.of(currency), new BigDecimal(hourly), List.of());
  }

  private static Estimate.CloudCost unknown(String cloud) {
    return new Estimate.CloudCost(
        new CloudId(cloud),
        Optional.empty(),
        BigDecimal.ZERO,
        List.of(new Measure(PriceItem.flavor("m1.small"), 1)));
  }

  @Test
  void tellsWhatIsMoreAndLessByCurrencyAndCloud() {
    Estimate before = new Estimate(List.of(cost("gra", "EUR", "0.30"), cost("bhs", "CAD", "0.20")));
    Estimate after = new Estimate(List.of(cost("gra", "EUR", "0.10"), cost("syd", "AUD", "0.50")));

    CostDifference difference = CostDifference.between(before, after);

    assertThat(difference.hourly())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "EUR", new BigDecimal("-0.20"),
                "CAD", new BigDecimal("-0.20"),
                "AUD", new BigDecimal("0.50")));
    assertThat(difference.monthly()).containsEntry("EUR", new BigDecimal("-146.00"));
    assertThat(difference.clouds())
        .extracting(cloud -> cloud.cloud() + " " + cloud.hourly())
        .containsExactly("bhs -0.20", "gra -0.20", "syd 0.50");
    assertThat(difference.whole()).isTrue();
  }

  @Test
  void anUnknownPriceIsNotNone() {
    Estimate before = new Estimate(List.of(cost("gra", "EUR", "0.30")));
    Estimate after = new Estimate(List.of(cost("gra", "EUR", "0.30"), unknown("bhs")));

    CostDifference difference = CostDifference.between(before, after);

    assertThat(difference.whole()).isFalse();
    assertThat(difference.clouds())
        .extracting(cloud -> cloud.cloud() + " " + cloud.whole())
        .containsExactly("bhs false", "gra true");
  }
}
