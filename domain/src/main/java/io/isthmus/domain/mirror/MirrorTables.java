package io.isthmus.domain.mirror;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** A little less ceremony around the mirror's statements. */
final class MirrorTables {

  /** Makes a value of one row. */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Work within one transaction. */
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private MirrorTables() {}

  /** One short transaction of its own; never called within another. */
  static <T> T inTransaction(DataSource database, String what, Work<T> work) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T done = work.on(connection);
        connection.commit();
        return done;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw failed(what, e);
    }
  }

  /** On a connection of the current transaction, or of none. */
  static <T> T on(DataSource database, String what, Work<T> work) {
    try (Connection connection = database.getConnection()) {
      return work.on(connection);
    } catch (SQLException e) {
      throw failed(what, e);
    }
  }

  static <T> List<T> query(Connection connection, String sql, Row<T> row, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(connection, statement, values);
      try (ResultSet rows = statement.executeQuery()) {
        List<T> found = new ArrayList<>();
        while (rows.next()) {
          found.add(row.read(rows));
        }
        return found;
      }
    }
  }

  static int update(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(connection, statement, values);
      return statement.executeUpdate();
    }
  }

  /** Optionals become null, instants times with a zone, collections of texts arrays. */
  static void bind(Connection connection, PreparedStatement statement, Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      Object value = values[i] instanceof Optional<?> maybe ? maybe.orElse(null) : values[i];
      if (value instanceof Instant instant) {
        statement.setObject(i + 1, instant.atOffset(ZoneOffset.UTC));
      } else if (value instanceof Collection<?> many) {
        boolean numbers = many.stream().anyMatch(Long.class::isInstance);
        statement.setArray(
            i + 1, connection.createArrayOf(numbers ? "bigint" : "text", many.toArray()));
      } else if (value == null) {
        statement.setNull(i + 1, Types.NULL);
      } else {
        statement.setObject(i + 1, value);
      }
    }
  }

  static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  private static IllegalStateException failed(String what, SQLException e) {
    return new IllegalStateException("the database did not " + what + ": " + e.getMessage(), e);
  }
}
