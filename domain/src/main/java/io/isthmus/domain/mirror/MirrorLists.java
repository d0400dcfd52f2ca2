package io.isthmus.domain.mirror;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.Account;
import io.isthmus.domain.cloud.CloudHealth;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Mirrored;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.language.PhraseJson;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Which lists there are, and whose turn it is to be read. Any number of servers share them: each is
 * taken under a lease, and one that dies loses it. Due times are the database's.
 */
@ApplicationScoped
public class MirrorLists {

  private static final Logger LOG = Logger.getLogger(MirrorLists.class.getName());

  /** Lists of a region that fall due within this are read with those that are due. */
  private static final String SOON = "interval '2 seconds'";

  private static final String HELD = " where id = ? and fence = ? and lease_until is not null";

  /** Items that are removed in one transaction. */
  private static final int AT_ONCE = 2_000;

  /** Accesses that are tried where several lead into the same account. */
  private static final int MOST_WAYS = 5;

  /** Characters of a region's name or an account's id; Keystone's own limit. */
  private static final int LONGEST = 255;

  private DataSource database;

  @Inject
  MirrorLists(DataSource database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected MirrorLists() {}

  /** An access through which a region can be read. */
  record Way(ProjectId project, CloudHealth.State state, Optional<Phrase> reason) {

    boolean isOpen() {
      return state != CloudHealth.State.UNREACHABLE;
    }
  }

  private record Kept(long list, CloudId cloud, String region, Mirrored kept) {}

  /**
   * Adds lists of which a look has told, and removes those into which no access leads any more. A
   * new list keeps names only until {@link #obey} has said more.
   *
   * @return whether all of it was done
   */
  boolean follow() {
    boolean done = attempt("adding lists to the mirror", this::add);
    for (long list : gone()) {
      done &= attempt("removing list " + list, () -> remove(list));
    }
    return done;
  }

  /** What one list does not let be done holds up no other. */
  private static boolean attempt(String what, Runnable work) {
    try {
      work.run();
      return true;
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, what, e);
      return false;
    }
  }

  /**
   * What decides which lists there are to be, and which there are, in short; as long as both are as
   * before there is nothing to follow.
   */
  record Shape(String looks, String lists) {}

  Shape shape() {
    String sql =
        """
        select (select count(*) || ' ' || coalesce(sum(hashtextextended(jsonb_build_array(
              look.project, look.cloud, look.account, look.leads_anew, look.compute_regions,
              look.volume_regions, look.network_regions)::text, 0)), 0) from cloud_look as look)
            as looks,
          (select count(*) || ' ' || coalesce(sum(hashtextextended(concat_ws(' ', list.id,
              list.kept, list.cloud, list.region), 0)), 0) from mirror_list as list) as lists
        """;
    return MirrorTables.on(
            database,
            "see whether there is something to follow",
            connection ->
                MirrorTables.query(
                    connection,
                    sql,
                    row -> new Shape(row.getString("looks"), row.getString("lists"))))
        .get(0);
  }

  private void add() {
    MirrorTables.on(
        database,
        "add lists to the mirror",
        connection ->
            MirrorTables.update(
                connection,
                """
                insert into mirror_list (cloud, account, region, kind)
                select distinct reach.cloud, reach.account, reach.region, reach.kind
                from mirror_reach as reach
                where char_length(reach.region) <= ? and char_length(reach.account) <= ?
                and not exists (
                  select from mirror_list as known where known.cloud = reach.cloud
                    and known.account = reach.account and known.region = reach.region
                    and known.kind = reach.kind)
                on conflict do nothing
                """,
                LONGEST,
                LONGEST));
  }

  private List<Long> gone() {
    return MirrorTables.on(
        database,
        "find lists that are gone",
        connection ->
            MirrorTables.query(
                connection,
                """
                select list.id from mirror_list as list where not exists (
                  select from cloud_look as look
                  where look.cloud = list.cloud and look.account = list.account
                    and case list.kind when 'SERVER' then look.compute_regions
                      when 'VOLUME' then look.volume_regions
                      else look.network_regions end @> to_jsonb(list.region))
                """,
                row -> row.getLong(1)));
  }

  /** Piece by piece: one statement for a million items would hold up whoever reads. */
  private void remove(long list) {
    int removed;
    do {
      removed =
          MirrorTables.on(
              database,
              "remove items",
              connection ->
                  MirrorTables.update(
                      connection,
                      "delete from mirror_item where list = ? and id in"
                          + " (select id from mirror_item where list = ? limit ?)",
                      list,
                      list,
                      AT_ONCE));
    } while (removed == AT_ONCE);
    MirrorTables.on(
        database,
        "remove a list",
        connection ->
            MirrorTables.update(connection, "delete from mirror_list where id = ?", list));
  }

  /**
   * Makes each list keep what the rules let; where less may be kept than before, the rest is wiped
   * in the same transaction.
   *
   * @return whether all of it was done
   */
  boolean obey(MirrorRules.Now rules) {
    List<Kept> lists =
        MirrorTables.on(
            database,
            "read what is kept",
            connection ->
                MirrorTables.query(
                    connection,
                    "select id, cloud, region, kept from mirror_list",
                    row ->
                        new Kept(
                            row.getLong("id"),
                            new CloudId(row.getString("cloud")),
                            row.getString("region"),
                            Mirrored.valueOf(row.getString("kept")))));
    boolean done = true;
    for (Kept list : lists) {
      Mirrored ruled = rules.of(list.cloud(), list.region());
      if (ruled != list.kept()) {
        done &=
            attempt(
                "changing what is kept of list " + list.list(),
                () ->
                    MirrorTables.inTransaction(
                        database,
                        "change what is kept",
                        connection -> keep(connection, list.list(), ruled)));
      }
    }
    return done;
  }

  private static Void keep(Connection connection, long list, Mirrored kept) throws SQLException {
    // All of it is to be told once more, since what is kept of it changes; a reading that is under
    // way would go on from where it was.
    int changed =
        MirrorTables.update(
            connection,
            "update mirror_list set kept = ?, bookmark = null, seen = null, problem = null,"
                + " fence = fence + 1, lease_until = null, next_at = now(), changed_at = now()"
                + " where id = ? and kept <> ?",
            kept.name(),
            list,
            kept.name());
    if (changed > 0 && kept == Mirrored.NAMES) {
      MirrorTables.update(connection, "delete from mirror_address where list = ?", list);
      MirrorTables.update(
          connection,
          "update mirror_item set status = null, created = null, updated = null, revision = null,"
              + " addresses = '{}', details = null, digest = '' where list = ?",
          list);
    }
    return null;
  }

  /**
   * Takes the regions that have lists due, the longest overdue first; at most one turn of a region
   * at a time.
   *
   * @param mostSlow most of them where the last reading took long
   * @param perCloud most turns in one cloud, those of other servers included
   * @param whole after which a list is read whole although it has a bookmark
   */
  List<MirrorTurn> take(int most, int mostSlow, int perCloud, Duration lease, Duration whole) {
    String sql =
        """
        with region as (
          select cloud, account, region, min(next_at) as due,
            bool_or(coalesce(lease_until >= now(), false)) as taken, sum(took) > ? as slow
          from mirror_list group by cloud, account, region
        ), busy as (
          select cloud, count(*) filter (where taken) as turns from region group by cloud
        ), waiting as (
          select region.*, busy.turns
            + row_number() over (partition by region.cloud order by due) as turn
          from region join busy using (cloud) where due <= now() and not taken
        ), allowed as (
          select *, row_number() over (partition by slow order by due) as nth
          from waiting where turn <= ?
        ), chosen as (
          select cloud, account, region, slow from allowed where not slow or nth <= ?
          order by due limit ?
        ), free as (
          select list.id, chosen.slow from mirror_list as list join chosen using (cloud, account, region)
          where list.next_at <= now() + %s
            and (list.lease_until is null or list.lease_until < now())
          for update of list skip locked
        )
        update mirror_list as list set fence = list.fence + 1,
          lease_until = now() + ? * interval '1 millisecond'
        from free where list.id = free.id
        returning list.id, list.cloud, list.account, list.region, list.kind, list.fence,
          list.failures, list.off_by, list.count, list.seen, free.slow,
          coalesce(extract(epoch from now() - list.changed_at), %d) as quiet,
          case when list.whole_at > now() - ? * interval '1 millisecond' then list.bookmark end
            as bookmark
        """
            .formatted(SOON, Integer.MAX_VALUE);
    Map<List<String>, List<MirrorTask>> taken = new LinkedHashMap<>();
    Set<List<String>> slow = new HashSet<>();
    MirrorTables.on(
        database,
        "take lists of the mirror",
        connection ->
            MirrorTables.query(
                connection,
                sql,
                row -> {
                  List<String> region =
                      List.of(
                          row.getString("cloud"),
                          row.getString("account"),
                          row.getString("region"));
                  if (row.getBoolean("slow")) {
                    slow.add(region);
                  }
                  return taken.computeIfAbsent(region, key -> new ArrayList<>()).add(task(row));
                },
                MirrorSettings.SLOW.toMillis(),
                perCloud,
                mostSlow,
                most,
                lease.toMillis(),
                whole.toMillis()));
    return taken.entrySet().stream()
        .map(
            entry ->
                new MirrorTurn(
                    new Account(new CloudId(entry.getKey().get(0)), entry.getKey().get(1)),
                    entry.getKey().get(2),
                    slow.contains(entry.getKey()),
                    entry.getValue().stream()
                        .sorted(Comparator.comparing(MirrorTask::kind))
                        .toList()))
        .toList();
  }

  private static MirrorTask task(ResultSet row) throws SQLException {
    return new MirrorTask(
        row.getLong("id"),
        MirrorKind.valueOf(row.getString("kind")),
        row.getLong("fence"),
        Optional.ofNullable(row.getString("bookmark")),
        Optional.ofNullable(row.getString("seen")),
        row.getInt("failures"),
        row.getInt("off_by"),
        row.getInt("count"),
        Duration.ofSeconds((long) Math.min(row.getDouble("quiet"), Integer.MAX_VALUE)));
  }

  /**
   * The accesses that lead into the account's region, those that answer first, and of these the one
   * that answered last; not more than are tried.
   */
  List<Way> ways(Account account, String region) {
    return MirrorTables.on(
        database,
        "find a way into " + account.cloud(),
        connection ->
            MirrorTables.query(
                connection,
                "select reach.project, reach.state, look.reason::text from"
                    + " (select distinct project, cloud, state, seen_at from mirror_reach"
                    + " where cloud = ? and account = ? and region = ?) as reach"
                    + " join cloud_look as look"
                    + " on look.project = reach.project and look.cloud = reach.cloud"
                    + " order by reach.state = 'UNREACHABLE', reach.seen_at desc nulls last"
                    + " limit ?",
                row ->
                    new Way(
                        ProjectId.parse(row.getString("project")),
                        CloudHealth.State.valueOf(row.getString("state")),
                        Optional.ofNullable(row.getString("reason")).map(MirrorLists::phrase)),
                account.cloud().text(),
                account.id(),
                region,
                MOST_WAYS));
  }

  /**
   * Whether a project's access still leads into the account: asked after its connection was found,
   * so that what another account has is never written as this one's.
   */
  boolean leads(ProjectId project, Account account) {
    return !MirrorTables.on(
            database,
            "ask where an access leads",
            connection ->
                MirrorTables.query(
                    connection,
                    "select 1 from cloud_look where project = ? and cloud = ? and account = ?"
                        + " and not leads_anew",
                    row -> 1,
                    project.toString(),
                    account.cloud().text(),
                    account.id()))
        .isEmpty();
  }

  /**
   * What a list's reading came to, when it succeeded.
   *
   * @param seen what the driver remembers of the answers; empty to leave what it remembers
   * @param took to read it
   * @param due when it is to be read again, by this server's clock
   */
  record Success(
      MirrorTask task,
      Instant began,
      boolean whole,
      Optional<String> bookmark,
      Optional<String> seen,
      int offBy,
      Duration took,
      Instant due) {}

  /**
   * Writes that readings have succeeded, all in one statement; nothing of a list that another
   * server has taken over.
   *
   * @param now by the same clock as when they are due
   */
  void succeeded(List<Success> readings, Instant now) {
    if (readings.isEmpty()) {
      return;
    }
    // Locked in the order of their numbers, so that two who write several wait in a row.
    String sql =
        """
        with told as (
          select * from unnest(?::bigint[], ?::bigint[], ?::timestamptz[], ?::boolean[], ?::text[],
              ?::text[], ?::int[], ?::int[], ?::bigint[])
            as told (id, fence, began, whole, bookmark, seen, off_by, took, again)
        ), held as (
          select list.id from mirror_list as list join told on told.id = list.id
          where list.fence = told.fence and list.lease_until is not null
          order by list.id for update of list
        )
        update mirror_list as list set read_at = told.began,
          whole_at = case when told.whole then told.began else list.whole_at end,
          bookmark = told.bookmark, seen = coalesce(told.seen, list.seen), off_by = told.off_by,
          took = told.took, problem = null, failures = 0, lease_until = null,
          next_at = now() + told.again * interval '1 millisecond'
        from told join held on held.id = told.id
        where list.id = told.id and list.fence = told.fence and list.lease_until is not null
        """;
    MirrorTables.on(
        database,
        "record readings",
        connection ->
            MirrorTables.update(
                connection,
                sql,
                column(readings, one -> one.task().list()),
                column(readings, one -> one.task().fence()),
                column(readings, one -> one.began().toString()),
                column(readings, one -> Boolean.toString(one.whole())),
                column(readings, one -> one.bookmark().orElse(null)),
                column(readings, one -> one.seen().orElse(null)),
                column(readings, one -> Integer.toString(one.offBy())),
                column(readings, one -> Long.toString(one.took().toMillis())),
                column(readings, one -> Math.max(0, Duration.between(now, one.due()).toMillis()))));
  }

  /** One value of each; may hold null. */
  private static List<Object> column(List<Success> readings, Function<Success, Object> value) {
    return readings.stream().map(value).toList();
  }

  /** Writes why a reading has failed; what was kept and its bookmark stay. */
  void failed(MirrorTask task, Phrase problem, Duration took, Duration again) {
    MirrorTables.on(
        database,
        "record a reading that failed",
        connection ->
            MirrorTables.update(
                connection,
                "update mirror_list set problem = cast(? as jsonb), failures = failures + 1, took = ?,"
                    + " lease_until = null, next_at = now() + ? * interval '1 millisecond'"
                    + HELD,
                PhraseJson.write(problem).toString(),
                (int) took.toMillis(),
                again.toMillis(),
                task.list(),
                task.fence()));
  }

  /** Lets go of a list that has not been read. */
  void release(MirrorTask task, Duration again) {
    MirrorTables.on(
        database,
        "let go of a list",
        connection ->
            MirrorTables.update(
                connection,
                "update mirror_list set lease_until = null,"
                    + " next_at = now() + ? * interval '1 millisecond'"
                    + HELD,
                again.toMillis(),
                task.list(),
                task.fence()));
  }

  static Phrase phrase(String text) {
    return PhraseJson.read(Json.createReader(new StringReader(text)).readObject());
  }
}
