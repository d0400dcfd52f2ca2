package io.isthmus.domain.stack.store;

import io.isthmus.domain.stack.PartsMoved;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * Lets stacks that are at rest be looked at at once when a cloud has told that something of theirs
 * moved; those that are worked on are looked at anyway. A mark alone wakes nobody: the stack has
 * the thing, or waits for one in an account that its project's access leads into.
 */
@ApplicationScoped
public class MovedParts {

  private DataSource database;

  @Inject
  MovedParts(DataSource database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected MovedParts() {}

  void look(@Observes PartsMoved moved) {
    // What moves all the time has its stack looked at every ten seconds.
    String sql =
        """
        update stack_work as work set woken = true,
          due = greatest(now(), work.moved_at + interval '10 seconds'),
          moved_at = greatest(now(), work.moved_at + interval '10 seconds')
        from stack
        where stack.id = work.stack and work.lease_owner is null
          and work.due > greatest(now(), work.moved_at + interval '10 seconds')
          and stack.status like '%\\_COMPLETE' and stack.status <> 'DELETE_COMPLETE'
          and exists (
            select from unnest(?::uuid[], ?::text[]) as moved (stack, physical_id)
            join stack_part as part on part.stack = moved.stack
            where moved.stack = stack.id and part.cloud = ? and part.region = ?
              and (part.physical_id = moved.physical_id
                or part.physical_id is null and exists (
                  select from cloud_look as look
                  where look.project = stack.tenant || '/' || stack.project
                    and look.cloud = part.cloud and look.account = ? and not look.leads_anew)))
        """;
    List<PartsMoved.Part> parts = List.copyOf(moved.parts());
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(sql)) {
      update.setArray(
          1,
          connection.createArrayOf(
              "uuid", parts.stream().map(part -> part.stack().value()).toArray()));
      update.setArray(
          2,
          connection.createArrayOf(
              "text", parts.stream().map(PartsMoved.Part::physicalId).toArray()));
      update.setString(3, moved.account().cloud().text());
      update.setString(4, moved.region());
      update.setString(5, moved.account().id());
      update.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot wake stacks: " + e.getMessage(), e);
    }
  }
}
