package io.isthmus.domain.audit;

import io.isthmus.domain.audit.AuditLines.Beginning;
import io.isthmus.domain.audit.AuditLines.Dropped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Writes the log from its beginning, as it is when this begins. */
final class AuditExport {

  private static final int FETCHED = 256;

  private final Connection connection;

  /**
   * @param connection in a transaction, so that it is read row by row
   */
  AuditExport(Connection connection) {
    this.connection = connection;
  }

  /**
   * @throws UncheckedIOException when the other end is gone
   */
  void write(Writer out) throws SQLException {
    Map<String, String> keys = keys();
    try (PreparedStatement seals =
            connection.prepareStatement("select * from audit_seal order by number");
        PreparedStatement records =
            connection.prepareStatement(
                "select position, record from audit_record where position >= ? and position < ?"
                    + " order by position")) {
      seals.setFetchSize(FETCHED);
      line(out, AuditLines.write(new Beginning(new CompactRange(), Seal.NONE, 0)));
      try (ResultSet rows = seals.executeQuery()) {
        while (rows.next()) {
          Seal seal = JdbcSeals.read(rows);
          segment(out, records, seal);
          line(out, AuditLines.write(seal, keys.getOrDefault(seal.key(), "")));
        }
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void segment(Writer out, PreparedStatement records, Seal seal)
      throws SQLException, IOException {
    records.setLong(1, seal.first());
    records.setLong(2, seal.size());
    long next = seal.first();
    try (ResultSet rows = records.executeQuery()) {
      while (rows.next()) {
        for (long position = rows.getLong(1); next < position; next++) {
          line(out, AuditLines.write(new Dropped(next)));
        }
        line(out, rows.getString(2));
        next++;
      }
    }
    for (; next < seal.size(); next++) {
      line(out, AuditLines.write(new Dropped(next)));
    }
  }

  private static void line(Writer out, String text) throws IOException {
    out.write(text);
    out.write('\n');
  }

  private Map<String, String> keys() throws SQLException {
    Map<String, String> keys = new HashMap<>();
    try (PreparedStatement select =
            connection.prepareStatement("select id, public_key from audit_key");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        keys.put(rows.getString(1), rows.getString(2));
      }
    }
    return keys;
  }
}
