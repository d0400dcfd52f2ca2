package io.isthmus.domain.failover;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.database.Sql;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.HeldJson;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.stack.StackId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Lost clouds of stacks in PostgreSQL, and whose turn it is to carry each on: under a lease with a
 * fencing number. What a person says moves that number on, so that whoever has the turn loses it.
 */
@ApplicationScoped
public class FailoverStore {

  private static final String FIND =
      """
      insert into failover (stack, cloud, state, silent_since, checks, held, tries, removes, changed_at, next_run)
      select distinct s.id, l.cloud, 'WATCHING', l.since, 0, '[]'::jsonb, 0, false, ?::timestamptz, ?::timestamptz
        from cloud_look l
          join stack s on s.tenant = split_part(l.project, '/', 1) and s.project = split_part(l.project, '/', 2)
            and s.status not like 'DELETE%' and not s.suspended and s.status <> 'RESUME_FAILED'
          join plan on plan.id = s.plan and plan.standby
          join stack_part p on p.stack = s.id and p.cloud = l.cloud and p.goal = 'PRESENT'
            and p.type = 'OS::Nova::Server'
        where l.state = 'UNREACHABLE'
      on conflict (stack, cloud) do nothing
      """;

  private Sql sql;

  @Inject
  public FailoverStore(DataSource database) {
    this.sql = new Sql(database);
  }

  /** For the container's proxies. */
  protected FailoverStore() {}

  /** A lost cloud that is to be carried on, and by whose leave. */
  record Turn(LostCloud row, long fence) {}

  /** Another has the turn by now, or a person has spoken. */
  static final class TurnLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TurnLost(LostCloud row) {
      super("the turn of cloud " + row.cloud() + " of stack " + row.stack() + " was lost");
    }
  }

  /** Notes which stacks have something standby in a cloud that does not answer their project. */
  void watchSilentClouds(Instant now) {
    sql.update(FIND, now, now);
  }

  Optional<Turn> take(Instant until, Instant now) {
    return sql
        .query(
            // Materialized: joined otherwise it may be asked again and again, and take more than
            // one.
            "with due as materialized (select stack, cloud from failover"
                + " where next_run <= ? and (lease_until is null or lease_until < ?)"
                + " order by next_run, stack, cloud limit 1 for update skip locked)"
                + " update failover f set lease_until = ?, fence = f.fence + 1 from due"
                + " where f.stack = due.stack and f.cloud = due.cloud returning f.*",
            row -> new Turn(row(row), row.getLong("fence")),
            now,
            now,
            until)
        .stream()
        .findFirst();
  }

  /**
   * Writes how far it is, and gives the turn back.
   *
   * @throws TurnLost when another has it; then nothing is written
   */
  void release(Turn turn, LostCloud next, Instant due) {
    int written =
        sql.update(
            """
            update failover set state = ?, silent_since = ?, checks = ?, checked_at = ?::timestamptz, why = ?::jsonb,
              held = ?::jsonb, plan = ?::uuid, tries = ?, removes = ?, changed_at = ?, next_run = ?,
              lease_until = null
              where stack = ? and cloud = ? and fence = ?
            """,
            next.state().name(),
            next.silentSince(),
            next.checks(),
            next.checkedAt().map(Instant::toString),
            next.why().map(Sql::text),
            HeldJson.write(next.held()).toString(),
            next.plan().map(plan -> plan.value().toString()),
            next.tries(),
            next.removes(),
            next.changedAt(),
            due,
            next.stack().value(),
            next.cloud().text(),
            turn.fence());
    if (written != 1) {
      throw new TurnLost(next);
    }
  }

  /** What a person said of a silence that is over says nothing of the next. */
  void endDecision(Turn turn) {
    sql.update(
        "update failover set decided_by = null, decided_by_subject = null, decided_because = null,"
            + " decided_at = null where stack = ? and cloud = ? and fence = ?",
        turn.row().stack().value(),
        turn.row().cloud().text(),
        turn.fence());
  }

  /** By the policy's rule, what was replaced is removed. */
  void removeByRule(Turn turn, Instant now) {
    sql.update(
        "update failover set remove_at = coalesce(remove_at, ?)"
            + " where stack = ? and cloud = ? and fence = ?",
        now,
        turn.row().stack().value(),
        turn.row().cloud().text(),
        turn.fence());
  }

  /** Nothing is left to do, unless a person has spoken meanwhile. */
  void forget(Turn turn) {
    sql.update(
        "delete from failover where stack = ? and cloud = ? and fence = ?",
        turn.row().stack().value(),
        turn.row().cloud().text(),
        turn.fence());
  }

  /** A person says that it shall fail over now. */
  void decide(LostCloud row, LostCloud.Decision decision) {
    sql.update(
        """
        insert into failover (stack, cloud, state, silent_since, checks, held, tries, removes, changed_at, next_run,
          decided_by, decided_by_subject, decided_because, decided_at)
        values (?, ?, 'WATCHING', ?, 0, '[]'::jsonb, 0, false, ?, ?, ?, ?, ?, ?)
        on conflict (stack, cloud) do update set decided_by = excluded.decided_by,
          decided_by_subject = excluded.decided_by_subject, decided_because = excluded.decided_because,
          decided_at = excluded.decided_at, next_run = excluded.next_run, lease_until = null,
          fence = failover.fence + 1
        """,
        row.stack().value(),
        row.cloud().text(),
        row.silentSince(),
        decision.at(),
        decision.at(),
        decision.by(),
        decision.subject(),
        decision.because(),
        decision.at());
  }

  /**
   * A person has what was replaced removed.
   *
   * @return false when nothing is known of that cloud
   */
  boolean remove(StackId stack, CloudId cloud, Instant now) {
    return sql.update(
            "update failover set remove_at = coalesce(remove_at, ?), next_run = ?,"
                + " lease_until = null, fence = fence + 1 where stack = ? and cloud = ?",
            now,
            now,
            stack.value(),
            cloud.text())
        == 1;
  }

  /** Whether something of a stack is lost, may be, or was replaced while it was. */
  public boolean isWatched(StackId stack) {
    return !of(stack).isEmpty();
  }

  /**
   * What was played is true: a cloud of a stack is silent from which the stack has moved, or moves.
   * It is carried on from there as any other; what is known of it already stays as it is.
   *
   * @param plan by which it moved
   * @param removes whether the policy has what was replaced removed when the cloud is back
   */
  public void takeOver(
      StackId stack, CloudId cloud, PlanId plan, boolean removes, Phrase why, Instant now) {
    sql.update(
        """
        insert into failover (stack, cloud, state, silent_since, checks, why, held, plan, tries, removes, changed_at,
          next_run) values (?, ?, 'MOVING', ?, 0, ?::jsonb, '[]'::jsonb, ?, 0, ?, ?, ?)
        on conflict (stack, cloud) do nothing
        """,
        stack.value(),
        cloud.text(),
        now,
        Sql.text(why),
        plan.value(),
        removes,
        now,
        now);
  }

  List<LostCloud> of(StackId stack) {
    return sql.query(
        "select * from failover where stack = ? order by cloud", FailoverStore::row, stack.value());
  }

  /** Of all stacks, what has changed last first. */
  List<Failovers.OfStack> all(int limit) {
    return sql.query(
        "select f.*, s.tenant, s.project, s.name from failover f join stack s on s.id = f.stack"
            + " order by f.changed_at desc, f.stack, f.cloud limit ?",
        row ->
            new Failovers.OfStack(
                row(row),
                new ProjectId(row.getString("tenant"), row.getString("project")),
                row.getString("name")),
        limit);
  }

  /** The engine is to look at the stack now. */
  void wake(StackId stack, Instant now) {
    sql.update(
        "update stack_work set due = least(due, ?), woken = true where stack = ? and due is not null",
        now,
        stack.value());
  }

  private static LostCloud row(ResultSet row) throws SQLException {
    Optional<String> by = Sql.maybe(row, "decided_by");
    try (JsonReader held = Json.createReader(new StringReader(row.getString("held")))) {
      return new LostCloud(
          new StackId(row.getObject("stack", UUID.class)),
          new CloudId(row.getString("cloud")),
          LostCloud.State.valueOf(row.getString("state")),
          Sql.instant(row, "silent_since"),
          row.getInt("checks"),
          Sql.maybeInstant(row, "checked_at"),
          Sql.maybe(row, "why").map(Sql::phrase),
          HeldJson.read(held.readArray()),
          Optional.ofNullable(row.getObject("plan", UUID.class)).map(PlanId::new),
          row.getInt("tries"),
          row.getBoolean("removes"),
          by.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new LostCloud.Decision(
                      by.get(),
                      row.getString("decided_by_subject"),
                      row.getString("decided_because"),
                      Sql.instant(row, "decided_at"))),
          Sql.maybeInstant(row, "remove_at"),
          Sql.instant(row, "changed_at"));
    }
  }
}
