package io.isthmus.domain.audit;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Records on their way into the log, in PostgreSQL. */
@ApplicationScoped
public class JdbcAuditLog implements AuditLog {

  private DataSource database;

  @Inject
  public JdbcAuditLog(DataSource database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected JdbcAuditLog() {}

  @Override
  @Transactional
  public void add(AuditRecord record) {
    insert(record);
  }

  @Override
  @Transactional(TxType.REQUIRES_NEW)
  public void addAlone(AuditRecord record) {
    insert(record);
  }

  private void insert(AuditRecord record) {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement("insert into audit_pending (record) values (?)")) {
      insert.setString(1, Cadf.write(record));
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new FederationFault(
          FaultCode.AUDIT_UNAVAILABLE,
          Phrase.of("audit.unavailable"),
          List.of(),
          JsonValue.EMPTY_JSON_OBJECT,
          e);
    }
  }
}
