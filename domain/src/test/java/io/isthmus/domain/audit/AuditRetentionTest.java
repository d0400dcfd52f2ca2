package io.isthmus.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.AuditVerifier.Broken;
import io.isthmus.domain.audit.AuditVerifier.Intact;
import java.sql.Connection;
import java.time.Duration;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the rule took can be told from what somebody removed. */
class AuditRetentionTest {

  private static final ProjectId DEMO = new ProjectId("acme", "demo");

  private static TestLog log;

  private AuditRetention rule;

  @BeforeAll
  static void open() {
    log = new TestLog();
  }

  @AfterAll
  static void close() {
    log.close();
  }

  @BeforeEach
  void thirtyRecordsOneADay() throws Exception {
    log.clear();
    rule =
        new AuditRetention(
            log.dataSource(), new JdbcAuditLog(log.dataSource()), Period.ofDays(10), TestLog.CLOCK);
    for (int tens = 0; tens < 3; tens++) {
      List<AuditRecord> records = new ArrayList<>();
      for (int day = 30 - 10 * tens; day > 20 - 10 * tens; day--) {
        records.add(Records.of(DEMO, "day-" + day, Records.NOON.minus(day, ChronoUnit.DAYS)));
      }
      log.write(records);
      log.seal();
    }
  }

  @Test
  void nothingIsDeletedBeforeASealSaysSo() throws Exception {
    assertThat(rule.apply()).isZero();
    assertThat(rule.apply()).isZero();

    log.seal();

    assertThat(rule.apply()).isEqualTo(20);
    assertThat(rule.apply()).isZero();
    assertThat(log.verdict()).isInstanceOf(Intact.class);
    assertThat(((Intact) log.verdict()).head().orElseThrow().kept()).isEqualTo(20);
  }

  @Test
  void theRuleTellsThatItTookSomething() throws Exception {
    rule.apply();
    log.seal();

    try (Connection connection = log.dataSource().getConnection()) {
      AuditRecord told =
          new JdbcAuditLists(connection)
              .after(AuditQuery.of(Optional.empty()), Optional.empty(), 1)
              .get(0)
              .record();
      assertThat(told.action()).isEqualTo("delete/retention");
      assertThat(told.target().id()).isEqualTo("before 20");
    }
  }

  @Test
  void whatSomebodyRemovedBeforeItsTimeIsNamed() throws Exception {
    rule.apply();
    log.seal();
    log.execute("delete from audit_record where position < 22");

    assertThat(log.verdict()).isInstanceOf(Broken.class);
    assertThat(((Broken) log.verdict()).position()).contains(20L);
  }

  @Test
  void whatSomebodyRemovedAmongWhatIsKeptIsNamed() throws Exception {
    log.execute("delete from audit_record where position = 25");

    assertThat(log.verdict()).isInstanceOf(Broken.class);
    assertThat(((Broken) log.verdict()).position()).contains(25L);
  }

  @Test
  void aRuleThatIsNoneIsRefusedByName() {
    assertThat(AuditStart.period(" P1Y ", false)).isEqualTo(Period.ofYears(1));
    for (String text : List.of("", "1 year", "P0D", "P-1D", "PT5H")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> AuditStart.period(text, false))
          .withMessageContaining("isthmus.audit.retention is “" + text + "”")
          .withMessageContaining("P90D");
    }
    assertThat(AuditStart.period("PT2M", true)).isEqualTo(Duration.ofMinutes(2));
    for (String text : List.of("PT0S", "PT-5M", "PTx")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> AuditStart.period(text, true))
          .withMessageContaining(text);
    }
  }
}
