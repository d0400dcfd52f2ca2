package io.isthmus.domain.placement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;

/** Standing rules in PostgreSQL, one text for each scope. */
@ApplicationScoped
public class StandingPolicyStore {

  private DataSource database;

  @Inject
  StandingPolicyStore(DataSource database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected StandingPolicyStore() {}

  StandingPolicy find(PolicyScope scope) {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select text, version, changed_at, changed_by from standing_policy"
                    + " where scope = ?")) {
      select.setString(1, scope.toString());
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? new StandingPolicy(
                scope,
                row.getString(1),
                row.getLong(2),
                Optional.of(row.getObject(3, OffsetDateTime.class).toInstant()),
                Optional.of(row.getString(4)))
            : StandingPolicy.none(scope);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the standing rules of " + scope, e);
    }
  }

  /**
   * @param version the one that was read
   * @return false when it has been changed since; nothing is written then
   */
  boolean put(PolicyScope scope, String text, long version, String changedBy) {
    String sql =
        version == 0
            ? "insert into standing_policy (text, changed_by, scope, version, changed_at)"
                + " values (?, ?, ?, 1, now()) on conflict do nothing"
            : "update standing_policy set text = ?, changed_by = ?, version = version + 1,"
                + " changed_at = now() where scope = ? and version = ?";
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, text);
      statement.setString(2, changedBy);
      statement.setString(3, scope.toString());
      if (version != 0) {
        statement.setLong(4, version);
      }
      return statement.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot write the standing rules of " + scope, e);
    }
  }
}
