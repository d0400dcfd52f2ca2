package io.isthmus.ui.usage;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.PriceItem;
import io.isthmus.domain.usage.UsageDimension;
import io.isthmus.domain.usage.UsageReport;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.Formats;
import io.isthmus.ui.element.ItemWords;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.Strong;
import io.isthmus.ui.list.ListColumn;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A report as a table's columns: what rows are of, how much, and what it costs. */
class UsageColumns {

  private static final String COST = "cost-";
  private static final String CONVERTED = "converted";

  /** A row of the report, or all of them together. */
  record Line(UsageReport.Row row, boolean total) {}

  private final Component reader;
  private final UsageReport report;
  private final List<UsageDimension> by;
  private final Clouds clouds;
  private final boolean linked;
  private final Formats formats = Reader.formats();

  /**
   * @param linked whether the stacks are ones that the reader can look at
   */
  UsageColumns(
      Component reader,
      UsageReport report,
      List<UsageDimension> by,
      Clouds clouds,
      boolean linked) {
    this.reader = reader;
    this.report = report;
    this.by = by;
    this.clouds = clouds;
    this.linked = linked;
  }

  List<ListColumn<Line>> columns() {
    List<ListColumn<Line>> columns = new ArrayList<>();
    for (int i = 0; i < by.size(); i++) {
      columns.add(key(by.get(i), i == 0));
    }
    if (by.isEmpty()) {
      columns.add(ListColumn.text("all", word("usage.total"), line -> word("usage.total")));
    }
    columns.add(quantity(PriceItem.Kind.FLAVOR_HOUR));
    columns.add(quantity(PriceItem.Kind.VOLUME_GIB_MONTH));
    columns.add(quantity(PriceItem.Kind.ADDRESS_HOUR));
    // What it costs comes last: on a phone it stands beside the name.
    if (!report.total().unpriced().isEmpty()) {
      columns.add(
          ListColumn.of(
              "unpriced",
              word("usage.without-price"),
              line -> quiet(unpriced(line.row())),
              line -> unpriced(line.row())));
    }
    report.total().costs().keySet().forEach(currency -> columns.add(cost(currency)));
    report.currency().ifPresent(currency -> columns.add(converted(currency)));
    return columns;
  }

  /** By what rows can be ordered, other than in the order that was asked for. */
  Map<String, Comparator<Line>> orders() {
    Map<String, Comparator<Line>> orders = new HashMap<>();
    for (PriceItem.Kind kind : PriceItem.Kind.values()) {
      orders.put(kind.text(), Comparator.comparing(line -> amount(line.row().quantities(), kind)));
    }
    report
        .total()
        .costs()
        .keySet()
        .forEach(
            currency ->
                orders.put(
                    COST + currency,
                    Comparator.comparing(line -> amount(line.row().costs(), currency))));
    orders.put(
        CONVERTED, Comparator.comparing(line -> line.row().converted().orElse(BigDecimal.ZERO)));
    return orders;
  }

  /**
   * Whether something that the row is of is called so.
   *
   * @param text a part of a name as it is shown, or of an id, in any case; empty for each row
   */
  boolean isNamed(Line line, String text) {
    String wanted = text.strip().toLowerCase(formats.locale());
    // Without a name there is nothing to find it by.
    return by.isEmpty()
        || line.row().keys().entrySet().stream()
            .map(entry -> keyText(entry.getKey(), entry.getValue()) + " " + shown(entry))
            .anyMatch(words -> words.toLowerCase(formats.locale()).contains(wanted));
  }

  private String shown(Map.Entry<UsageDimension, UsageReport.Key> entry) {
    UsageReport.Key key = entry.getValue();
    return switch (entry.getKey()) {
      case ITEM -> ItemWords.of(reader, item(key.id()));
      case MONTH -> formats.month(YearMonth.parse(key.id()));
      case DAY -> formats.day(LocalDate.parse(key.id()));
      case CLOUD, STACK, TENANT, PROJECT -> key.name();
    };
  }

  private static <K> BigDecimal amount(SortedMap<K, BigDecimal> amounts, K key) {
    return amounts.getOrDefault(key, BigDecimal.ZERO);
  }

  private ListColumn<Line> key(UsageDimension dimension, boolean first) {
    return ListColumn.of(
        dimension.text(),
        word("usage.head-" + dimension.text()),
        line -> {
          if (line.total()) {
            return first ? new Strong(word("usage.total")) : new Span();
          }
          return keyCell(dimension, line.row().keys().get(dimension));
        },
        line ->
            line.total()
                ? first ? word("usage.total") : ""
                : keyText(dimension, line.row().keys().get(dimension)));
  }

  private Component keyCell(UsageDimension dimension, UsageReport.Key key) {
    return switch (dimension) {
      case CLOUD -> clouds.chip(new CloudId(key.id()));
      case STACK -> linked ? new Anchor("/stacks/" + key.id(), key.name()) : new Span(key.name());
      case ITEM -> new Span(ItemWords.of(reader, item(key.id())));
      case MONTH -> new Span(formats.month(YearMonth.parse(key.id())));
      case DAY -> new Span(formats.day(LocalDate.parse(key.id())));
      case TENANT, PROJECT -> new Span(key.name());
    };
  }

  /** As in files: the same for readers of every language. */
  private static String keyText(UsageDimension dimension, UsageReport.Key key) {
    return dimension == UsageDimension.STACK ? key.name() + " " + key.id() : key.id();
  }

  /** What {@link PriceItem#toString} wrote. */
  static PriceItem item(String text) {
    String[] words = text.split(" ", 2);
    return new PriceItem(
        PriceItem.Kind.find(words[0]).orElseThrow(), words.length > 1 ? words[1] : "");
  }

  private ListColumn<Line> quantity(PriceItem.Kind kind) {
    return figure(
        kind.text(),
        word("usage.hours-" + kind),
        line ->
            Optional.ofNullable(line.row().quantities().get(kind))
                .map(formats::quantity)
                .orElse("–"),
        line ->
            Optional.ofNullable(line.row().quantities().get(kind))
                .map(BigDecimal::toPlainString)
                .orElse("0"));
  }

  private ListColumn<Line> cost(String currency) {
    return figure(
        COST + currency,
        reader.getTranslation("usage.cost-in", currency),
        line -> money(line.row(), Optional.ofNullable(line.row().costs().get(currency)), currency),
        line ->
            Optional.ofNullable(line.row().costs().get(currency))
                .map(BigDecimal::toPlainString)
                .orElse(line.row().costs().isEmpty() ? word("usage.unknown") : ""));
  }

  private ListColumn<Line> converted(String currency) {
    return figure(
        CONVERTED,
        reader.getTranslation("usage.converted-to", currency),
        line -> money(line.row(), known(line.row()), currency),
        line -> known(line.row()).map(BigDecimal::toPlainString).orElse(word("usage.unknown")));
  }

  /** Empty when nothing of it could be converted. */
  private static Optional<BigDecimal> known(UsageReport.Row row) {
    return row.costs().equals(row.unconverted()) ? Optional.empty() : row.converted();
  }

  /** What is not known is never told as nothing. */
  private String money(UsageReport.Row row, Optional<BigDecimal> sum, String currency) {
    if (sum.isPresent()) {
      return formats.money(sum.get(), currency);
    }
    return row.costs().isEmpty() || row.costs().equals(row.unconverted())
        ? word("usage.unknown")
        : "–";
  }

  private ListColumn<Line> figure(
      String id, String header, Function<Line, String> shown, Function<Line, String> text) {
    return new ListColumn<>(
        id,
        header,
        line -> line.total() ? new Strong(shown.apply(line)) : new Text(shown.apply(line)),
        text,
        true,
        true,
        false);
  }

  private String unpriced(UsageReport.Row row) {
    return row.unpriced().keySet().stream()
        .map(item -> ItemWords.briefly(reader, item))
        .collect(Collectors.joining(", "));
  }

  private static Component quiet(String words) {
    Div cell = new Div(words);
    cell.addClassNames("quiet", "small");
    return cell;
  }

  private String word(String key) {
    return reader.getTranslation(key);
  }
}
