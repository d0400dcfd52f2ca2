package io.isthmus.domain.usage;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Measure;
import io.isthmus.domain.cloud.PriceItem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Reads what existed when. */
@ApplicationScoped
public class UsageStore {

  /** What came to be in a period or was there when it began. */
  private static final String SELECT =
      """
      select tenant, project, stack, stack_name, cloud, kind, name, amount, started_at, ended_at
      from usage_interval
      where started_at < ? and (ended_at is null or ended_at > ?)
      """;

  private static final String OF_PROJECTS =
      "and (tenant, project) in (select * from unnest(?::text[], ?::text[]))";

  private static final int AT_ONCE = 1000;

  private DataSource database;

  @Inject
  UsageStore(DataSource database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected UsageStore() {}

  /**
   * In no order; within a transaction, so that not all of it is in memory at once.
   *
   * @param projects whose; empty for everybody's, of projects that are gone, too
   * @param to first moment that does not belong to the period
   */
  void read(
      Optional<? extends Collection<ProjectId>> projects,
      Instant from,
      Instant to,
      Consumer<UsageInterval> each) {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(SELECT + (projects.isPresent() ? OF_PROJECTS : ""))) {
      select.setObject(1, to.atOffset(ZoneOffset.UTC));
      select.setObject(2, from.atOffset(ZoneOffset.UTC));
      if (projects.isPresent()) {
        select.setArray(3, texts(connection, projects.get().stream().map(ProjectId::tenant)));
        select.setArray(4, texts(connection, projects.get().stream().map(ProjectId::project)));
      }
      select.setFetchSize(AT_ONCE);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          each.accept(interval(row));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read what was used", e);
    }
  }

  private static Array texts(Connection connection, Stream<String> texts) throws SQLException {
    return connection.createArrayOf("text", texts.toArray());
  }

  private static UsageInterval interval(ResultSet row) throws SQLException {
    return new UsageInterval(
        new ProjectId(row.getString("tenant"), row.getString("project")),
        row.getObject("stack", UUID.class),
        row.getString("stack_name"),
        new CloudId(row.getString("cloud")),
        new Measure(
            new PriceItem(PriceItem.Kind.valueOf(row.getString("kind")), row.getString("name")),
            row.getLong("amount")),
        row.getObject("started_at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant));
  }
}
