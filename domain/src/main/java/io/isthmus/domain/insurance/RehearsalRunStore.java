package io.isthmus.domain.insurance;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.language.PhraseJson;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.stack.StackId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Rehearsals that move stacks, in PostgreSQL, and whose turn it is to carry each on: under a lease
 * with a fencing number. What a person says moves that number on, so that whoever has the turn
 * loses it.
 */
@ApplicationScoped
public class RehearsalRunStore {

  private Sql sql;

  @Inject
  RehearsalRunStore(DataSource database) {
    this.sql = new Sql(database);
  }

  /** For the container's proxies. */
  protected RehearsalRunStore() {}

  /** A rehearsal that is to be carried on, and by whose leave. */
  record Turn(RehearsalRun run, long fence) {}

  /** Another has the turn by now, or a person has spoken. */
  static final class TurnLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TurnLost(UUID rehearsal) {
      super("the turn of rehearsal " + rehearsal + " was lost");
    }
  }

  void add(RehearsalRun run, Instant due) {
    sql.update(
        """
        insert into rehearsal_run (rehearsal, stack, cloud, phase, returns, why, asked_by, asked_by_subject, detection,
          plan, clears, tries, servers, started_at, story, next_run)
        values (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, false, 0, ?::jsonb, ?,
          jsonb_build_array(jsonb_build_object('at', ?::text, 'why', ?::jsonb)), ?)
        """,
        run.rehearsal(),
        run.stack().value(),
        run.cloud().text(),
        run.phase().name(),
        run.returns().name(),
        Sql.text(run.why()),
        run.askedBy().name(),
        run.askedBy().subject(),
        run.detection().toString(),
        run.plan().value(),
        RehearsedServerJson.write(run.servers()).toString(),
        run.times().startedAt(),
        run.times().startedAt().toString(),
        Sql.text(run.why()),
        due);
  }

  /** Until the transaction ends nobody else begins one of that stack. */
  void lock(StackId stack) {
    sql.query(
        "select pg_advisory_xact_lock(hashtextextended(?, 56))", row -> 1, "rehearsal/" + stack);
  }

  Optional<RehearsalRun> find(UUID rehearsal) {
    return sql
        .query(
            "select * from rehearsal_run where rehearsal = ?", RehearsalRunStore::read, rehearsal)
        .stream()
        .findFirst();
  }

  /** The one of a stack that is not over. */
  Optional<RehearsalRun> open(StackId stack) {
    return sql
        .query(
            "select * from rehearsal_run where stack = ? and phase <> 'ENDED'",
            RehearsalRunStore::read,
            stack.value())
        .stream()
        .findFirst();
  }

  Optional<Turn> take(Instant until, Instant now) {
    return sql
        .query(
            // Materialized: joined otherwise it may be asked again and again, and take more than
            // one.
            "with due as materialized (select rehearsal from rehearsal_run"
                + " where next_run <= ? and (lease_until is null or lease_until < ?)"
                + " order by next_run limit 1 for update skip locked)"
                + " update rehearsal_run r set lease_until = ?, fence = r.fence + 1 from due"
                + " where r.rehearsal = due.rehearsal returning r.*",
            row -> new Turn(read(row), row.getLong("fence")),
            now,
            now,
            until)
        .stream()
        .findFirst();
  }

  /**
   * Writes how far it is, and gives the turn back.
   *
   * @param due when it is looked at again; empty when nothing is left to do
   * @throws TurnLost when another has it; then nothing is written
   */
  void release(Turn turn, RehearsalRun next, Optional<Instant> due, Instant now) {
    int written =
        sql.update(
            """
            update rehearsal_run set phase = ?, outcome = ?::text, why = ?::jsonb, story = case when why = ?::jsonb
              then story else story || jsonb_build_array(jsonb_build_object('at', ?::text, 'why', ?::jsonb)) end, back_plan = ?::uuid, clears = ?,
              tries = ?, servers = ?::jsonb, moved_at = ?::timestamptz, returning_at = ?::timestamptz,
              returned_at = ?::timestamptz, ended_at = ?::timestamptz, next_run = ?::timestamptz, lease_until = null
              where rehearsal = ? and fence = ?
            """,
            next.phase().name(),
            next.outcome().map(Enum::name),
            Sql.text(next.why()),
            Sql.text(next.why()),
            now.toString(),
            Sql.text(next.why()),
            next.backPlan().map(plan -> plan.value().toString()),
            next.clears(),
            next.tries(),
            RehearsedServerJson.write(next.servers()).toString(),
            text(next.times().movedAt()),
            text(next.times().returningAt()),
            text(next.times().returnedAt()),
            text(next.times().endedAt()),
            text(due),
            next.rehearsal(),
            turn.fence());
    if (written != 1) {
      throw new TurnLost(next.rehearsal());
    }
  }

  private static Optional<String> text(Optional<Instant> at) {
    return at.map(Instant::toString);
  }

  /**
   * Whether somebody else has the turn, without writing.
   *
   * @throws TurnLost then
   */
  void require(Turn turn) {
    boolean ours =
        !sql.query(
                "select 1 from rehearsal_run where rehearsal = ? and fence = ? for update",
                row -> 1,
                turn.run().rehearsal(),
                turn.fence())
            .isEmpty();
    if (!ours) {
      throw new TurnLost(turn.run().rehearsal());
    }
  }

  /**
   * A person has it moved back.
   *
   * @return false when it moves back already, or is over
   */
  boolean moveBack(UUID rehearsal, RehearsalRun.Person by, Instant now) {
    return sql.update(
            "update rehearsal_run set back_by = ?, back_by_subject = ?, next_run = ?,"
                + " lease_until = null, fence = fence + 1"
                + " where rehearsal = ? and back_by is null and (phase = 'AWAY'"
                + " or phase = 'MOVING' and returns = 'ASK')",
            by.name(),
            by.subject(),
            now,
            rehearsal)
        == 1;
  }

  /** The engine is to look at the stack now. */
  void wake(StackId stack, Instant now) {
    sql.update(
        "update stack_work set due = least(due, ?), woken = true where stack = ? and due is not null",
        now,
        stack.value());
  }

  static RehearsalRun read(ResultSet row) throws SQLException {
    Optional<String> back = Sql.maybe(row, "back_by");
    return new RehearsalRun(
        row.getObject("rehearsal", UUID.class),
        new StackId(row.getObject("stack", UUID.class)),
        new CloudId(row.getString("cloud")),
        RehearsalRun.Phase.valueOf(row.getString("phase")),
        RehearsalRun.Returns.valueOf(row.getString("returns")),
        Sql.maybe(row, "outcome").map(RehearsalRun.Outcome::valueOf),
        Sql.phrase(row.getString("why")),
        new RehearsalRun.Person(row.getString("asked_by_subject"), row.getString("asked_by")),
        back.isEmpty()
            ? Optional.empty()
            : Optional.of(new RehearsalRun.Person(row.getString("back_by_subject"), back.get())),
        Duration.parse(row.getString("detection")),
        new PlanId(row.getObject("plan", UUID.class)),
        Optional.ofNullable(row.getObject("back_plan", UUID.class)).map(PlanId::new),
        row.getBoolean("clears"),
        row.getInt("tries"),
        RehearsedServerJson.read(Sql.array(row.getString("servers"))),
        new RehearsalRun.Times(
            Sql.instant(row, "started_at"),
            Sql.maybeInstant(row, "moved_at"),
            Sql.maybeInstant(row, "returning_at"),
            Sql.maybeInstant(row, "returned_at"),
            Sql.maybeInstant(row, "ended_at")),
        Sql.array(row.getString("story")).getValuesAs(JsonObject.class).stream()
            .map(
                told ->
                    new RehearsalRun.Told(
                        Instant.parse(told.getString("at")),
                        PhraseJson.read(told.getJsonObject("why"))))
            .toList());
  }
}
