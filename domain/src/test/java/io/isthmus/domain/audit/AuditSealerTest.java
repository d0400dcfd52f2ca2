package io.isthmus.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.audit.AuditVerifier.Broken;
import io.isthmus.domain.audit.AuditVerifier.Intact;
import io.isthmus.domain.audit.AuditVerifier.Verdict;
import io.isthmus.domain.encryption.SecretBox;
import io.isthmus.domain.start.TestDatabase;
import java.io.StringWriter;
import java.sql.Connection;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditSealerTest {

  private TestDatabase database;
  private JdbcAuditLog log;
  private AuditSealer sealer;

  @BeforeEach
  void open() {
    database = TestDatabase.create();
    log = new JdbcAuditLog(database.dataSource());
    sealer =
        new AuditSealer(
            database.dataSource(),
            new SecretBox(List.of(new byte[32])),
            Clock.fixed(Records.NOON, ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Verdict verdict() throws Exception {
    StringWriter out = new StringWriter();
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      new AuditExport(connection).write(out);
    }
    return new AuditVerifier(Optional.empty()).verify(out.toString().lines().iterator());
  }

  @Test
  void takesWhatWaitsIntoALogThatCanBeChecked() throws Exception {
    for (int index = 0; index < 700; index++) {
      log.add(Records.created("stack-" + index));
      if (index % 300 == 0) {
        assertThat(sealer.seal()).isPositive();
      }
    }
    assertThat(sealer.seal()).isPositive();
    assertThat(sealer.seal()).isZero();

    assertThat(verdict()).isInstanceOf(Intact.class);
    assertThat(((Intact) verdict()).records()).isEqualTo(700);
  }

  @Test
  void aRecordThatSomebodyChangedInTheDatabaseIsNamed() throws Exception {
    for (int index = 0; index < 20; index++) {
      log.add(Records.created("stack-" + index));
    }
    sealer.seal();
    database.execute(
        "update audit_record set record = replace(record, 'alice', 'mallory') where position = 7");

    assertThat(verdict()).isInstanceOf(Broken.class);
    assertThat(((Broken) verdict()).position()).contains(7L);
  }

  @Test
  void anEmptyLogIsIntact() throws Exception {
    assertThat(verdict()).isInstanceOf(Intact.class);
  }
}
