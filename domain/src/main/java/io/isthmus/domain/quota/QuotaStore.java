package io.isthmus.domain.quota;

import io.isthmus.domain.cloud.Extent;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Quotas in PostgreSQL, a row for each holder and part of the federation. */
@ApplicationScoped
public class QuotaStore {

  private DataSource database;

  @Inject
  QuotaStore(DataSource database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected QuotaStore() {}

  /** The tenant's own and its projects', by project and part; those of all come first. */
  List<Quota> of(String tenant) {
    return of(List.of(tenant));
  }

  /** The same of several tenants, by tenant. */
  List<Quota> of(Collection<String> tenants) {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select tenant, project, extent, maxima, version, changed_at, changed_by"
                    + " from quota where tenant = any (?)"
                    + " order by tenant, project, extent <> 'all', extent")) {
      select.setArray(1, connection.createArrayOf("text", tenants.toArray()));
      List<Quota> quotas = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          quotas.add(quota(row));
        }
      }
      return quotas;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the quotas of " + tenants, e);
    }
  }

  Quota find(QuotaHolder holder, Extent extent) {
    return of(holder.tenant()).stream()
        .filter(quota -> quota.holder().equals(holder) && quota.extent().equals(extent))
        .findFirst()
        .orElseGet(() -> Quota.none(holder, extent));
  }

  private static Quota quota(ResultSet row) throws SQLException {
    String project = row.getString("project");
    try (JsonReader maxima = Json.createReader(new StringReader(row.getString("maxima")))) {
      return new Quota(
          new QuotaHolder(
              row.getString("tenant"), project.isEmpty() ? Optional.empty() : Optional.of(project)),
          Extent.parse(row.getString("extent")),
          LimitKind.read(maxima.readObject()),
          row.getLong("version"),
          Optional.of(row.getObject("changed_at", OffsetDateTime.class).toInstant()),
          Optional.of(row.getString("changed_by")));
    }
  }

  /**
   * @param quota in the version that was read
   * @return false when it has been changed since; nothing is written then
   */
  boolean put(Quota quota, String changedBy) {
    String sql =
        quota.version() == 0
            ? "insert into quota (maxima, changed_by, tenant, project, extent, version, changed_at)"
                + " values (?::jsonb, ?, ?, ?, ?, nextval('quota_version'), now())"
                + " on conflict do nothing"
            : "update quota set maxima = ?::jsonb, changed_by = ?, version = nextval('quota_version'),"
                + " changed_at = now()"
                + " where tenant = ? and project = ? and extent = ? and version = ?";
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, LimitKind.write(quota.maxima()).toString());
      statement.setString(2, changedBy);
      statement.setString(3, quota.holder().tenant());
      statement.setString(4, quota.holder().project().orElse(""));
      statement.setString(5, quota.extent().text());
      if (quota.version() != 0) {
        statement.setLong(6, quota.version());
      }
      return statement.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot write the quota of " + quota.holder(), e);
    }
  }

  /**
   * @param quota in the version that was read
   * @return false when it has been changed since; nothing is removed then
   */
  boolean remove(Quota quota) {
    try (Connection connection = database.getConnection();
        PreparedStatement delete =
            connection.prepareStatement(
                "delete from quota"
                    + " where tenant = ? and project = ? and extent = ? and version = ?")) {
      delete.setString(1, quota.holder().tenant());
      delete.setString(2, quota.holder().project().orElse(""));
      delete.setString(3, quota.extent().text());
      delete.setLong(4, quota.version());
      return delete.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot remove the quota of " + quota.holder(), e);
    }
  }
}
