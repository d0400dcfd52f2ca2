package io.isthmus.ui.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.PriceItem;
import io.isthmus.domain.usage.UsageDimension;
import io.isthmus.domain.usage.UsageReport;
import io.isthmus.ui.element.Formats;
import io.isthmus.ui.list.ListState;
import io.isthmus.ui.shell.Messages;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class UsageSentenceTest {

  private static final Instant NOW = Instant.parse("2026-11-27T15:00:00Z");
  private static final UsageQuestion QUESTION =
      UsageQuestion.of(new ListState(Map.of()), LocalDate.parse("2026-11-27"));

  private final List<UsageReport.Row> rows = new ArrayList<>();
  private UsageReport.Row total = row("", "", Map.of(), Optional.empty(), Map.of());

  private static UsageReport.Row row(
      String cloud,
      String day,
      Map<String, String> costs,
      Optional<String> converted,
      Map<String, String> unconverted,
      String... unpriced) {
    TreeMap<PriceItem, BigDecimal> lacking = new TreeMap<>();
    for (String flavor : unpriced) {
      lacking.put(PriceItem.flavor(flavor), BigDecimal.ONE);
    }
    return new UsageReport.Row(
        Map.of(
            UsageDimension.CLOUD,
            new UsageReport.Key(cloud, cloud),
            UsageDimension.DAY,
            new UsageReport.Key(day, day)),
        new TreeMap<>(Map.of(PriceItem.Kind.FLAVOR_HOUR, BigDecimal.TEN)),
        sums(costs),
        converted.map(BigDecimal::new),
        lacking,
        sums(unconverted));
  }

  private static TreeMap<String, BigDecimal> sums(Map<String, String> texts) {
    TreeMap<String, BigDecimal> sums = new TreeMap<>();
    texts.forEach((currency, sum) -> sums.put(currency, new BigDecimal(sum)));
    return sums;
  }

  private UsageReport report(Optional<String> currency) {
    return new UsageReport(QUESTION.from(), QUESTION.to(), NOW, currency, rows, total);
  }

  private String told(Locale locale, Optional<String> currency) {
    Messages messages = new Messages();
    return new UsageSentence(
            (key, arguments) -> messages.getTranslation(key, locale, arguments),
            new Formats(locale, ZoneId.of("UTC")),
            PriceItem::name)
        .of(QUESTION, report(currency))
        .replace('\u00a0', ' ')
        .replace('\u202f', ' ');
  }

  @Test
  void saysWhenNothingWasUsed() {
    assertThat(told(Locale.UK, Optional.empty()))
        .isEqualTo("From 1 Nov 2026 to 27 Nov 2026, nothing was used.");
  }

  @Test
  void tellsTheSumAndEachCloudsShare() {
    rows.add(row("gra", "2026-11-01", Map.of("EUR", "1.10"), Optional.empty(), Map.of()));
    rows.add(row("gra", "2026-11-02", Map.of("EUR", "2"), Optional.empty(), Map.of()));
    rows.add(row("bhs", "2026-11-02", Map.of("EUR", "9.30"), Optional.empty(), Map.of(), "m1.big"));
    total = row("", "", Map.of("EUR", "12.40"), Optional.empty(), Map.of(), "m1.big");
    assertThat(told(Locale.UK, Optional.empty()))
        .isEqualTo(
            "From 1 Nov 2026 to 27 Nov 2026: €12.40, of which €9.30 in bhs, €3.10 in gra."
                + " The price of m1.big in bhs is not known, and in no sum.");
    assertThat(told(Locale.FRANCE, Optional.empty()))
        .startsWith("Du 1 nov. 2026 au 27 nov. 2026 : 12,40 €, dont 9,30 € dans bhs")
        .endsWith("Le prix de m1.big dans bhs n’est pas connu, et ne figure dans aucune somme.");
  }

  @Test
  void neverTellsUnknownCostsAsNothing() {
    rows.add(row("bhs", "2026-11-02", Map.of(), Optional.empty(), Map.of(), "a", "b"));
    total = row("", "", Map.of(), Optional.empty(), Map.of(), "a", "b");
    assertThat(told(Locale.UK, Optional.empty()))
        .contains("what it costs is not known")
        .contains("The prices of a in bhs, b in bhs are not known")
        .doesNotContain("€", "0.00");
  }

  @Test
  void keepsCurrenciesApartAndNamesWhatCouldNotBeConverted() {
    rows.add(row("bhs", "2026-11-02", Map.of("CAD", "3"), Optional.of("0"), Map.of("CAD", "3")));
    rows.add(row("gra", "2026-11-02", Map.of("EUR", "2"), Optional.of("2"), Map.of()));
    total = row("", "", Map.of("CAD", "3", "EUR", "2"), Optional.of("2"), Map.of("CAD", "3"));
    assertThat(told(Locale.UK, Optional.of("EUR")))
        .contains("CA$3.00 + €2.00")
        .contains("CA$3.00 could not be converted to EUR");
    UsageFigures figures = new UsageFigures(report(Optional.of("EUR")));
    assertThat(figures.unit()).isEqualTo(new UsageFigures.Unit.Money("EUR"));
    assertThat(figures.costs().get(new CloudId("bhs"))).containsOnlyKeys("CAD");
    assertThat(new UsageFigures(report(Optional.empty())).unit())
        .isEqualTo(new UsageFigures.Unit.ServerHours());
  }
}
