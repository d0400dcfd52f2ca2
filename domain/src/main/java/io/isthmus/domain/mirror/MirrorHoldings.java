package io.isthmus.domain.mirror;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.quota.CloudHoldings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;

/**
 * Counts what the mirror keeps of the accounts that a project's own accesses lead into, by one
 * question for all of them. Part of the caller's transaction.
 */
@ApplicationScoped
public class MirrorHoldings implements CloudHoldings {

  private static final Map<MirrorKind, LimitKind> COUNTED =
      Map.of(
          MirrorKind.SERVER, LimitKind.INSTANCES,
          MirrorKind.VOLUME, LimitKind.VOLUMES,
          MirrorKind.NETWORK, LimitKind.NETWORKS,
          MirrorKind.FLOATING_IP, LimitKind.FLOATING_IPS);

  /**
   * Lists know how many items they have; those of the project's stacks are found by their marks and
   * by the ids that the stacks know, also where only names are kept. Of networks those are listed
   * too that an account may only use, being shared or external: they count nothing, and where it is
   * not known of each whose it is, how many there are is not known. Sizes are details; one that is
   * not told, or is no number, leaves the sum unknown.
   */
  private static final String HELD =
      """
      with seen as materialized (
        select list.id, list.cloud, list.region, list.kind, list.count, list.read_at
        from mirror_reach as reach join mirror_list as list
          on list.cloud = reach.cloud and list.account = reach.account
          and list.region = reach.region and list.kind = reach.kind
        where reach.project = ? and reach.kind = any (?)
      ), own as materialized (
        select item.list, item.id
        from stack join mirror_item as item on item.stack = stack.id
        join seen on seen.id = item.list
        where stack.tenant = ? and stack.project = ? and stack.status <> 'DELETE_COMPLETE'
        union
        select item.list, item.id
        from stack join stack_part as part on part.stack = stack.id
        join seen on seen.cloud = part.cloud and seen.region = part.region
        join mirror_item as item on item.list = seen.id and item.id = part.physical_id
        where stack.tenant = ? and stack.project = ? and stack.status <> 'DELETE_COMPLETE'
      ), counted as (
        select list, count(*) as items from own group by list
      ), owned as (
        select item.list, bool_and(told.known) as known,
          count(*) filter (where told.mine) as items,
          count(*) filter (where told.mine and own.id is null) as outside
        from seen join mirror_item as item on item.list = seen.id
        cross join lateral (
          select coalesce(jsonb_typeof(item.details -> 'own') = 'boolean', false) as known,
            coalesce(item.details ->> 'own' = 'true', false) as mine
        ) as told
        left join own on own.list = item.list and own.id = item.id
        where seen.kind = 'NETWORK' group by item.list
      ), sized as (
        select item.list, count(told.size) = count(*) as known, sum(told.size) as gib,
          sum(told.size) filter (where own.id is not null) as own_gib
        from seen join mirror_item as item on item.list = seen.id
        cross join lateral (
          select case when jsonb_typeof(item.details -> 'size') = 'number'
            then least(greatest((item.details ->> 'size')::numeric, 0), 1000000000) end as size
        ) as told
        left join own on own.list = item.list and own.id = item.id
        where seen.kind = 'VOLUME' group by item.list
      )
      select seen.cloud, seen.region, seen.kind, seen.read_at,
        coalesce(owned.known, true) as count_known,
        coalesce(owned.items, seen.count)::bigint as count,
        coalesce(owned.outside, greatest(seen.count - coalesce(counted.items, 0), 0)) as outside,
        coalesce(sized.known, true) as sizes_known, coalesce(sized.gib, 0)::bigint as gib,
        (coalesce(sized.gib, 0) - coalesce(sized.own_gib, 0))::bigint as gib_outside
      from seen left join counted on counted.list = seen.id
        left join owned on owned.list = seen.id left join sized on sized.list = seen.id
      order by seen.cloud, seen.region, seen.kind
      """;

  private DataSource database;

  @Inject
  public MirrorHoldings(DataSource database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected MirrorHoldings() {}

  @Override
  public List<Held> of(ProjectId project) {
    return MirrorTables.on(
            database,
            "count what " + project + " has",
            connection ->
                MirrorTables.query(
                    connection,
                    HELD,
                    MirrorHoldings::held,
                    project.toString(),
                    COUNTED.keySet().stream().map(MirrorKind::name).toList(),
                    project.tenant(),
                    project.project(),
                    project.tenant(),
                    project.project()))
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private static List<Held> held(ResultSet row) throws SQLException {
    Place region = Place.inRegion(new CloudId(row.getString("cloud")), row.getString("region"));
    Optional<Instant> readAt = MirrorTables.instant(row, "read_at");
    MirrorKind kind = MirrorKind.valueOf(row.getString("kind"));
    Held items =
        held(
            region,
            COUNTED.get(kind),
            readAt,
            readAt.isPresent() && row.getBoolean("count_known"),
            row.getLong("count"),
            row.getLong("outside"));
    return kind == MirrorKind.VOLUME
        ? List.of(
            items,
            held(
                region,
                LimitKind.VOLUME_GIB,
                readAt,
                readAt.isPresent() && row.getBoolean("sizes_known"),
                row.getLong("gib"),
                row.getLong("gib_outside")))
        : List.of(items);
  }

  private static Held held(
      Place region,
      LimitKind kind,
      Optional<Instant> readAt,
      boolean known,
      long amount,
      long outside) {
    return new Held(
        region,
        kind,
        known ? OptionalLong.of(amount) : OptionalLong.empty(),
        known ? OptionalLong.of(outside) : OptionalLong.empty(),
        readAt);
  }
}
