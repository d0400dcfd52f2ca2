package io.isthmus.domain.insurance;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.placement.LossJson;
import io.isthmus.domain.placement.LostResource;
import io.isthmus.domain.stack.StackId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * What would be if clouds vanished, in PostgreSQL, and whose turn it is to count. A cloud is
 * counted under a lease with a fencing number: what somebody writes who has lost it changes
 * nothing.
 */
@ApplicationScoped
public class InsuranceStore {

  /** What stacks want to have somewhere. */
  private static final String THERE =
      " from stack_part p join stack s on s.id = p.stack"
          + " where p.goal = 'PRESENT' and s.status <> 'DELETE_COMPLETE'";

  /** What it depends on that stands there; the order does not matter. */
  private static final String DIGEST =
      "select p.cloud, sum(hashtextextended(concat_ws('|', p.stack, p.resource, p.region,"
          + " p.availability_zone, s.plan, s.status like '%IN_PROGRESS',"
          + " s.suspended), 0)::numeric) as seen"
          + THERE
          + " group by p.cloud";

  private static final String SCOPE = " and (? or s.tenant || '/' || s.project = any(?))";

  private Sql sql;

  @Inject
  InsuranceStore(DataSource database) {
    this.sql = new Sql(database);
  }

  /** For the container's proxies. */
  protected InsuranceStore() {}

  /** A cloud that is to be counted, and by whose leave. */
  record Turn(CloudId cloud, long round, long fence, Instant beganAt) {}

  /** Another has the turn by now, or the cloud was removed. */
  static final class TurnLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TurnLost(CloudId cloud) {
      super("the turn to count " + cloud + " was lost");
    }
  }

  /**
   * What of a stack is in a cloud.
   *
   * @param plan by which it stands
   * @param parts how many physical resources are there or shall be
   */
  record Presence(StackId stack, ProjectId project, String name, UUID plan, int parts) {}

  /** Whose stacks are told: all, or those of some projects. */
  record Scope(boolean all, List<ProjectId> projects) {

    static final Scope ALL = new Scope(true, List.of());

    private String[] names() {
      return projects.stream().map(ProjectId::toString).toArray(String[]::new);
    }
  }

  /** Makes a row for each cloud that has none, and lets those be counted soon that have changed. */
  void notice(Instant now) {
    sql.update(
        "insert into insurance (cloud, next_run, soonest) select id, ?, ? from cloud"
            + " on conflict do nothing",
        now,
        now);
    sql.update(
        "update insurance i set next_run = least(i.next_run, greatest(i.soonest, ?))"
            + " from (select all_of.cloud, coalesce(d.seen, 0) as seen from insurance all_of"
            + " left join ("
            + DIGEST
            + ") d on d.cloud = all_of.cloud) is_now"
            + " where is_now.cloud = i.cloud and i.seen is distinct from is_now.seen",
        now);
  }

  /** The cloud that is due first and that nobody counts. */
  Optional<Turn> take(Instant until, Instant now) {
    return sql
        .query(
            // Joined otherwise it may be asked again and again, and take more than one.
            "with due as materialized (select cloud from insurance"
                + " where next_run <= ? and (lease_until is null or lease_until < ?)"
                + " order by next_run, cloud limit 1 for update skip locked)"
                + " update insurance i set lease_until = ?, fence = i.fence + 1,"
                + " round = i.round + 1, began_at = ?, seen = coalesce((select d.seen from ("
                + DIGEST
                + ") d where d.cloud = i.cloud), 0)"
                + " from due where i.cloud = due.cloud returning i.*",
            row ->
                new Turn(
                    new CloudId(row.getString("cloud")),
                    row.getLong("round"),
                    row.getLong("fence"),
                    Sql.instant(row, "began_at")),
            now,
            now,
            until,
            now)
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
            "update insurance set lease_until = ? where cloud = ? and fence = ?",
            until,
            turn.cloud().text(),
            turn.fence()));
  }

  /** What stacks have in a cloud, in the order in which they are counted. */
  List<Presence> presences(CloudId cloud) {
    return sql.query(
        "select s.id, s.tenant, s.project, s.name, s.plan, count(*) as parts"
            + THERE
            + " and p.cloud = ? group by s.id order by s.tenant, s.project, s.name, s.id",
        row ->
            new Presence(
                new StackId(row.getObject("id", UUID.class)),
                new ProjectId(row.getString("tenant"), row.getString("project")),
                row.getString("name"),
                row.getObject("plan", UUID.class),
                row.getInt("parts")),
        cloud.text());
  }

  /**
   * Writes what a count came to for a stack.
   *
   * @param plan by which the stack stood
   * @throws TurnLost when another has the turn; then nothing is written
   */
  void write(Turn turn, UUID plan, InsuredStack stack) {
    requireOne(
        turn,
        sql.update(
            """
            insert into insurance_stack (cloud, stack, plan, round, counted_at, moves, movable, stays_down, no_place,
              unknown, problem, resources)
            select cloud, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb from insurance where cloud = ? and fence = ?
            on conflict (cloud, stack) do update set plan = excluded.plan, round = excluded.round,
              counted_at = excluded.counted_at, moves = excluded.moves, movable = excluded.movable,
              stays_down = excluded.stays_down, no_place = excluded.no_place, unknown = excluded.unknown,
              problem = excluded.problem, resources = excluded.resources
            """,
            stack.stack().value(),
            plan,
            turn.round(),
            stack.countedAt(),
            stack.of(LostResource.Outcome.MOVES),
            stack.of(LostResource.Outcome.MOVABLE),
            stack.of(LostResource.Outcome.STAYS_DOWN),
            stack.of(LostResource.Outcome.NO_PLACE),
            stack.unknown(),
            stack.problem().map(Sql::text),
            LossJson.write(stack.resources()).toString(),
            turn.cloud().text(),
            turn.fence()));
  }

  /**
   * The count has come to its end, and what it has not found is not there any more.
   *
   * @param next when it is counted again at the latest
   * @param soonest when it may be because something changed
   * @throws TurnLost when another has the turn; then nothing is written
   */
  void complete(Turn turn, Instant next, Instant soonest, Instant now) {
    List<CloudId> done =
        sql.query(
            "with done as (update insurance set lease_until = null, counted_at = ?, took_ms = ?,"
                + " next_run = ?, soonest = ? where cloud = ? and fence = ? returning cloud, round),"
                + " gone as (delete from insurance_stack r using done where r.cloud = done.cloud"
                + " and r.round < done.round) select cloud from done",
            row -> new CloudId(row.getString("cloud")),
            now,
            Duration.between(turn.beganAt(), now).toMillis(),
            next,
            soonest,
            turn.cloud().text(),
            turn.fence());
    requireOne(turn, done.size());
  }

  private static void requireOne(Turn turn, int written) {
    if (written != 1) {
      throw new TurnLost(turn.cloud());
    }
  }

  /** Cloud by cloud; of some projects' stacks, only clouds in which these have something. */
  List<Insurance> list(Scope scope, Optional<CloudId> cloud, Instant now) {
    String only = cloud.map(CloudId::text).orElse("");
    return sql.query(
        "with there as (select p.cloud, count(distinct p.stack) as stacks"
            + THERE
            + SCOPE
            + " and (? = '' or p.cloud = ?) group by p.cloud),"
            + " told as (select r.cloud, count(*) as counted, sum(r.moves) as moves,"
            + " sum(r.movable) as movable, sum(r.stays_down) as stays_down,"
            + " sum(r.no_place) as no_place, sum(r.unknown) as unknown,"
            + " count(*) filter (where r.plan <> s.plan) as changed, min(r.counted_at) as oldest"
            + " from insurance_stack r join stack s on s.id = r.stack"
            + " where s.status <> 'DELETE_COMPLETE'"
            + " and exists (select from stack_part p where p.stack = r.stack"
            + " and p.cloud = r.cloud and p.goal = 'PRESENT')"
            + SCOPE
            + " and (? = '' or r.cloud = ?) group by r.cloud)"
            + " select i.cloud, i.counted_at, i.lease_until > ? as counting,"
            + " coalesce(there.stacks, 0) as stacks, coalesce(told.counted, 0) as counted,"
            + " coalesce(told.changed, 0) as changed, coalesce(told.moves, 0) as moves,"
            + " coalesce(told.movable, 0) as movable, coalesce(told.stays_down, 0) as stays_down,"
            + " coalesce(told.no_place, 0) as no_place, coalesce(told.unknown, 0) as unknown,"
            + " told.oldest"
            + " from insurance i left join there on there.cloud = i.cloud"
            + " left join told on told.cloud = i.cloud"
            + " where (? or there.stacks > 0) and (? = '' or i.cloud = ?) order by i.cloud",
        row -> insurance(row, now),
        scope.all(),
        scope.names(),
        only,
        only,
        scope.all(),
        scope.names(),
        only,
        only,
        now,
        scope.all(),
        only,
        only);
  }

  private static Insurance insurance(ResultSet row, Instant now) throws SQLException {
    int stacks = row.getInt("stacks");
    int uncounted = Math.max(0, stacks - row.getInt("counted"));
    int changed = row.getInt("changed");
    Optional<Instant> countedAt = Sql.maybeInstant(row, "counted_at");
    Instant oldest =
        Sql.maybeInstant(row, "oldest").filter(at -> stacks > 0).or(() -> countedAt).orElse(now);
    boolean stale =
        countedAt.isEmpty()
            || uncounted > 0
            || changed > 0
            || oldest.isBefore(now.minus(Insurance.FRESH));
    return new Insurance(
        new CloudId(row.getString("cloud")),
        stacks,
        uncounted,
        changed,
        counts(row),
        row.getInt("unknown"),
        countedAt,
        row.getBoolean("counting"),
        stale);
  }

  private static Map<LostResource.Outcome, Integer> counts(ResultSet row) throws SQLException {
    Map<LostResource.Outcome, Integer> counts = new EnumMap<>(LostResource.Outcome.class);
    for (LostResource.Outcome outcome : LostResource.Outcome.values()) {
      counts.put(outcome, row.getInt(outcome.text()));
    }
    return counts;
  }

  /**
   * What was counted for stacks, in the order of tenant, project, name and id.
   *
   * @param outcome only stacks in which something has it; empty for all
   * @param after tenant, project, name and id of the last that was told; empty for the first page
   */
  List<InsuredStack> stacks(
      CloudId cloud,
      Scope scope,
      Optional<LostResource.Outcome> outcome,
      List<String> after,
      int limit) {
    List<Object> values = new ArrayList<>(List.of(cloud.text(), scope.all(), scope.names()));
    StringBuilder where = new StringBuilder();
    // The column is one of four names of ours.
    outcome.ifPresent(one -> where.append(" and r.").append(one.text()).append(" > 0"));
    if (!after.isEmpty()) {
      where.append(" and (s.tenant, s.project, s.name, s.id) > (?, ?, ?, ?::uuid)");
      values.addAll(after);
    }
    values.add(limit);
    return sql.query(
        "select r.*, s.tenant, s.project, s.name, r.plan <> s.plan as changed"
            + " from insurance_stack r join stack s on s.id = r.stack"
            + " where r.cloud = ? and s.status <> 'DELETE_COMPLETE'"
            + " and exists (select from stack_part p where p.stack = r.stack"
            + " and p.cloud = r.cloud and p.goal = 'PRESENT')"
            + SCOPE
            + where
            + " order by s.tenant, s.project, s.name, s.id limit ?",
        InsuranceStore::stack,
        values.toArray());
  }

  private static InsuredStack stack(ResultSet row) throws SQLException {
    Map<LostResource.Outcome, Integer> counts = counts(row);
    List<LostResource> resources = LossJson.read(Sql.array(row.getString("resources")));
    return new InsuredStack(
        new StackId(row.getObject("stack", UUID.class)),
        new ProjectId(row.getString("tenant"), row.getString("project")),
        row.getString("name"),
        Sql.instant(row, "counted_at"),
        row.getBoolean("changed"),
        counts,
        row.getInt("unknown"),
        Sql.maybe(row, "problem").map(Sql::phrase),
        resources,
        counts.values().stream().mapToInt(Integer::intValue).sum() - resources.size());
  }
}
