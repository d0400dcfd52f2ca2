package io.isthmus.domain.drain;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.Area;
import io.isthmus.domain.cloud.ClosedArea;
import io.isthmus.domain.cloud.ClosedAreas;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.database.Sql;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.HeldJson;
import io.isthmus.domain.placement.Leaving;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.stack.StackId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Drains in PostgreSQL, and whose turn it is to carry them on: each is taken under a lease with a
 * fencing number, and what somebody records who has lost it changes nothing.
 */
@ApplicationScoped
public class DrainStore implements ClosedAreas {

  private static final String COLUMNS =
      "id, cloud, region, availability_zone, reason, at_once, with_data, status, started_by,"
          + " started_by_subject, started_at, ended_at";

  private static final String CLOSED =
      "select " + COLUMNS + " from drain where status <> 'TAKEN_BACK'";
  private static final String ORDER = " order by started_at, id";

  /** What is there or may be, beside what deletion policies left to others. */
  private static final String THERE =
      " p.goal <> 'RETAINED' and p.status <> 'DELETE_COMPLETE' and p.cloud = ?";

  private Sql sql;

  @Inject
  DrainStore(DataSource database) {
    this.sql = new Sql(database);
  }

  /** For the container's proxies. */
  protected DrainStore() {}

  /** A drain that is to be carried on, and by whose leave. */
  record Turn(Drain drain, long fence) {}

  /** Another has the turn by now. */
  static final class TurnLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TurnLost(UUID drain) {
      super("the turn of drain " + drain + " was lost");
    }
  }

  @Override
  public List<ClosedArea> closed() {
    return sql.query(CLOSED + ORDER, DrainStore::closedArea);
  }

  /** Of the clouds that a project has access to. */
  List<ClosedArea> closed(ProjectId project) {
    return sql.query(
        CLOSED + " and cloud in (select cloud from cloud_access where project = ?)" + ORDER,
        DrainStore::closedArea,
        project.toString());
  }

  private static ClosedArea closedArea(ResultSet row) throws SQLException {
    Drain drain = drain(row);
    return new ClosedArea(
        drain.area(), Phrase.of("drain.closed", drain.area().toString(), drain.reason()));
  }

  void add(Drain drain) {
    sql.update(
        "insert into drain ("
            + COLUMNS
            + ", next_run) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        drain.id(),
        drain.area().cloud().text(),
        drain.area().region(),
        drain.area().availabilityZone(),
        drain.reason(),
        drain.atOnce(),
        drain.withData(),
        drain.status().name(),
        drain.startedBy(),
        drain.startedBySubject(),
        drain.startedAt(),
        drain.endedAt(),
        drain.startedAt());
  }

  /** Until the transaction ends nobody else begins a drain of this cloud. */
  void lock(CloudId cloud) {
    sql.query(
        "select pg_advisory_xact_lock(hashtextextended(?, 40))", row -> 1, "drain/" + cloud.text());
  }

  Optional<Drain> find(UUID id) {
    return sql
        .query("select " + COLUMNS + " from drain where id = ?", DrainStore::drain, id)
        .stream()
        .findFirst();
  }

  /** Those that are not taken back first, then the newest. */
  List<Drain> list(Optional<CloudId> cloud, int limit) {
    return cloud.isPresent()
        ? sql.query(
            "select "
                + COLUMNS
                + " from drain where cloud = ?"
                + " order by status = 'TAKEN_BACK', started_at desc, id limit ?",
            DrainStore::drain,
            cloud.get().text(),
            limit)
        : sql.query(
            "select "
                + COLUMNS
                + " from drain order by status = 'TAKEN_BACK', started_at desc, id limit ?",
            DrainStore::drain,
            limit);
  }

  /**
   * A person's wish, which is carried out at once.
   *
   * @return false when the drain is in none of these statuses
   */
  boolean change(UUID id, List<Drain.Status> from, Drain.Status to, Instant now) {
    return sql.update(
            "update drain set status = ?, next_run = ?,"
                + " ended_at = case when ? then ?::timestamptz else null end"
                + " where id = ? and status = any(string_to_array(?, ','))",
            to.name(),
            now,
            to == Drain.Status.TAKEN_BACK,
            now,
            id,
            String.join(",", from.stream().map(Drain.Status::name).toList()))
        == 1;
  }

  /** What waits to be tried again is tried at once. */
  void retry(UUID drain) {
    sql.update("update drain_stack set next_try = null where drain = ?", drain);
  }

  /** All stacks of one, in the order in which they are moved. */
  List<DrainedStack> stacks(UUID drain) {
    return sql.query(
        "select * from drain_stack where drain = ? order by tenant, project, name, stack",
        DrainStore::stack,
        drain);
  }

  /** What stacks have in a place, in the order in which they are moved. */
  List<DrainedStack.Presence> presences(Area area) {
    List<Object> values = new ArrayList<>(List.of(area.cloud().text()));
    StringBuilder where = new StringBuilder(THERE);
    area.region()
        .ifPresent(
            region -> {
              where.append(" and p.region = ?");
              values.add(region);
            });
    area.availabilityZone()
        .ifPresent(
            zone -> {
              where.append(" and p.availability_zone = ?");
              values.add(zone);
            });
    return sql.query(
        "select s.id, s.tenant, s.project, s.name, count(*) as parts,"
            + " bool_and(p.goal = 'ABSENT') and not exists (select 1 from stack_part w"
            + " where w.stack = s.id and w.goal = 'PRESENT' and"
            + " (w.next is not null or w.status not like '%\\_COMPLETE')) as left_over"
            + " from stack_part p"
            + " join stack s on s.id = p.stack where"
            + where
            + " group by s.id order by s.tenant, s.project, s.name, s.id",
        row ->
            new DrainedStack.Presence(
                new StackId(row.getObject("id", UUID.class)),
                new ProjectId(row.getString("tenant"), row.getString("project")),
                row.getString("name"),
                row.getInt("parts"),
                row.getBoolean("left_over")),
        values.toArray());
  }

  /** The drain that is due first and that nobody carries on. */
  Optional<Turn> take(Instant until, Instant now) {
    return sql
        .query(
            // Materialized: joined otherwise it may be asked again and again, and take more than
            // one.
            "with due as materialized (select id from drain"
                + " where next_run <= ? and (lease_until is null or lease_until < ?)"
                + " order by next_run limit 1 for update skip locked)"
                + " update drain d set lease_until = ?, fence = d.fence + 1 from due"
                + " where d.id = due.id returning d.*",
            row -> new Turn(drain(row), row.getLong("fence")),
            now,
            now,
            until)
        .stream()
        .findFirst();
  }

  /**
   * Holds the turn for longer.
   *
   * @throws TurnLost when another has it
   */
  void renew(Turn turn, Instant until) {
    requireOne(
        turn,
        sql.update(
            "update drain set lease_until = ? where id = ? and fence = ?",
            until,
            turn.drain().id(),
            turn.fence()));
  }

  /**
   * Holds the turn for longer if a person has wished for nothing else meanwhile. Within a
   * transaction nobody else can wish before its end.
   *
   * @return false when the drain was paused or taken back
   * @throws TurnLost when another has it
   */
  boolean goOn(Turn turn, Instant until) {
    boolean goesOn =
        sql.update(
                "update drain set lease_until = ? where id = ? and fence = ? and status = ?",
                until,
                turn.drain().id(),
                turn.fence(),
                turn.drain().status().name())
            == 1;
    if (!goesOn) {
      renew(turn, until);
    }
    return goesOn;
  }

  /**
   * Gives the turn back. What a person has wished for meanwhile is carried out at once.
   *
   * @param seen the status by which it was carried on
   * @param status that it has now, unless a person has wished for another meanwhile
   * @param next when it is looked at again; empty when nothing is left to do
   */
  void release(
      Turn turn, Drain.Status seen, Drain.Status status, Optional<Instant> next, Instant now) {
    int same =
        sql.update(
            "update drain set lease_until = null, next_run = ?, status = ?,"
                + " ended_at = case when ? = 'COMPLETE' then coalesce(ended_at, ?::timestamptz)"
                + " when ? = 'TAKEN_BACK' then ended_at else null end"
                + " where id = ? and fence = ? and status = ?",
            next,
            status.name(),
            status.name(),
            now,
            status.name(),
            turn.drain().id(),
            turn.fence(),
            seen.name());
    if (same == 0) {
      sql.update(
          "update drain set lease_until = null, next_run = ? where id = ? and fence = ?",
          now,
          turn.drain().id(),
          turn.fence());
    }
  }

  /**
   * Writes how far a stack is.
   *
   * @throws TurnLost when another has the turn; then nothing is written
   */
  void write(Turn turn, DrainedStack stack) {
    requireOne(
        turn,
        sql.update(
            """
            insert into drain_stack (drain, stack, tenant, project, name, state, parts, moved, plan, why, held, tries,
              next_try, changed_at)
            select ?, ?, ?, ?, ?, ?, ?, ?, ?::uuid, ?::jsonb, ?::jsonb, ?, ?::timestamptz, ? from drain
              where id = ? and fence = ?
            on conflict (drain, stack) do update set name = excluded.name, state = excluded.state,
              parts = excluded.parts, moved = excluded.moved, plan = excluded.plan, why = excluded.why,
              held = excluded.held, tries = excluded.tries, next_try = excluded.next_try,
              changed_at = excluded.changed_at
            """,
            turn.drain().id(),
            stack.stack().value(),
            stack.project().tenant(),
            stack.project().project(),
            stack.name(),
            stack.state().name(),
            stack.parts(),
            stack.moved(),
            stack.plan().map(plan -> plan.value().toString()),
            stack.why().map(Sql::text),
            HeldJson.write(stack.held()).toString(),
            stack.tries(),
            stack.nextTry().map(Instant::toString),
            stack.changedAt(),
            turn.drain().id(),
            turn.fence()));
  }

  private static void requireOne(Turn turn, int written) {
    if (written != 1) {
      throw new TurnLost(turn.drain().id());
    }
  }

  private static Drain drain(ResultSet row) throws SQLException {
    return new Drain(
        row.getObject("id", UUID.class),
        new Area(
            new CloudId(row.getString("cloud")),
            Sql.maybe(row, "region"),
            Sql.maybe(row, "availability_zone")),
        row.getString("reason"),
        row.getInt("at_once"),
        row.getBoolean("with_data"),
        Drain.Status.valueOf(row.getString("status")),
        row.getString("started_by"),
        row.getString("started_by_subject"),
        Sql.instant(row, "started_at"),
        Sql.maybeInstant(row, "ended_at"));
  }

  private static DrainedStack stack(ResultSet row) throws SQLException {
    return new DrainedStack(
        new StackId(row.getObject("stack", UUID.class)),
        new ProjectId(row.getString("tenant"), row.getString("project")),
        row.getString("name"),
        DrainedStack.State.valueOf(row.getString("state")),
        row.getInt("parts"),
        row.getInt("moved"),
        Optional.ofNullable(row.getObject("plan", UUID.class)).map(PlanId::new),
        Sql.maybe(row, "why").map(Sql::phrase),
        held(row.getString("held")),
        row.getInt("tries"),
        Sql.maybeInstant(row, "next_try"),
        Sql.instant(row, "changed_at"));
  }

  static List<Leaving.Held> held(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return HeldJson.read(reader.readArray());
    }
  }
}
