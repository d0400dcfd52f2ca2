package io.isthmus.domain.audit;

import io.isthmus.domain.audit.AuditVerifier.Verdict;
import io.isthmus.domain.encryption.SecretBox;
import io.isthmus.domain.start.TestDatabase;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** A log of its own in a real database; it is noon in it. */
final class TestLog implements AutoCloseable {

  static final Clock CLOCK = Clock.fixed(Records.NOON, ZoneOffset.UTC);

  private final TestDatabase database = TestDatabase.create();
  private final AuditSealer sealer =
      new AuditSealer(database.dataSource(), new SecretBox(List.of(new byte[32])), CLOCK);

  /** Forgets everything. */
  void clear() {
    database.execute(
        "truncate audit_pending, audit_record, audit_seal, audit_node, audit_key;"
            + " update audit_head set size = 0, subtrees = '', kept = 0");
  }

  DataSource dataSource() {
    return database.dataSource();
  }

  void execute(String sql) {
    database.execute(sql);
  }

  /** Writes records as they wait to be sealed. */
  void write(List<AuditRecord> records) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement insert =
            connection.prepareStatement("insert into audit_pending (record) values (?)")) {
      for (AuditRecord record : records) {
        insert.setString(1, Cadf.write(record));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  int seal() throws SQLException {
    return sealer.seal();
  }

  /** What comes of checking an export. */
  Verdict verdict() throws SQLException {
    StringWriter out = new StringWriter();
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      new AuditExport(connection).write(out);
    }
    return new AuditVerifier(Optional.empty()).verify(out.toString().lines().iterator());
  }

  @Override
  public void close() {
    database.close();
  }
}
