package io.isthmus.domain.stack.store;

import io.isthmus.domain.metrics.SystemFigures;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Counts in PostgreSQL, by its own clock, which wrote what is due. */
@ApplicationScoped
public class JdbcSystemFigures implements SystemFigures {

  private static final String STACKS =
      "select status, count(*) as number from stack where status <> 'DELETE_COMPLETE'"
          + " group by status";
  private static final String QUEUE =
      "select count(*) filter (where due <= now() and not held) as due,"
          + " count(*) filter (where held) as leased,"
          + " coalesce(extract(epoch from now() - min(due) filter (where due <= now() and not held)), 0)"
          + " as lag"
          + " from (select due, coalesce(lease_until > now(), false) as held from stack_work) as work";

  /** What other users of the database do is not shown to every role, and not ours to tell. */
  private static final String CONNECTIONS =
      "select coalesce(state, 'unknown') as state, count(*) as number from pg_stat_activity"
          + " where datname = current_database() and usename = current_user group by 1";

  @Resource(lookup = "jdbc/isthmus")
  private DataSource dataSource;

  /** For the container. */
  public JdbcSystemFigures() {}

  JdbcSystemFigures(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  @Transactional
  public Figures read() {
    try (Connection connection = dataSource.getConnection()) {
      Sql.update(connection, "set local statement_timeout = '3s'");
      Map<String, Integer> stacks = counts(connection, STACKS, "status");
      Map<String, Integer> connections = counts(connection, CONNECTIONS, "state");
      int limit =
          Sql.query(
                  connection,
                  "select current_setting('max_connections')::int as number",
                  row -> row.getInt("number"))
              .get(0);
      return Sql.query(
              connection,
              QUEUE,
              row ->
                  new Figures(
                      stacks,
                      row.getInt("due"),
                      Duration.ofMillis(Math.round(row.getDouble("lag") * 1000)),
                      row.getInt("leased"),
                      connections,
                      limit))
          .get(0);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot count in the database: " + e.getMessage(), e);
    }
  }

  private static Map<String, Integer> counts(Connection connection, String sql, String label)
      throws SQLException {
    Map<String, Integer> counts = new TreeMap<>();
    Sql.query(connection, sql, row -> Map.entry(row.getString(label), row.getInt("number")))
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
    return counts;
  }
}
