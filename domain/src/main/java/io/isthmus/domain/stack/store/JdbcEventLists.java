package io.isthmus.domain.stack.store;

import io.isthmus.domain.stack.EventListStore;
import io.isthmus.domain.stack.EventQuery;
import io.isthmus.domain.stack.EventSlice;
import io.isthmus.domain.stack.StackId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Lists of a stack's events in PostgreSQL. */
@ApplicationScoped
public class JdbcEventLists implements EventListStore {

  /** What is searched beside the words. */
  private static final String BESIDE =
      "resource, cloud, region, status, physical_id, request_id, cloud_request_id";

  private DataSource database;

  @Inject
  JdbcEventLists(DataSource database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected JdbcEventLists() {}

  @Override
  public EventSlice slice(StackId stack, EventQuery query, long skip, int limit) {
    List<Object> values = new ArrayList<>(List.of(stack.value()));
    String from = " from stack_event where stack = ?" + conditions(query, values);
    try (Connection connection = database.getConnection()) {
      long total =
          Sql.query(
                  connection,
                  "select count(*) as events" + from,
                  row -> row.getLong("events"),
                  values.toArray())
              .get(0);
      values.add(limit);
      values.add(skip);
      return new EventSlice(
          Sql.query(
              connection,
              "select *"
                  + from
                  + " order by sequence"
                  + (query.oldestFirst() ? "" : " desc")
                  + " limit ? offset ?",
              StackRows::event,
              values.toArray()),
          total);
    } catch (SQLException e) {
      throw new IllegalStateException("the database refused: " + e.getMessage(), e);
    }
  }

  /**
   * @param values to which theirs are added
   */
  private static String conditions(EventQuery query, List<Object> values) {
    StringBuilder sql = new StringBuilder();
    query
        .kind()
        .ifPresent(
            kind ->
                sql.append(
                    switch (kind) {
                      case FAILURE -> " and status like '%_FAILED'";
                      case RESOURCE -> " and resource is not null";
                      case STACK -> " and resource is null";
                    }));
    query
        .cloud()
        .ifPresent(
            cloud -> {
              sql.append(" and cloud = ?");
              values.add(cloud.text());
            });
    query
        .last()
        .ifPresent(
            last -> {
              sql.append(" and sequence <= ?");
              values.add(last);
            });
    sql.append(" and ").append(query.words().condition("phrase", BESIDE));
    values.addAll(query.words().values());
    return sql.toString();
  }
}
