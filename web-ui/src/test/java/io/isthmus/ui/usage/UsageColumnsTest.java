package io.isthmus.ui.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import io.isthmus.domain.cloud.PriceItem;
import io.isthmus.domain.usage.UsageDimension;
import io.isthmus.domain.usage.UsageReport;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.list.ListColumn;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UsageColumnsTest {

  private static final Instant NOW = Instant.parse("2026-11-27T15:00:00Z");

  @BeforeEach
  void readEnglish() {
    UI ui = new UI();
    ui.setLocale(Locale.ENGLISH);
    UI.setCurrent(ui);
  }

  @AfterEach
  void readNoMore() {
    UI.setCurrent(null);
  }

  private static UsageReport.Row row(String cloud, Map<String, BigDecimal> costs, String lacking) {
    TreeMap<PriceItem, BigDecimal> unpriced = new TreeMap<>();
    if (!lacking.isEmpty()) {
      unpriced.put(PriceItem.flavor(lacking), BigDecimal.ONE);
    }
    return new UsageReport.Row(
        Map.of(UsageDimension.CLOUD, new UsageReport.Key(cloud, cloud)),
        new TreeMap<>(Map.of(PriceItem.Kind.FLAVOR_HOUR, new BigDecimal("1.500000"))),
        new TreeMap<>(costs),
        Optional.of(costs.getOrDefault("EUR", BigDecimal.ZERO)),
        unpriced,
        new TreeMap<>(costs.containsKey("CAD") ? costs : Map.of()));
  }

  @Test
  void whatHasNoKnownPriceIsNeverToldAsNothing() {
    Map<String, BigDecimal> euros = Map.of("EUR", new BigDecimal("2.000000"));
    UsageReport report =
        new UsageReport(
            NOW.minusSeconds(3600),
            NOW,
            NOW,
            Optional.of("EUR"),
            List.of(
                row("gra", euros, ""),
                row("bhs", Map.of(), "m1.large"),
                row("syd", Map.of("CAD", BigDecimal.ONE), "")),
            row("", euros, "m1.large"));
    List<ListColumn<UsageColumns.Line>> columns =
        new UsageColumns(
                new Div(), report, List.of(UsageDimension.CLOUD), new Clouds(List.of()), true)
            .columns();
    assertThat(columns)
        .extracting(ListColumn::id)
        .containsExactly(
            "cloud",
            "flavor_hour",
            "volume_gib_month",
            "address_hour",
            "unpriced",
            "cost-EUR",
            "converted");
    assertThat(texts(columns, report.rows().get(0)))
        .startsWith("gra", "1.500000", "0", "0", "", "2.000000", "2.000000");
    // Words stand here by their keys.
    assertThat(texts(columns, report.rows().get(1)).subList(4, 7))
        .allSatisfy(text -> assertThat(text).doesNotContain("0"))
        .first()
        .isEqualTo("m1.large");
    assertThat(texts(columns, report.rows().get(1)).get(6)).contains("usage.unknown");
    // Of which no rate is known.
    assertThat(texts(columns, report.rows().get(2)).get(6)).contains("usage.unknown");
  }

  private static List<String> texts(
      List<ListColumn<UsageColumns.Line>> columns, UsageReport.Row row) {
    return columns.stream()
        .map(column -> column.text().apply(new UsageColumns.Line(row, false)))
        .toList();
  }

  @Test
  void rowsAreFoundByWhatTheyAreCalled() {
    UsageReport report =
        new UsageReport(
            NOW.minusSeconds(3600),
            NOW,
            NOW,
            Optional.empty(),
            List.of(row("gra", Map.of(), ""), row("bhs", Map.of(), "")),
            row("", Map.of(), ""));
    UsageColumns columns =
        new UsageColumns(
            new Div(), report, List.of(UsageDimension.CLOUD), new Clouds(List.of()), true);
    List<UsageColumns.Line> lines =
        report.rows().stream().map(row -> new UsageColumns.Line(row, false)).toList();
    assertThat(lines).filteredOn(line -> columns.isNamed(line, "")).hasSize(2);
    assertThat(lines)
        .filteredOn(line -> columns.isNamed(line, " GR"))
        .containsExactly(lines.get(0));
    assertThat(lines).noneMatch(line -> columns.isNamed(line, "syd"));
  }
}
