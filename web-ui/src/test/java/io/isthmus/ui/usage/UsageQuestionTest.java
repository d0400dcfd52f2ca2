package io.isthmus.ui.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.usage.UsageDimension;
import io.isthmus.domain.usage.UsageQuery;
import io.isthmus.ui.list.ListState;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UsageQuestionTest {

  private static final LocalDate TODAY = LocalDate.parse("2026-11-27");
  private static final Optional<ProjectId> PROJECT = Optional.of(new ProjectId("acme", "demo"));

  private static UsageQuestion of(Map<String, String> address) {
    return UsageQuestion.of(new ListState(address), TODAY);
  }

  @Test
  void asksForThisMonthByCloudWhenTheAddressSaysNothing() {
    UsageQuestion question = of(Map.of());
    assertThat(question.query(PROJECT))
        .isEqualTo(
            new UsageQuery(
                Optional.of("acme"),
                Optional.of("demo"),
                Instant.parse("2026-11-01T00:00:00Z"),
                Instant.parse("2026-12-01T00:00:00Z"),
                List.of(UsageDimension.CLOUD),
                Optional.empty()));
    assertThat(question.byDay()).isTrue();
    assertThat(question.buckets()).hasSize(30).startsWith("2026-11-01").endsWith("2026-11-30");
  }

  @Test
  void readsPeriods() {
    UsageQuestion last = of(Map.of("period", "LAST_MONTH"));
    assertThat(last.first()).isEqualTo("2026-10-01");
    assertThat(last.last()).isEqualTo("2026-10-31");
    UsageQuestion year = of(Map.of("period", "LAST_12_MONTHS"));
    assertThat(year.first()).isEqualTo("2025-12-01");
    assertThat(year.last()).isEqualTo("2026-11-30");
    assertThat(year.byDay()).isFalse();
    assertThat(year.buckets()).hasSize(12).startsWith("2025-12").endsWith("2026-11");
    assertThat(year.chart(PROJECT).by())
        .containsExactly(UsageDimension.MONTH, UsageDimension.CLOUD);
  }

  @Test
  void readsDaysOfWhichTheLastBelongsToIt() {
    UsageQuestion days = of(Map.of("from", "2026-11-03", "to", "2026-11-05"));
    assertThat(days.period()).isEqualTo(Period.DAYS);
    assertThat(days.from()).isEqualTo("2026-11-03T00:00:00Z");
    assertThat(days.to()).isEqualTo("2026-11-06T00:00:00Z");
    assertThat(days.buckets()).containsExactly("2026-11-03", "2026-11-04", "2026-11-05");
  }

  @Test
  void startsMonthsOfAChartAtTheirFirstDay() {
    assertThat(of(Map.of("from", "2026-08-31", "to", "2026-11-02")).buckets())
        .containsExactly("2026-08", "2026-09", "2026-10", "2026-11");
  }

  @Test
  void keepsTheOrderInWhichUsageIsToldApart() {
    assertThat(of(Map.of("by", "stack,cloud,stack,nonsense,tenant")).by())
        .containsExactly(UsageDimension.STACK, UsageDimension.CLOUD);
    assertThat(of(Map.of("by", "none")).by()).isEmpty();
    List<UsageDimension> by = List.of(UsageDimension.STACK, UsageDimension.CLOUD);
    assertThat(of(Map.of("by", UsageQuestion.written(by))).by()).isEqualTo(by);
    assertThat(of(Map.of("by", UsageQuestion.written(List.of()))).by()).isEmpty();
  }

  @Test
  void takesWhatIsNoDayForNone() {
    UsageQuestion question = of(Map.of("period", "DAYS", "from", "yesterday", "to", "-1-01-01"));
    assertThat(question.first()).isEqualTo("2026-11-01");
    assertThat(question.last()).isEqualTo(TODAY);
    assertThat(of(Map.of("to", "+999999999-12-31")).last()).isEqualTo("2026-11-30");
    assertThat(of(Map.of("to", "9999-12-31")).last()).isEqualTo("2026-11-30");
    assertThat(of(Map.of("from", "2026-11-01", "to", "9999-12-30")).last()).isEqualTo("9999-12-30");
  }

  @Test
  void asksForEverybodyWithoutAProject() {
    UsageQuery query = of(Map.of("currency", "EUR")).query(Optional.empty());
    assertThat(query.tenant()).isEmpty();
    assertThat(query.project()).isEmpty();
    assertThat(query.currency()).contains("EUR");
  }

  @Test
  void isOfTheReadersProjectUnlessAnotherOfTheirsIsAskedFor() {
    ProjectId other = new ProjectId("acme", "test");
    List<ProjectId> theirs = List.of(PROJECT.get(), other);
    assertThat(of(Map.of()).project(PROJECT, theirs)).isEqualTo(PROJECT);
    assertThat(of(Map.of("whose", "acme/test")).project(PROJECT, theirs)).contains(other);
    assertThat(of(Map.of("whose", "globex/demo")).project(PROJECT, theirs)).isEqualTo(PROJECT);
    assertThat(of(Map.of("whose", "all")).project(PROJECT, theirs)).isEmpty();
    assertThat(of(Map.of("whose", "all")).project(PROJECT, List.of(PROJECT.get())))
        .isEqualTo(PROJECT);
  }
}
