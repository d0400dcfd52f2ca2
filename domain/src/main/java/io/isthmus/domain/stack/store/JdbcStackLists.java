package io.isthmus.domain.stack.store;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.stack.StackAction;
import io.isthmus.domain.stack.StackFilter;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackListStore;
import io.isthmus.domain.stack.StackOrder;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.StackStore.Tally;
import io.isthmus.domain.stack.StackTotals;
import io.isthmus.domain.stack.StackView;
import io.isthmus.domain.stack.Urgency;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Lists of stacks in PostgreSQL: one statement for a page, parts counted in it, nothing unsealed.
 */
@ApplicationScoped
public class JdbcStackLists implements StackListStore {

  /** What is shown of a stack, and what the orders compare. */
  private static final String COLUMNS =
      "id, tenant, project, name, plan, status, reason, health, version, created_at, updated_at,"
          + " created_by, suspended";

  private static final String TALLY =
      """
      select
        count(*) filter (where goal = 'PRESENT') as present,
        count(*) filter (where goal = 'PRESENT' and next is null
          and status in ('CREATE_COMPLETE', 'UPDATE_COMPLETE', 'ADOPT_COMPLETE', 'SUSPEND_COMPLETE', 'RESUME_COMPLETE')) as complete,
        count(*) filter (where goal <> 'PRESENT') as absent,
        count(*) filter (where goal = 'RETAINED'
          or (goal = 'ABSENT' and status = 'DELETE_COMPLETE')) as gone,
        coalesce(array_agg(distinct cloud || '/' || region), '{}') as regions
      from stack_part where stack = listed.id
      """;

  private static final String WORST_FIRST =
      "array_position(array['LOST', 'UNREACHABLE', 'DEGRADED', 'UNKNOWN', 'HEALTHY'], %s)";

  /** The ordinal of {@link Urgency#of}. */
  private static final String URGENCY =
      """
      case
        when status like '%_FAILED' or health ->> 'state' = 'LOST' then 0
        when status like '%_IN_PROGRESS' then 2
        when health ->> 'state' in ('DEGRADED', 'UNREACHABLE') then 1
        else 3
      end""";

  private DataSource database;

  @Inject
  JdbcStackLists(DataSource database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected JdbcStackLists() {}

  @Override
  public List<StackView> page(
      ProjectId project,
      StackFilter filter,
      StackOrder order,
      Optional<Position> after,
      long skip,
      int limit) {
    Condition condition = new Condition(project, filter);
    after.ifPresent(
        position -> {
          condition.sql.append(
              " and (%s, id) %s (%s, ?)"
                  .formatted(
                      key(order.by(), column(order.by())),
                      order.descending() ? "<" : ">",
                      key(order.by(), "?")));
          condition.values.add(position.key());
          condition.values.add(position.stack().value());
        });
    String direction = order.descending() ? " desc" : "";
    return page(
        condition,
        key(order.by(), column(order.by())) + direction + ", id" + direction,
        skip,
        limit);
  }

  @Override
  public List<StackView> mostUrgent(ProjectId project, int limit) {
    return page(
        new Condition(project, StackFilter.ALL), URGENCY + ", created_at desc, id desc", 0, limit);
  }

  private List<StackView> page(Condition condition, String order, long skip, int limit) {
    condition.values.add(limit);
    condition.values.add(skip);
    String by = " order by " + order;
    String sql =
        "select listed.*, tally.*, drift.on_drift, drift.puts_right, drift.drifted, drift.untold from (select "
            + COLUMNS
            + " from stack"
            + condition.sql
            + by
            + " limit ? offset ?) listed cross join lateral ("
            + TALLY
            + ") tally join stack_drift as drift on drift.stack = listed.id"
            + by;
    return run(
        connection -> Sql.query(connection, sql, JdbcStackLists::view, condition.values.toArray()));
  }

  @Override
  public long count(ProjectId project, StackFilter filter) {
    Condition condition = new Condition(project, filter);
    return run(
        connection ->
            Sql.query(
                    connection,
                    "select count(*) as stacks from stack" + condition.sql,
                    row -> row.getLong("stacks"),
                    condition.values.toArray())
                .get(0));
  }

  @Override
  public StackTotals totals(ProjectId project) {
    Condition condition = new Condition(project, StackFilter.ALL);
    Map<Urgency, Long> totals = new EnumMap<>(Urgency.class);
    run(
        connection ->
            Sql.query(
                connection,
                "select "
                    + URGENCY
                    + " as urgency, count(*) as stacks from stack"
                    + condition.sql
                    + " group by 1",
                row -> totals.put(Urgency.values()[row.getInt("urgency")], row.getLong("stacks")),
                condition.values.toArray()));
    return new StackTotals(totals);
  }

  private static String column(StackOrder.By by) {
    return by == StackOrder.By.HEALTH ? "health ->> 'state'" : by.text();
  }

  /** What is compared, of a column or of a parameter that holds text. */
  private static String key(StackOrder.By by, String of) {
    return switch (by) {
      case NAME, CREATED_BY -> "lower(" + of + ")";
      case STATUS -> of;
      case HEALTH -> WORST_FIRST.formatted(of);
      case CREATED_AT, UPDATED_AT -> of.equals("?") ? "?::timestamptz" : of;
    };
  }

  /** Which rows, with the values of its parameters in order. */
  private static final class Condition {
    private final StringBuilder sql = new StringBuilder(" where tenant = ? and project = ?");
    private final List<Object> values = new ArrayList<>();

    private Condition(ProjectId project, StackFilter filter) {
      values.add(project.tenant());
      values.add(project.project());
      filter.name().ifPresent(part -> and("position(lower(?) in lower(name)) > 0", part));
      filter
          .status()
          .ifPresentOrElse(
              status -> and("status = ?", status.toString()),
              () -> and("status <> ?", StackStatus.DELETED.toString()));
      filter.health().ifPresent(state -> and("health ->> 'state' = ?", state.name()));
      filter
          .drifted()
          .ifPresent(
              drifted -> {
                sql.append(" and status not like 'DELETE\\_%' and ");
                sql.append(drifted ? "" : "not ");
                sql.append("exists (select from drifted_part where drifted_part.stack = stack.id)");
              });
      filter
          .cloud()
          .ifPresent(
              cloud ->
                  and(
                      "exists (select from stack_part as part where part.stack = stack.id"
                          + " and part.cloud = ? and part.goal <> 'RETAINED'"
                          + " and part.status <> 'DELETE_COMPLETE')",
                      cloud.text()));
    }

    private void and(String condition, Object value) {
      sql.append(" and ").append(condition);
      values.add(value);
    }
  }

  private static StackView view(ResultSet row) throws SQLException {
    StackStatus status = StackStatus.parse(row.getString("status"));
    Tally tally =
        new Tally(
            row.getInt("present"),
            row.getInt("complete"),
            row.getInt("absent"),
            row.getInt("gone"),
            Arrays.stream((String[]) row.getArray("regions").getArray())
                .map(JdbcStackLists::region)
                .sorted()
                .toList());
    boolean leaving = status.action() == StackAction.DELETE;
    return new StackView(
        new StackId(row.getObject("id", UUID.class)),
        new ProjectId(row.getString("tenant"), row.getString("project")),
        row.getString("name"),
        status,
        StackJson.phrase(StackJson.object(row.getString("reason"))),
        StackJson.health(row.getString("health")),
        new PlanId(row.getObject("plan", UUID.class)),
        tally.wanted(leaving),
        tally.done(leaving),
        tally.regions(),
        row.getLong("version"),
        Sql.instant(row, "created_at"),
        Sql.instant(row, "updated_at"),
        row.getString("created_by"),
        StackRows.drift(row),
        !leaving && (row.getBoolean("suspended") || status.isOfSleep() && !status.isWhole()));
  }

  /** A cloud's id has no slash in it; a region's name may. */
  private static Place region(String text) {
    int slash = text.indexOf('/');
    return Place.inRegion(new CloudId(text.substring(0, slash)), text.substring(slash + 1));
  }

  private interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  private <T> T run(Work<T> work) {
    try (Connection connection = database.getConnection()) {
      return work.with(connection);
    } catch (SQLException e) {
      throw new IllegalStateException("the database refused: " + e.getMessage(), e);
    }
  }
}
