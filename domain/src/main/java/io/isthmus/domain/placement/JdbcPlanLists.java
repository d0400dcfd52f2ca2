package io.isthmus.domain.placement;

import io.isthmus.domain.access.ProjectId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Lists plans in PostgreSQL, where placements are read no further than to be counted. */
@ApplicationScoped
public class JdbcPlanLists implements PlanListStore {

  private static final String COLUMNS =
      "id, name, json_array_length(placement::json -> 'parts') as resources, created_at,"
          + " expires_at, created_by, accepted_at, planned_update::json ->> 'stack' as updated";

  private DataSource database;

  @Inject
  JdbcPlanLists(DataSource database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected JdbcPlanLists() {}

  @Override
  public PlanSlice slice(ProjectId project, PlanQuery query, Instant now, long skip, int limit) {
    StringBuilder where = new StringBuilder(" from plan where project = ?");
    List<Object> values = new ArrayList<>(List.of(project.toString()));
    query
        .name()
        .ifPresent(
            part -> {
              where.append(" and position(lower(?) in lower(name)) > 0");
              values.add(part);
            });
    query
        .state()
        .ifPresent(
            state -> {
              where.append(condition(state));
              if (state != PlanState.ACCEPTED) {
                values.add(now.atOffset(ZoneOffset.UTC));
              }
            });
    try (Connection connection = database.getConnection()) {
      long total = count(connection, where.toString(), values);
      if (query.by() == PlanQuery.By.STATE) {
        values.add(now.atOffset(ZoneOffset.UTC));
      }
      values.add(skip);
      values.add(limit);
      String sql = "select " + COLUMNS + where + order(query) + " offset ? limit ?";
      try (PreparedStatement select = prepared(connection, sql, values);
          ResultSet row = select.executeQuery()) {
        List<PlanSummary> plans = new ArrayList<>();
        while (row.next()) {
          plans.add(plan(row));
        }
        return new PlanSlice(plans, total);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot list the plans of " + project, e);
    }
  }

  private static String condition(PlanState state) {
    return switch (state) {
      case OPEN -> " and accepted_at is null and expires_at > ?";
      case EXPIRED -> " and accepted_at is null and expires_at <= ?";
      case ACCEPTED -> " and accepted_at is not null";
    };
  }

  private static String order(PlanQuery query) {
    String by =
        switch (query.by()) {
          case NAME -> "lower(name)";
          case RESOURCES -> "resources";
          case CREATED_AT -> "created_at";
          case EXPIRES_AT -> "expires_at";
          case CREATED_BY -> "lower(created_by)";
          case STATE ->
              "case when accepted_at is not null then 2 when expires_at > ? then 0 else 1 end";
        };
    return " order by " + by + (query.descending() ? " desc" : "") + ", created_at desc, id";
  }

  private static long count(Connection connection, String where, List<Object> values)
      throws SQLException {
    try (PreparedStatement count = prepared(connection, "select count(*)" + where, values);
        ResultSet row = count.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private static PreparedStatement prepared(Connection connection, String sql, List<Object> values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
    return statement;
  }

  private static PlanSummary plan(ResultSet row) throws SQLException {
    return new PlanSummary(
        new PlanId(row.getObject("id", UUID.class)),
        row.getString("name"),
        row.getInt("resources"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
        row.getString("created_by"),
        Optional.ofNullable(row.getObject("accepted_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant),
        Optional.ofNullable(row.getString("updated")).map(UUID::fromString));
  }
}
