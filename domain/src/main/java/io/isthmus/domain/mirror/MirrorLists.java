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
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
   */
  void follow() {
    attempt("adding lists to the mirror", this::add);
    gone().forEach(list -> attempt("removing list " + list, () -> remove(list)));
  }

  /** What one list does not let be done holds up no other. */
  private static void attempt(String what, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, what, e);
    }
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
   */
  void obey(MirrorRules.Now rules) {
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
    for (Kept list : lists) {
      Mirrored ruled = rules.of(list.cloud(), list.region());
      if (ruled != list.kept()) {
        attempt(
            "changing what is kept of list " + list.list(),
            () ->
                MirrorTables.inTransaction(
                    database,
                    "change what is kept",
                    connection -> keep(connection, list.list(), ruled)));
      }
    }
  }

  private static Void keep(Connection connection, long list, Mirrored kept) throws SQLException {
    // All of it is to be told once more, since what is kept of it changes; a reading that is under
    // way would go on from where it was.
    int changed =
        MirrorTables.update(
            connection,
            "update mirror_list set kept = ?, bookmark = null, problem = null,"
                + " fence = fence + 1, lease_until = null, next_at = now(), changed_at = now()"
                + " where id = ? and kept <> ?",
            kept.name(),
            list,
            kept.name());
    if (changed > 0 && kept == Mirrored.NAMES) {
      MirrorTables.update(connection, "delete from mirror_address where list = ?", list);
      MirrorTables.update(
          connection,
          "update mirror_item set status = null, created = null, updated = null,"
              + " addresses = '{}', details = null, digest = '' where list = ?",
          list);
    }
    return null;
  }

  /**
   * Takes the regions that have lists due, the longest overdue first; at most one turn of a region
   * at a time.
   *
   * @param perCloud most turns in one cloud, those of other servers included
   * @param whole after which a list is read whole although it has a bookmark
   */
  List<MirrorTurn> take(int most, int perCloud, Duration lease, Duration whole) {
    String sql =
        """
        with region as (
          select cloud, account, region, min(next_at) as due,
            bool_or(coalesce(lease_until >= now(), false)) as taken
          from mirror_list group by cloud, account, region
        ), busy as (
          select cloud, count(*) filter (where taken) as turns from region group by cloud
        ), waiting as (
          select region.*, busy.turns
            + row_number() over (partition by region.cloud order by due) as turn
          from region join busy using (cloud) where due <= now() and not taken
        ), chosen as (
          select cloud, account, region from waiting where turn <= ? order by due limit ?
        ), free as (
          select list.id from mirror_list as list join chosen using (cloud, account, region)
          where list.next_at <= now() + %s
            and (list.lease_until is null or list.lease_until < now())
          for update of list skip locked
        )
        update mirror_list as list set fence = list.fence + 1,
          lease_until = now() + ? * interval '1 millisecond'
        from free where list.id = free.id
        returning list.id, list.cloud, list.account, list.region, list.kind, list.fence,
          list.failures, list.off_by,
          case when list.whole_at > now() - ? * interval '1 millisecond' then list.bookmark end
            as bookmark
        """
            .formatted(SOON);
    Map<List<String>, List<MirrorTask>> taken = new LinkedHashMap<>();
    MirrorTables.on(
        database,
        "take lists of the mirror",
        connection ->
            MirrorTables.query(
                connection,
                sql,
                row ->
                    taken
                        .computeIfAbsent(
                            List.of(
                                row.getString("cloud"),
                                row.getString("account"),
                                row.getString("region")),
                            key -> new ArrayList<>())
                        .add(
                            new MirrorTask(
                                row.getLong("id"),
                                MirrorKind.valueOf(row.getString("kind")),
                                row.getLong("fence"),
                                Optional.ofNullable(row.getString("bookmark")),
                                row.getInt("failures"),
                                row.getInt("off_by"))),
                perCloud,
                most,
                lease.toMillis(),
                whole.toMillis()));
    return taken.entrySet().stream()
        .map(
            entry ->
                new MirrorTurn(
                    new Account(new CloudId(entry.getKey().get(0)), entry.getKey().get(1)),
                    entry.getKey().get(2),
                    entry.getValue().stream()
                        .sorted(Comparator.comparing(MirrorTask::kind))
                        .toList()))
        .toList();
  }

  /** The access that answered last of those that lead into the account's region. */
  Optional<Way> way(Account account, String region) {
    return MirrorTables.on(
            database,
            "find a way into " + account.cloud(),
            connection ->
                MirrorTables.query(
                    connection,
                    "select reach.project, reach.state, reach.seen_at, look.reason::text"
                        + " from mirror_reach as reach join cloud_look as look"
                        + " on look.project = reach.project and look.cloud = reach.cloud"
                        + " where reach.cloud = ? and reach.account = ? and reach.region = ?"
                        + " order by reach.state = 'UNREACHABLE', reach.seen_at desc nulls last"
                        + " limit 1",
                    row ->
                        new Way(
                            ProjectId.parse(row.getString("project")),
                            CloudHealth.State.valueOf(row.getString("state")),
                            Optional.ofNullable(row.getString("reason")).map(MirrorLists::phrase)),
                    account.cloud().text(),
                    account.id(),
                    region))
        .stream()
        .findFirst();
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

  /** What a list's reading came to, when it succeeded. */
  record Success(
      Instant began, boolean whole, Optional<String> bookmark, int offBy, Duration again) {}

  /** Writes that a reading has succeeded; nothing when another server has taken the list over. */
  void succeeded(MirrorTask task, Success success) {
    MirrorTables.on(
        database,
        "record a reading",
        connection ->
            MirrorTables.update(
                connection,
                "update mirror_list set read_at = ?, whole_at = coalesce(?, whole_at),"
                    + " bookmark = ?, off_by = ?, problem = null, failures = 0,"
                    + " lease_until = null, next_at = now() + ? * interval '1 millisecond'"
                    + HELD,
                success.began(),
                success.whole() ? Optional.of(success.began()) : Optional.empty(),
                success.bookmark(),
                success.offBy(),
                success.again().toMillis(),
                task.list(),
                task.fence()));
  }

  /** Writes why a reading has failed; what was kept and its bookmark stay. */
  void failed(MirrorTask task, Phrase problem, Duration again) {
    MirrorTables.on(
        database,
        "record a reading that failed",
        connection ->
            MirrorTables.update(
                connection,
                "update mirror_list set problem = cast(? as jsonb), failures = failures + 1,"
                    + " lease_until = null, next_at = now() + ? * interval '1 millisecond'"
                    + HELD,
                PhraseJson.write(problem).toString(),
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
