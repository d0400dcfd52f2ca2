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
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes the log as it is when this begins: from the segment on of which retention has kept
 * something.
 */
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
    Map<String, String> keys =
        JdbcSeals.keys(connection).stream()
            .collect(Collectors.toMap(AuditKey::id, AuditKey::publicKey));
    Optional<Seal> before = lastDropped();
    try (PreparedStatement seals =
            connection.prepareStatement(
                "select * from audit_seal where number > ? order by number");
        PreparedStatement records =
            connection.prepareStatement(
                "select position, record from audit_record where position >= ? and position < ?"
                    + " order by position")) {
      seals.setFetchSize(FETCHED);
      line(out, AuditLines.write(beginning(before)));
      seals.setLong(1, before.map(Seal::number).orElse(0L));
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

  /** The last seal of whose records no text is kept. */
  private Optional<Seal> lastDropped() throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "select * from audit_seal where size <= (select min(position) from audit_record)"
                    + " order by size desc limit 1");
        ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.of(JdbcSeals.read(row)) : Optional.empty();
    }
  }

  private Beginning beginning(Optional<Seal> before) {
    if (before.isEmpty()) {
      return new Beginning(new CompactRange(), Seal.NONE, 0);
    }
    Seal seal = before.get();
    return new Beginning(
        new MerkleTree(new JdbcNodes(connection)).range(seal.size()), seal.hash(), seal.number());
  }
}
