package io.isthmus.domain.stack.store;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Measure;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.quota.Consumption;
import io.isthmus.domain.stack.PartCount;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPresence;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.usage.Commitments;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/** Parts of many stacks, counted. */
final class PartCounts {

  private PartCounts() {}

  /** As {@link StackStore#tallies}. */
  static Map<StackId, StackStore.Tally> tallies(Connection connection, Collection<StackId> stacks)
      throws SQLException {
    String sql =
        """
        select stack, cloud, region,
          count(*) filter (where goal = 'PRESENT') as present,
          count(*) filter (where goal = 'PRESENT' and next is null
            and status in ('CREATE_COMPLETE', 'UPDATE_COMPLETE', 'ADOPT_COMPLETE', 'SUSPEND_COMPLETE', 'RESUME_COMPLETE')) as complete,
          count(*) filter (where goal <> 'PRESENT') as absent,
          count(*) filter (where goal = 'RETAINED'
            or (goal = 'ABSENT' and status = 'DELETE_COMPLETE')) as gone
        from stack_part where stack = any (?) group by stack, cloud, region
        """;
    Object[] ids = stacks.stream().map(StackId::value).toArray(UUID[]::new);
    Map<StackId, StackStore.Tally> tallies = new HashMap<>();
    Sql.query(
        connection,
        sql,
        row -> {
          Place place =
              Place.inRegion(new CloudId(row.getString("cloud")), row.getString("region"));
          StackStore.Tally one =
              new StackStore.Tally(
                  row.getInt("present"),
                  row.getInt("complete"),
                  row.getInt("absent"),
                  row.getInt("gone"),
                  List.of(place));
          return tallies.merge(
              new StackId(row.getObject("stack", UUID.class)), one, PartCounts::sum);
        },
        connection.createArrayOf("uuid", ids));
    return tallies;
  }

  /**
   * As {@link StackStore#consumed}. Of what changes in place the greater of what it is and what it
   * shall be: nobody knows how far its cloud is, and the change may be ended. What failed counts
   * again from when it is taken up, but on a way back from when it was found to have room.
   */
  static List<Consumption.Consumed> consumed(Connection connection, String tenant)
      throws SQLException {
    String sql =
        """
        select project, cloud, region, jsonb_object_agg(kind, amount) as amounts from (
          select s.project, p.cloud, p.region, c.key as kind, sum(c.value) as amount
          from stack s join stack_part p on p.stack = s.id
            cross join lateral (
              select counted.key, max(counted.value::bigint) as value
              from (select * from jsonb_each_text(p.counts)
                union all select * from jsonb_each_text(p.next -> 'counts')) counted
              group by counted.key) c
          where s.tenant = ? and s.status <> 'DELETE_COMPLETE' and (
            p.goal = 'PRESENT' and (p.physical_id is not null or p.status = 'CREATE_IN_PROGRESS'
              or s.status like '%\\_COMPLETE' or s.status = 'CHECK_FAILED'
              or s.status in ('CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS')
                and (p.status not like '%\\_FAILED' or p.since <= s.action_since
                  and (s.status <> 'ROLLBACK_IN_PROGRESS' or s.back is null)))
            or p.goal in ('ABSENT', 'OUTGOING', 'REPLACED') and p.status <> 'DELETE_COMPLETE'
              and (p.physical_id is not null or p.status = 'CREATE_IN_PROGRESS'))
          group by s.project, p.cloud, p.region, c.key) amounts
        group by project, cloud, region order by project, cloud, region
        """;
    return Sql.query(
        connection,
        sql,
        row ->
            new Consumption.Consumed(
                new ProjectId(tenant, row.getString("project")),
                Place.inRegion(new CloudId(row.getString("cloud")), row.getString("region")),
                LimitKind.read(StackJson.object(row.getString("amounts")))),
        tenant);
  }

  /** As {@link StackStore#growing}. */
  static List<Commitments.Growth> growing(Connection connection, ProjectId project)
      throws SQLException {
    return Sql.query(
        connection,
        """
        select p.cloud, p.measure, p.next -> 'measure' as grown
        from stack s join stack_part p on p.stack = s.id
        where s.tenant = ? and s.project = ? and p.goal = 'PRESENT'
          and p.next -> 'measure' is distinct from p.measure and p.next -> 'measure' is not null
          and (s.status in ('CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS')
            or s.status <> 'DELETE_IN_PROGRESS' and p.status = 'UPDATE_IN_PROGRESS')
        """,
        row ->
            new Commitments.Growth(
                new CloudId(row.getString("cloud")),
                Sql.maybe(row, "measure").map(StackJson::object).map(Measure::read),
                Measure.read(StackJson.object(row.getString("grown")))),
        project.tenant(),
        project.project());
  }

  private static StackStore.Tally sum(StackStore.Tally one, StackStore.Tally other) {
    TreeSet<Place> regions = new TreeSet<>(one.regions());
    regions.addAll(other.regions());
    return new StackStore.Tally(
        one.present() + other.present(),
        one.complete() + other.complete(),
        one.absent() + other.absent(),
        one.gone() + other.gone(),
        List.copyOf(regions));
  }

  /** As {@link StackStore#counts}. */
  static List<PartCount> counts(Connection connection, ProjectId project) throws SQLException {
    String sql =
        """
        select cloud, region, type, count(*) as parts,
          count(*) filter (where stack_part.status in ('CREATE_COMPLETE', 'UPDATE_COMPLETE', 'ADOPT_COMPLETE', 'SUSPEND_COMPLETE', 'RESUME_COMPLETE')) as complete
        from stack_part join stack on stack.id = stack_part.stack
        where stack.tenant = ? and stack.project = ? and goal = 'PRESENT'
          and stack.status <> 'DELETE_COMPLETE'
        group by cloud, region, type order by cloud, region, type
        """;
    return Sql.query(
        connection,
        sql,
        row ->
            new PartCount(
                Place.inRegion(new CloudId(row.getString("cloud")), row.getString("region")),
                row.getString("type"),
                row.getInt("parts"),
                row.getInt("complete")),
        project.tenant(),
        project.project());
  }

  /** As {@link StackStore#presences}. */
  static List<StackPresence> presences(
      Connection connection, CloudId cloud, Optional<ProjectId> project) throws SQLException {
    StringBuilder sql =
        new StringBuilder(
            """
            select stack.id, stack.name, stack.tenant, stack.project, count(*) as parts
            from stack_part join stack on stack.id = stack_part.stack
            where cloud = ? and goal <> 'RETAINED' and stack_part.status <> 'DELETE_COMPLETE'
            """);
    List<Object> values = new ArrayList<>(List.of(cloud.text()));
    project.ifPresent(
        one -> {
          sql.append(" and stack.tenant = ? and stack.project = ?");
          values.add(one.tenant());
          values.add(one.project());
        });
    sql.append(" group by stack.id order by stack.tenant, stack.project, stack.name");
    return Sql.query(
        connection,
        sql.toString(),
        row ->
            new StackPresence(
                new StackId(row.getObject("id", UUID.class)),
                row.getString("name"),
                new ProjectId(row.getString("tenant"), row.getString("project")),
                row.getInt("parts")),
        values.toArray());
  }

  /** By cloud, what is paid for of what is wished for, not made and not given up. */
  static Map<CloudId, List<Measure>> awaited(Connection connection, ProjectId project)
      throws SQLException {
    Map<CloudId, List<Measure>> awaited = new HashMap<>();
    Sql.query(
            connection,
            """
            select p.cloud, p.measure from stack s join stack_part p on p.stack = s.id
            where s.tenant = ? and s.project = ? and s.status <> 'DELETE_COMPLETE'
              and (s.status in ('CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS', 'CHECK_FAILED')
                or s.status like '%\\_COMPLETE')
              and p.goal = 'PRESENT' and p.status in ('INIT_COMPLETE', 'CREATE_IN_PROGRESS')
              and p.physical_id is null and p.measure is not null
            """,
            row ->
                Map.entry(
                    new CloudId(row.getString("cloud")),
                    Measure.read(StackJson.object(row.getString("measure")))),
            project.tenant(),
            project.project())
        .forEach(
            one ->
                awaited
                    .computeIfAbsent(one.getKey(), cloud -> new ArrayList<>())
                    .add(one.getValue()));
    return awaited;
  }
}
