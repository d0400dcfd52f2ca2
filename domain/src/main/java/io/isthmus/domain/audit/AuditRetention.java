package io.isthmus.domain.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAmount;
import java.util.OptionalLong;
import javax.sql.DataSource;

/**
 * Takes the texts of records that are older than the rule says, the oldest first. Their hashes stay
 * in the seals. First a seal says from which position on texts are kept; only then are those before
 * it deleted: so what the rule took can be told from what somebody removed.
 */
final class AuditRetention {

  private final DataSource database;
  private final AuditLog log;
  private final TemporalAmount kept;
  private final Clock clock;

  /**
   * @param kept how long texts are kept
   */
  AuditRetention(DataSource database, AuditLog log, TemporalAmount kept, Clock clock) {
    this.database = database;
    this.log = log;
    this.kept = kept;
    this.clock = clock;
  }

  /**
   * Deletes what the newest seal says is not kept, and says what the next one shall say.
   *
   * @return how many texts were deleted
   */
  int apply() throws SQLException {
    try (Connection connection = database.getConnection()) {
      int deleted = delete(connection);
      OptionalLong from = moveOn(connection);
      from.ifPresent(position -> log.addAlone(EngineRecords.retention(position, clock)));
      return deleted;
    }
  }

  private static int delete(Connection connection) throws SQLException {
    try (Statement delete = connection.createStatement()) {
      return delete.executeUpdate(
          "delete from audit_record where position <"
              + " (select kept from audit_seal order by number desc limit 1)");
    }
  }

  /** The new position, when it has moved. */
  private OptionalLong moveOn(Connection connection) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update audit_head set kept = first.position
            from (select coalesce(
                (select position from audit_record where at >= ? order by at, position limit 1),
                (select size from audit_head)) as position) as first
            where kept < first.position
            returning kept
            """)) {
      update.setObject(1, clock.instant().atOffset(ZoneOffset.UTC).minus(kept));
      try (ResultSet row = update.executeQuery()) {
        return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
      }
    }
  }
}
