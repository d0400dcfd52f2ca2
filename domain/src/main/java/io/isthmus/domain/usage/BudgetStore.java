package io.isthmus.domain.usage;

import io.isthmus.domain.access.ProjectId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Budgets in PostgreSQL. */
@ApplicationScoped
public class BudgetStore {

  private static final String SELECT =
      "select tenant, project, amount, currency, warn_at, hard_stop, version, changed_at, changed_by"
          + " from budget";

  private DataSource database;

  @Inject
  BudgetStore(DataSource database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected BudgetStore() {}

  /** By tenant and project. */
  List<Budget> all() {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(SELECT + " order by tenant, project")) {
      return read(select);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read budgets", e);
    }
  }

  Optional<Budget> find(ProjectId project) {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(SELECT + " where tenant = ? and project = ?")) {
      select.setString(1, project.tenant());
      select.setString(2, project.project());
      return read(select).stream().findFirst();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the budget of " + project, e);
    }
  }

  private static List<Budget> read(PreparedStatement select) throws SQLException {
    List<Budget> budgets = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        budgets.add(
            new Budget(
                new ProjectId(row.getString("tenant"), row.getString("project")),
                row.getBigDecimal("amount"),
                row.getString("currency"),
                Arrays.asList((Integer[]) row.getArray("warn_at").getArray()),
                row.getBoolean("hard_stop"),
                row.getLong("version"),
                row.getObject("changed_at", OffsetDateTime.class).toInstant(),
                row.getString("changed_by")));
      }
    }
    return budgets;
  }

  /**
   * @param version the one that was read; 0 when there was none
   * @return false when it has been changed since; nothing is written then
   */
  boolean put(ProjectId project, BudgetChange change, long version, String changedBy) {
    String sql =
        version == 0
            ? "insert into budget (amount, currency, warn_at, hard_stop, changed_by, tenant, project,"
                + " version, changed_at) values (?, ?, ?, ?, ?, ?, ?, nextval('budget_version'), now())"
                + " on conflict do nothing"
            : "update budget set amount = ?, currency = ?, warn_at = ?, hard_stop = ?, changed_by = ?,"
                + " version = nextval('budget_version'), changed_at = now()"
                + " where tenant = ? and project = ? and version = ?";
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setBigDecimal(1, change.amount());
      statement.setString(2, change.currency());
      statement.setArray(3, connection.createArrayOf("integer", change.warnAt().toArray()));
      statement.setBoolean(4, change.hardStop());
      statement.setString(5, changedBy);
      statement.setString(6, project.tenant());
      statement.setString(7, project.project());
      if (version != 0) {
        statement.setLong(8, version);
      }
      return statement.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot write the budget of " + project, e);
    }
  }

  /**
   * @return false when it has been changed since; nothing is removed then
   */
  boolean remove(Budget budget) {
    try (Connection connection = database.getConnection();
        PreparedStatement delete =
            connection.prepareStatement(
                "delete from budget where tenant = ? and project = ? and version = ?")) {
      delete.setString(1, budget.project().tenant());
      delete.setString(2, budget.project().project());
      delete.setLong(3, budget.version());
      return delete.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot remove the budget of " + budget.project(), e);
    }
  }

  /**
   * Notes a warning.
   *
   * @return whether it was not given before for this month and this version of the budget
   */
  boolean warn(Budget budget, YearMonth month, int percent) {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into budget_warning (tenant, project, month, percent, version, given_at)"
                    + " values (?, ?, ?, ?, ?, now()) on conflict do nothing")) {
      insert.setString(1, budget.project().tenant());
      insert.setString(2, budget.project().project());
      insert.setObject(3, month.atDay(1));
      insert.setInt(4, percent);
      insert.setLong(5, budget.version());
      return insert.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot note a warning for " + budget.project(), e);
    }
  }
}
