package io.isthmus.domain.stack.store;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.ProjectEvent;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackChange.Happening;
import io.isthmus.domain.stack.StackEvent;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** What happened to stacks, numbered by stack and by project. */
final class EventLog {

  private EventLog() {}

  /** Numbers and keeps what happened, and moves the stack's counters on. */
  static Stack add(Connection connection, Stack stack, List<Happening> happenings, Instant now)
      throws SQLException {
    long[] counters = move(connection, stack, happenings.size());
    long sequence = counters[1] - happenings.size();
    long position = happenings.isEmpty() ? 0 : take(connection, stack.project(), happenings.size());
    try (PreparedStatement statement =
        connection.prepareStatement(
            "insert into stack_event"
                + " (stack, sequence, tenant, project, position,"
                + " at, resource, cloud, region, status, physical_id, phrase,"
                + " request_id, cloud_request_id)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)")) {
      for (Happening happening : happenings) {
        sequence++;
        position++;
        Sql.bind(
            statement,
            stack.id().value(),
            sequence,
            stack.project().tenant(),
            stack.project().project(),
            position,
            now,
            happening.part().map(PartId::resource),
            happening.part().map(part -> part.cloud().text()),
            happening.part().map(PartId::region),
            happening.status().toString(),
            happening.physicalId(),
            StackJson.of(happening.phrase()).toString(),
            stack.request().text(),
            happening.cloudRequest());
        statement.addBatch();
      }
      if (!happenings.isEmpty()) {
        statement.executeBatch();
      }
    }
    return stack.counted(counters[0], counters[1]);
  }

  /**
   * Moves the counters on from where they are in the database, so that no two happenings get one
   * number.
   *
   * @return the version and the newest happening's number
   */
  private static long[] move(Connection connection, Stack stack, int happenings)
      throws SQLException {
    return Sql.query(
            connection,
            "update stack set version = version + 1, last_event = last_event + ? where id = ?"
                + " returning version, last_event",
            row -> new long[] {row.getLong("version"), row.getLong("last_event")},
            happenings,
            stack.id().value())
        .get(0);
  }

  /** As {@link StackStore#events}. */
  static List<StackEvent> events(Connection connection, StackId stack, long after, int limit)
      throws SQLException {
    return Sql.query(
        connection,
        "select * from stack_event where stack = ? and sequence > ? order by sequence limit ?",
        StackRows::event,
        stack.value(),
        after,
        limit);
  }

  /** As {@link StackStore#projectEvents}. */
  static List<ProjectEvent> projectEvents(
      Connection connection, ProjectId project, long after, int limit) throws SQLException {
    return Sql.query(
        connection,
        "select stack_event.*, stack.name from stack_event"
            + " join stack on stack.id = stack_event.stack"
            + " where stack_event.tenant = ? and stack_event.project = ?"
            + " and position > ? order by position limit ?",
        row ->
            new ProjectEvent(row.getLong("position"), row.getString("name"), StackRows.event(row)),
        project.tenant(),
        project.project(),
        after,
        limit);
  }

  /** As {@link StackStore#newestEvent}. */
  static long newestEvent(Connection connection, ProjectId project) throws SQLException {
    return Sql.query(
            connection,
            "select last from project_event where tenant = ? and project = ?",
            row -> row.getLong("last"),
            project.tenant(),
            project.project())
        .stream()
        .findFirst()
        .orElse(0L);
  }

  /**
   * Takes numbers for events of a project. The last lock that a transaction takes: whoever waits
   * for it holds no other project's.
   *
   * @return the last number before them
   */
  private static long take(Connection connection, ProjectId project, int count)
      throws SQLException {
    return Sql.query(
                connection,
                "insert into project_event as known (tenant, project, last) values (?, ?, ?)"
                    + " on conflict (tenant, project) do update set last = known.last + excluded.last"
                    + " returning last",
                row -> row.getLong("last"),
                project.tenant(),
                project.project(),
                count)
            .get(0)
        - count;
  }
}
