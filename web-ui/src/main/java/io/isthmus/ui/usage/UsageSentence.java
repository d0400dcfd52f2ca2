package io.isthmus.ui.usage;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.PriceItem;
import io.isthmus.domain.usage.UsageReport;
import io.isthmus.ui.element.Formats;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is true of a report, in a few words. */
final class UsageSentence {

  private static final int NAMED = 4;

  /** The portal's words. */
  @FunctionalInterface
  interface Words {
    String of(String key, Object... arguments);
  }

  private final Words words;
  private final Formats formats;
  private final Function<PriceItem, String> names;

  /**
   * @param names what an item is called, briefly
   */
  UsageSentence(Words words, Formats formats, Function<PriceItem, String> names) {
    this.words = words;
    this.formats = formats;
    this.names = names;
  }

  String of(UsageQuestion question, UsageReport report) {
    UsageFigures figures = new UsageFigures(report);
    LocalDate today = report.asOf().atZone(ZoneOffset.UTC).toLocalDate();
    LocalDate last =
        question.last().isAfter(today) && !question.first().isAfter(today)
            ? today
            : question.last();
    String days =
        words.of(
            "usage.days", formats.day(question.first()), formats.day(last), same(question, last));
    if (report.rows().isEmpty()) {
      return words.of("usage.nothing", days);
    }
    List<String> sentences = new ArrayList<>();
    SortedMap<String, BigDecimal> sums = UsageFigures.shown(report.total(), report.currency());
    if (sums.isEmpty()) {
      sentences.add(words.of("usage.cost-unknown", days));
    } else {
      sentences.add(told(days, sums, figures.costs()));
    }
    unpriced(figures).ifPresent(sentences::add);
    if (!report.total().unconverted().isEmpty()) {
      sentences.add(
          words.of(
              "usage.unconverted",
              formats.money(report.total().unconverted()),
              report.currency().orElse("")));
    }
    return String.join(" ", sentences);
  }

  private static int same(UsageQuestion question, LocalDate last) {
    return question.first().equals(last) ? 1 : 2;
  }

  private String told(
      String days,
      SortedMap<String, BigDecimal> sums,
      SortedMap<CloudId, SortedMap<String, BigDecimal>> byCloud) {
    String total = formats.money(sums);
    if (byCloud.size() < 2) {
      return byCloud.isEmpty()
          ? words.of("usage.told", days, total)
          : words.of("usage.told-in-one", days, total, byCloud.firstKey().text());
    }
    List<String> shares =
        byCloud.entrySet().stream()
            .map(
                share ->
                    words.of("usage.share", formats.money(share.getValue()), share.getKey().text()))
            .toList();
    return words.of("usage.told-of-which", days, total, some(shares));
  }

  private Optional<String> unpriced(UsageFigures figures) {
    List<String> unknown =
        figures.unpriced().entrySet().stream()
            .flatMap(
                of ->
                    of.getValue().stream()
                        .map(
                            item ->
                                words.of("usage.item-in", names.apply(item), of.getKey().text())))
            .toList();
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of(words.of("usage.unpriced", unknown.size(), some(unknown)));
  }

  private String some(List<String> all) {
    String first = all.stream().limit(NAMED).collect(Collectors.joining(", "));
    return all.size() > NAMED ? words.of("stack.and-others", first, all.size() - NAMED) : first;
  }
}
