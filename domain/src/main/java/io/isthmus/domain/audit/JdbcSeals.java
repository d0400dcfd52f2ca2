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
    return one(connection, "order by number desc limit 1");
  }

  private static Optional<Seal> one(Connection connection, String which) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("select * from audit_seal " + which);
        ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.of(read(row)) : Optional.empty();
    }
  }

  static Seal read(ResultSet row) throws SQLException {
    return new Seal(
        row.getLong("number"),
        row.getLong("first"),
        row.getLong("size"),
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
