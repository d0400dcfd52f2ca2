package io.isthmus.domain.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Seals in PostgreSQL. */
final class JdbcSeals {

  private static final int HASH_BYTES = 32;

  private JdbcSeals() {}

  static Optional<Seal> newest(Connection connection) throws SQLException {
    return list(connection, "order by number desc limit 1").stream().findFirst();
  }

  static Optional<Seal> find(Connection connection, long number) throws SQLException {
    return list(connection, "where number = ?", number).stream().findFirst();
  }

  /** The newest first, before one of them. */
  static List<Seal> before(Connection connection, Optional<Long> number, int limit)
      throws SQLException {
    return list(
        connection,
        "where number < ? order by number desc limit ?",
        number.orElse(Long.MAX_VALUE),
        (long) limit);
  }

  /** The newest first. */
  static List<AuditKey> keys(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "select id, public_key, created_at from audit_key order by created_at desc");
        ResultSet rows = select.executeQuery()) {
      List<AuditKey> keys = new ArrayList<>();
      while (rows.next()) {
        keys.add(
            new AuditKey(
                rows.getString(1),
                rows.getString(2),
                rows.getObject(3, OffsetDateTime.class).toInstant()));
      }
      return keys;
    }
  }

  private static List<Seal> list(Connection connection, String which, long... values)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select * from audit_seal " + which)) {
      for (int index = 0; index < values.length; index++) {
        select.setLong(index + 1, values[index]);
      }
      List<Seal> seals = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          seals.add(read(rows));
        }
      }
      return seals;
    }
  }

  static Seal read(ResultSet row) throws SQLException {
    return new Seal(
        row.getLong("number"),
        row.getLong("first"),
        row.getLong("size"),
        row.getLong("kept"),
        new Hash(row.getBytes("root")),
        new Hash(row.getBytes("previous")),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getString("key"),
        row.getBytes("signature"),
        hashes(row.getBytes("leaves")));
  }

  /**
   * @param bytes 32 for each
   */
  static List<Hash> hashes(byte[] bytes) {
    List<Hash> hashes = new ArrayList<>();
    for (int from = 0; from < bytes.length; from += HASH_BYTES) {
      hashes.add(new Hash(Arrays.copyOfRange(bytes, from, from + HASH_BYTES)));
    }
    return hashes;
  }
}
