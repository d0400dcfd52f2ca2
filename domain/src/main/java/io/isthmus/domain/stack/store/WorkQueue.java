package io.isthmus.domain.stack.store;

import io.isthmus.domain.stack.Lease;
import io.isthmus.domain.stack.LeaseLost;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The queue of work: whoever takes a stack holds it until a time, under a number that only grows.
 */
final class WorkQueue {

  private WorkQueue() {}

  /** A new stack's work, due at once. */
  static void add(Connection connection, Stack stack) throws SQLException {
    Sql.update(
        connection,
        "insert into stack_work (stack, due) values (?, ?)",
        stack.id().value(),
        stack.createdAt());
  }

  /** A person has wished something: it is due at once, also when somebody holds it. */
  static void wake(Connection connection, StackId stack, Instant now) throws SQLException {
    Sql.update(
        connection,
        "update stack_work set due = ?, woken = true where stack = ?",
        now,
        stack.value());
  }

  /**
   * The same, and whoever holds it loses it; who takes it next waits until that one says that none
   * of its calls is under way any more, or none can be: see {@link Lease#CALLS_END}.
   */
  static void takeAway(Connection connection, StackId stack, Instant now) throws SQLException {
    Sql.update(
        connection,
        "update stack_work set due = ?, woken = true, lease_owner = null, fence = fence + 1,"
            + " lease_until = case when lease_owner is null then lease_until"
            + " else lease_until + ? * interval '1 second' end"
            + " where stack = ?",
        now,
        Lease.CALLS_END.toSeconds(),
        stack.value());
  }

  /** As {@link StackStore#lease}. */
  static Optional<Lease> lease(Connection connection, String owner, Instant now, Duration length)
      throws SQLException {
    String sql =
        """
        with next as (
          select stack from stack_work
          where due <= ? and (lease_until is null or lease_until <= ?)
          order by due limit 1 for update skip locked)
        update stack_work as work
        set lease_owner = ?, lease_until = ?, fence = fence + 1, woken = false
        from next where work.stack = next.stack
        returning work.stack, work.fence
        """;
    Instant until = now.plus(length);
    return Sql.query(
            connection,
            sql,
            row ->
                new Lease(
                    new StackId(row.getObject("stack", UUID.class)),
                    owner,
                    row.getLong("fence"),
                    until),
            now,
            now,
            owner,
            until)
        .stream()
        .findFirst();
  }

  /** As {@link StackStore#backlog}. */
  static StackStore.Backlog backlog(Connection connection, Instant now) throws SQLException {
    Sql.update(connection, "set local statement_timeout = '3s'");
    return Sql.query(
            connection,
            "select count(*) as stacks, min(due) as oldest from stack_work"
                + " where due <= ? and (lease_until is null or lease_until <= ?)",
            row -> new StackStore.Backlog(row.getInt("stacks"), Sql.maybeInstant(row, "oldest")),
            now,
            now)
        .get(0);
  }

  /** As {@link StackStore#renew}. */
  static Lease renew(Connection connection, Lease lease, Instant until) throws SQLException {
    int renewed =
        Sql.update(
            connection,
            "update stack_work set lease_until = ?"
                + " where stack = ? and fence = ? and lease_owner is not null",
            until,
            lease.stack().value(),
            lease.fence());
    if (renewed == 0) {
      throw new LeaseLost(lease);
    }
    return lease.until(until);
  }

  /** As {@link StackStore#release}. */
  static void release(Connection connection, Lease lease, Optional<Instant> due)
      throws SQLException {
    Sql.update(
        connection,
        "update stack_work set lease_owner = null, lease_until = null,"
            + " due = case when woken then due else ?::timestamptz end"
            + " where stack = ? and fence = ?",
        due,
        lease.stack().value(),
        lease.fence());
    // Taken away, and by nobody since.
    Sql.update(
        connection,
        "update stack_work set lease_until = null"
            + " where stack = ? and fence = ? and lease_owner is null",
        lease.stack().value(),
        lease.fence() + 1);
  }

  /** Nobody else changes what is wished of the stack until the transaction ends. */
  static void lockWork(Connection connection, StackId stack) throws SQLException {
    requireTransaction(connection);
    Sql.query(
        connection,
        "select 1 from stack_work where stack = ? for update",
        row -> row.getInt(1),
        stack.value());
  }

  /**
   * The same for who holds it.
   *
   * @throws LeaseLost when another has it
   */
  static void lockHeld(Connection connection, Lease lease) throws SQLException {
    requireTransaction(connection);
    List<Integer> held =
        Sql.query(
            connection,
            "select 1 from stack_work"
                + " where stack = ? and fence = ? and lease_owner is not null for update",
            row -> row.getInt(1),
            lease.stack().value(),
            lease.fence());
    if (held.isEmpty()) {
      throw new LeaseLost(lease);
    }
  }

  /**
   * A lock outside a transaction is given back at once, and what is written after it overwrites
   * what another has written.
   */
  private static void requireTransaction(Connection connection) throws SQLException {
    if (connection.getAutoCommit()) {
      throw new IllegalStateException(
          "a stack is written outside a transaction; nothing of it was written");
    }
  }
}
