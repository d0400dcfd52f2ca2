package io.isthmus.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.audit.AuditVerifier.Broken;
import io.isthmus.domain.audit.AuditVerifier.Intact;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditSealerTest {

  private static TestLog log;

  @BeforeAll
  static void open() {
    log = new TestLog();
  }

  @AfterAll
  static void close() {
    log.close();
  }

  @BeforeEach
  void clear() {
    log.clear();
  }

  private static void write(int count) throws Exception {
    List<AuditRecord> records = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      records.add(Records.created("stack-" + index));
    }
    log.write(records);
  }

  @Test
  void takesWhatWaitsIntoALogThatCanBeChecked() throws Exception {
    write(300);
    assertThat(log.seal()).isEqualTo(300);
    write(1);
    assertThat(log.seal()).isEqualTo(1);
    write(399);
    assertThat(log.seal()).isEqualTo(399);
    assertThat(log.seal()).isZero();

    assertThat(log.verdict()).isInstanceOf(Intact.class);
    assertThat(((Intact) log.verdict()).records()).isEqualTo(700);
  }

  @Test
  void whatTheServerWritesWaitsToBeSealed() throws Exception {
    new JdbcAuditLog(log.dataSource()).add(Records.created("stack-1"));
    new JdbcAuditLog(log.dataSource()).addAlone(Records.failedInCloud());

    assertThat(log.seal()).isEqualTo(2);
  }

  @Test
  void aRecordThatSomebodyChangedInTheDatabaseIsNamed() throws Exception {
    write(20);
    log.seal();
    log.execute(
        "update audit_record set record = replace(record, 'alice', 'mallory') where position = 7");

    assertThat(log.verdict()).isInstanceOf(Broken.class);
    assertThat(((Broken) log.verdict()).position()).contains(7L);
  }

  @Test
  void anEmptyLogIsIntact() throws Exception {
    assertThat(log.verdict()).isInstanceOf(Intact.class);
  }
}
