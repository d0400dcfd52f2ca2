package io.isthmus.ui.usage;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.usage.UsageDimension;
import io.isthmus.domain.usage.UsageQuery;
import io.isthmus.ui.list.ListState;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the page is asked for, as it stands in the address: {@code
 * period=DAYS&from=2026-11-01&to=2026-11-27&by=cloud,stack&currency=EUR&whose=all}. What is no
 * period, no day and nothing to tell usage apart by is left out.
 *
 * @param last the last day that belongs to it, in UTC
 * @param by in order
 * @param whose {@link #ALL}, or a project; empty for the reader's own
 */
record UsageQuestion(
    Period period,
    LocalDate first,
    LocalDate last,
    List<UsageDimension> by,
    Optional<String> currency,
    Optional<String> whose) {

  static final String PERIOD = "period";
  static final String FROM = "from";
  static final String TO = "to";
  static final String BY = "by";
  static final String CURRENCY = "currency";
  static final String WHOSE = "whose";
  static final String ALL = "all";

  /** By what usage is told apart at most at once. */
  static final int MOST = 3;

  /** What can be chosen, in the order in which it is offered. */
  static final List<UsageDimension> OFFERED =
      List.of(
          UsageDimension.MONTH,
          UsageDimension.DAY,
          UsageDimension.CLOUD,
          UsageDimension.PROJECT,
          UsageDimension.STACK,
          UsageDimension.ITEM);

  private static final String NOTHING = "none";
  private static final int YEAR = 12;
  private static final int LAST_YEAR = 9999;

  /** Longest time of which each day has a bar of its own. */
  private static final int MOST_DAYS = 62;

  /**
   * @param today in UTC
   */
  static UsageQuestion of(ListState asked, LocalDate today) {
    YearMonth month = YearMonth.from(today);
    Optional<LocalDate> from = asked.value(FROM).flatMap(UsageQuestion::day);
    Optional<LocalDate> to = asked.value(TO).flatMap(UsageQuestion::day);
    Period period =
        asked
            .value(PERIOD, Period.class)
            .orElse(from.isPresent() || to.isPresent() ? Period.DAYS : Period.THIS_MONTH);
    LocalDate first =
        switch (period) {
          case THIS_MONTH -> month.atDay(1);
          case LAST_MONTH -> month.minusMonths(1).atDay(1);
          case LAST_12_MONTHS -> month.minusMonths(YEAR - 1L).atDay(1);
          case DAYS -> from.orElse(month.atDay(1));
        };
    LocalDate last =
        switch (period) {
          case THIS_MONTH, LAST_12_MONTHS -> month.atEndOfMonth();
          case LAST_MONTH -> month.minusMonths(1).atEndOfMonth();
          case DAYS -> to.orElse(today);
        };
    return new UsageQuestion(
        period, first, last, by(asked.value(BY)), asked.value(CURRENCY), asked.value(WHOSE));
  }

  private static Optional<LocalDate> day(String text) {
    try {
      return Optional.of(LocalDate.parse(text)).filter(UsageQuestion::isUsual);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** What is far away is a mistake; the day after the last one has to be one as well. */
  private static boolean isUsual(LocalDate day) {
    return day.getYear() > 0
        && day.getYear() <= LAST_YEAR
        && day.plusDays(1).getYear() <= LAST_YEAR;
  }

  private static List<UsageDimension> by(Optional<String> text) {
    return text.map(
            words ->
                Arrays.stream(words.split(","))
                    .map(String::strip)
                    .map(UsageDimension::find)
                    .flatMap(Optional::stream)
                    .filter(OFFERED::contains)
                    .distinct()
                    .limit(MOST)
                    .toList())
        .orElse(List.of(UsageDimension.CLOUD));
  }

  /** As in the address. */
  static String written(List<UsageDimension> by) {
    return by.isEmpty()
        ? NOTHING
        : by.stream().distinct().map(UsageDimension::text).collect(Collectors.joining(","));
  }

  Instant from() {
    return first.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** First moment that does not belong to it. */
  Instant to() {
    return last.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /**
   * @param project empty for all of which the reader may know
   */
  UsageQuery query(Optional<ProjectId> project) {
    return query(project, by);
  }

  /**
   * Whose usage is told: what cannot be a project, or is none of those, is the reader's own.
   *
   * @param own empty for who belongs to none, and is told of all
   * @param others that may be asked for
   * @return empty for all
   */
  Optional<ProjectId> project(Optional<ProjectId> own, List<ProjectId> others) {
    if (whose.filter(ALL::equals).isPresent() && others.size() > 1) {
      return Optional.empty();
    }
    return whose
        .flatMap(name -> others.stream().filter(one -> one.toString().equals(name)).findFirst())
        .or(() -> own);
  }

  /** What the chart is drawn from: bars in time, told apart by cloud. */
  UsageQuery chart(Optional<ProjectId> project) {
    return query(
        project,
        List.of(byDay() ? UsageDimension.DAY : UsageDimension.MONTH, UsageDimension.CLOUD));
  }

  boolean byDay() {
    return ChronoUnit.DAYS.between(first, last) < MOST_DAYS;
  }

  /** Of the chart, in time; ids as a report has them. */
  List<String> buckets() {
    return byDay()
        ? first.datesUntil(last.plusDays(1)).map(LocalDate::toString).toList()
        : first
            .withDayOfMonth(1)
            .datesUntil(last.plusDays(1), java.time.Period.ofMonths(1))
            .map(YearMonth::from)
            .map(YearMonth::toString)
            .toList();
  }

  private UsageQuery query(Optional<ProjectId> project, List<UsageDimension> dimensions) {
    return new UsageQuery(
        project.map(ProjectId::tenant),
        project.map(ProjectId::project),
        from(),
        to(),
        dimensions,
        currency);
  }
}
