package io.isthmus.domain.usage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.sql.DataSource;

/**
 * Keeps from when to when each resource existed, to the second. Told again, or of something that
 * has ended already, it changes nothing, so that whoever observes need not know what was told.
 */
@ApplicationScoped
public class Meter {

  private static final String BEGIN =
      """
      insert into usage_interval (tenant, project, stack, stack_name, resource, cloud, region, generation,
        kind, name, amount, started_at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict do nothing
      """;

  /** What has become something else in place is paid for as that from then on. */
  private static final String CHANGE =
      """
      update usage_interval set ended_at = greatest(started_at, ?)
      where stack = ? and resource = ? and cloud = ? and region = ? and generation = ? and ended_at is null
        and (kind, name, amount) <> (?, ?, ?)
      """;

  private static final String END =
      """
      update usage_interval set ended_at = greatest(started_at, ?)
      where stack = ? and resource = ? and cloud = ? and region = ? and generation = ? and ended_at is null
      """;

  private DataSource database;

  @Inject
  public Meter(DataSource database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected Meter() {}

  /** Within the caller's transaction. */
  public void observe(List<Observation> observations) {
    if (observations.isEmpty()) {
      return;
    }
    try (Connection connection = database.getConnection()) {
      begin(connection, observations.stream().filter(Observation::exists).toList());
      end(connection, observations.stream().filter(one -> !one.exists()).toList());
    } catch (SQLException e) {
      throw new IllegalStateException("cannot keep what is used", e);
    }
  }

  private static void begin(Connection connection, List<Observation> present) throws SQLException {
    if (present.isEmpty()) {
      return;
    }
    try (PreparedStatement change = connection.prepareStatement(CHANGE)) {
      for (Observation one : present) {
        bind(change, one);
        change.setString(7, one.measure().item().kind().name());
        change.setString(8, one.measure().item().name());
        change.setLong(9, one.measure().amount());
        change.addBatch();
      }
      change.executeBatch();
    }
    try (PreparedStatement insert = connection.prepareStatement(BEGIN)) {
      for (Observation one : present) {
        insert.setString(1, one.project().tenant());
        insert.setString(2, one.project().project());
        insert.setObject(3, one.stack());
        insert.setString(4, one.stackName());
        insert.setString(5, one.resource());
        insert.setString(6, one.region().cloud().text());
        insert.setString(7, one.region().region());
        insert.setInt(8, one.generation());
        insert.setString(9, one.measure().item().kind().name());
        insert.setString(10, one.measure().item().name());
        insert.setLong(11, one.measure().amount());
        insert.setObject(12, second(one.at()));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void end(Connection connection, List<Observation> absent) throws SQLException {
    if (absent.isEmpty()) {
      return;
    }
    try (PreparedStatement update = connection.prepareStatement(END)) {
      for (Observation one : absent) {
        bind(update, one);
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  /** When it was seen, and of what. */
  private static void bind(PreparedStatement update, Observation one) throws SQLException {
    update.setObject(1, second(one.at()));
    update.setObject(2, one.stack());
    update.setString(3, one.resource());
    update.setString(4, one.region().cloud().text());
    update.setString(5, one.region().region());
    update.setInt(6, one.generation());
  }

  private static OffsetDateTime second(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC);
  }
}
