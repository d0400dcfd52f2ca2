package io.isthmus.domain.stack.store;

import io.isthmus.domain.stack.PartsMoved;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Lets stacks that are at rest be looked at at once when a cloud has told that something of theirs
 * moved; those that are worked on are looked at anyway.
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
    String sql =
        "update stack_work as work set due = now(), woken = true from stack"
            + " where stack.id = work.stack and stack.id = any (?) and work.due > now()"
            + " and work.lease_owner is null and stack.status like '%\\_COMPLETE'"
            + " and stack.status <> 'DELETE_COMPLETE'";
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(sql)) {
      update.setArray(
          1,
          connection.createArrayOf(
              "uuid", moved.stacks().stream().map(stack -> stack.value()).toArray()));
      update.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot wake stacks: " + e.getMessage(), e);
    }
  }
}
