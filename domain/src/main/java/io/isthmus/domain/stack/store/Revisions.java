package io.isthmus.domain.stack.store;

import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackRevision;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What stacks were wished to be. */
final class Revisions {

  /** Each is another template to be understood when something of the stack is told. */
  private static final int MOST = 20;

  private final StackRows rows;

  Revisions(StackRows rows) {
    this.rows = rows;
  }

  /**
   * Keeps what a stack was. What it was since the last time that it was whole is kept, as clouds
   * may still show hidden values that it had then, and among that what an update can go back to;
   * the content of what was before is forgotten, and of what is more than {@value #MOST} changes
   * old.
   *
   * @param stack as it is from now on
   */
  void add(Connection connection, Stack stack, StackRevision before) throws SQLException {
    Sql.update(
        connection,
        "insert into stack_revision (stack, revision, plan, content) values (?, ?, ?, ?)"
            + " on conflict (stack, revision) do nothing",
        stack.id().value(),
        before.number(),
        before.plan().value(),
        rows.content(stack.id(), before));
    Sql.update(
        connection,
        "update stack_revision set content = null"
            + " where stack = ? and content is not null and revision is distinct from ?::integer"
            + " and (revision < least(?::integer, ?) or revision <= ?)",
        stack.id().value(),
        StackRows.back(stack.course()),
        StackRows.back(stack.course()),
        before.number(),
        before.number() - MOST);
  }

  Optional<StackRevision> find(Connection connection, StackId stack, int number)
      throws SQLException {
    return Sql.query(
            connection,
            "select kept.plan, kept.content from stack_revision as kept"
                + " join stack on stack.id = kept.stack and stack.back = kept.revision"
                + " where kept.stack = ? and kept.revision = ? and kept.content is not null",
            row ->
                rows.revision(
                    stack,
                    number,
                    new PlanId(row.getObject("plan", UUID.class)),
                    row.getString("content")),
            stack.value(),
            number)
        .stream()
        .findFirst();
  }

  /** Those of which the content is kept, oldest first. */
  List<StackRevision> all(Connection connection, StackId stack) throws SQLException {
    return Sql.query(
        connection,
        "select revision, plan, content from stack_revision"
            + " where stack = ? and content is not null order by revision",
        row ->
            rows.revision(
                stack,
                row.getInt("revision"),
                new PlanId(row.getObject("plan", UUID.class)),
                row.getString("content")),
        stack.value());
  }

  /** The stack is made of something else. */
  void writeSources(Connection connection, Stack stack) throws SQLException {
    Sql.update(connection, StackRows.UPDATE_SOURCES, rows.sources(stack));
  }
}
