package io.isthmus.domain.mirror;

import io.isthmus.domain.cloud.Mirrored;
import io.isthmus.domain.network.Cidr;
import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.PartsMoved;
import io.isthmus.domain.stack.StackId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;
import javax.sql.DataSource;

/**
 * Writes what was read of a list, page by page in short transactions. Only what differs from what
 * is kept is written. Each transaction first makes sure that the list is still this server's, and
 * asks how much of it may be kept.
 */
@ApplicationScoped
public class MirrorWrites {

  /** Ids that are compared or removed at a time. */
  private static final int AT_ONCE = 2_000;

  private static final String UPSERT =
      "insert into mirror_item as kept (list, id, name, status, created, updated, addresses, mark,"
          + " stack, resource, generation, details, digest, revision)"
          + " values (?, ?, ?, ?, ?, ?, ?::inet[], ?, ?, ?, ?, ?::jsonb, ?, ?)"
          + " on conflict (list, id) do update set name = excluded.name, status = excluded.status,"
          + " created = excluded.created, updated = excluded.updated,"
          + " addresses = excluded.addresses, mark = excluded.mark, stack = excluded.stack,"
          + " resource = excluded.resource, generation = excluded.generation,"
          + " details = excluded.details, digest = excluded.digest,"
          + " revision = excluded.revision";

  /** Items with a mark of ours of which no stack knows any more; {@code item} and {@code list}. */
  static final String IS_STRAY =
      """
      item.stack is not null and not exists (
        select from stack_part as part join stack on stack.id = part.stack
        where part.stack = item.stack and part.cloud = list.cloud and part.region = list.region
          and (item.resource like 'sha256-%'
            or part.resource = item.resource and part.generation = item.generation)
          and (part.goal = 'RETAINED'
            or part.status <> 'DELETE_COMPLETE' and stack.status <> 'DELETE_COMPLETE'
            or part.updated_at > list.read_at - interval '1 minute'))
      """;

  private DataSource database;

  @Inject
  MirrorWrites(DataSource database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected MirrorWrites() {}

  private record Known(
      byte[] digest, OptionalLong revision, Optional<String> status, Optional<StackId> stack) {

    boolean differsFrom(KeptItem item) {
      return !Arrays.equals(digest, item.digest()) || !revision.equals(item.revision());
    }
  }

  /**
   * Writes what is new or other in a page.
   *
   * @return what has a stack's mark and another status now
   * @throws MirrorLost when the list is not this server's any more
   */
  Set<PartsMoved.Part> page(MirrorTask task, List<MirrorItem> told) {
    return MirrorTables.inTransaction(
        database,
        "write a page of the mirror",
        connection -> {
          Mirrored kept = hold(connection, task);
          Map<String, KeptItem> items = new LinkedHashMap<>();
          for (MirrorItem item : told) {
            if (KeptItem.canBe(item)) {
              items.put(item.id(), KeptItem.of(item, kept));
            }
          }
          return write(connection, task, items);
        });
  }

  /**
   * Keeps the list this server's for as long as a page does.
   *
   * @throws MirrorLost as above
   */
  void renew(MirrorTask task) {
    MirrorTables.inTransaction(
        database, "renew the lease of a list", connection -> hold(connection, task));
  }

  private static Set<PartsMoved.Part> write(
      Connection connection, MirrorTask task, Map<String, KeptItem> items) throws SQLException {
    Map<String, Known> known = known(connection, task, items.keySet());
    List<KeptItem> other = new ArrayList<>();
    Set<PartsMoved.Part> moved = new HashSet<>();
    for (KeptItem item : items.values()) {
      Known before = known.get(item.item().id());
      if (before == null || before.differsFrom(item)) {
        other.add(item);
      }
      if (before != null
          && before.status().isPresent()
          && item.item().status().isPresent()
          && !before.status().equals(item.item().status())) {
        String id = item.item().id();
        before.stack().ifPresent(stack -> moved.add(new PartsMoved.Part(stack, id)));
      }
    }
    if (other.isEmpty()) {
      return Set.of();
    }
    upsert(connection, task, other);
    List<String> fresh =
        other.stream()
            .filter(item -> item.item().mark().isPresent())
            .map(item -> item.item().id())
            .filter(id -> !known.containsKey(id))
            .toList();
    if (!fresh.isEmpty()) {
      noteBack(connection, task, fresh);
    }
    MirrorTables.update(
        connection,
        "update mirror_list set count = count + ?, changed_at = now(), seen = null where id = ?",
        items.size() - known.size(),
        task.list());
    return moved;
  }

  /** Nobody else writes the list until the transaction ends; the lease is renewed. */
  private static Mirrored hold(Connection connection, MirrorTask task) throws SQLException {
    return MirrorTables.query(
            connection,
            "update mirror_list set lease_until = now() + ? * interval '1 millisecond'"
                + " where id = ? and fence = ? and lease_until is not null returning kept",
            row -> Mirrored.valueOf(row.getString(1)),
            MirrorSettings.LEASE.toMillis(),
            task.list(),
            task.fence())
        .stream()
        .findFirst()
        .orElseThrow(() -> new MirrorLost(task));
  }

  private static Map<String, Known> known(
      Connection connection, MirrorTask task, Collection<String> ids) throws SQLException {
    Map<String, Known> known = new HashMap<>();
    MirrorTables.query(
        connection,
        "select id, digest, revision, status, stack from mirror_item where list = ? and id = any (?)",
        row ->
            known.put(
                row.getString("id"),
                new Known(
                    row.getBytes("digest"),
                    revision(row),
                    Optional.ofNullable(row.getString("status")),
                    stack(row))),
        task.list(),
        ids);
    return known;
  }

  private static OptionalLong revision(ResultSet row) throws SQLException {
    long revision = row.getLong("revision");
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(revision);
  }

  /**
   * Goes through all that a list has.
   *
   * @param item is told each id in their order, with the item's revision; -1 where it has none
   * @param progressed is called after each piece
   */
  void revisions(MirrorTask task, ObjLongConsumer<String> item, Runnable progressed) {
    walk(
        task,
        "id, revision",
        row -> {
          String id = row.getString("id");
          item.accept(id, revision(row).orElse(-1));
          return id;
        },
        progressed);
  }

  /** In pieces, so that no list is ever held whole; {@code row} returns the id. */
  private void walk(
      MirrorTask task, String columns, MirrorTables.Row<String> row, Runnable progressed) {
    String sql =
        "select %s from mirror_item where list = ? and id > ? order by id limit ?"
            .formatted(columns);
    String after = "";
    List<String> ids;
    do {
      String from = after;
      ids =
          MirrorTables.on(
              database,
              "go through a list",
              connection -> MirrorTables.query(connection, sql, row, task.list(), from, AT_ONCE));
      after = ids.isEmpty() ? after : ids.get(ids.size() - 1);
      progressed.run();
    } while (ids.size() == AT_ONCE);
  }

  private static Optional<StackId> stack(ResultSet row) throws SQLException {
    return Optional.ofNullable(row.getObject("stack", UUID.class)).map(StackId::new);
  }

  private static void upsert(Connection connection, MirrorTask task, List<KeptItem> items)
      throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT);
        PreparedStatement address =
            connection.prepareStatement(
                "insert into mirror_address (list, item, address) values (?, ?, ?::inet)"
                    + " on conflict do nothing")) {
      for (KeptItem kept : items) {
        MirrorItem item = kept.item();
        Optional<Mark> mark = item.mark().flatMap(MarkText::parse);
        List<String> addresses = item.addresses().stream().filter(MirrorWrites::isAddress).toList();
        upsert.setLong(1, task.list());
        upsert.setString(2, item.id());
        upsert.setString(3, item.name());
        upsert.setString(4, item.status().orElse(null));
        set(upsert, 5, item.created());
        set(upsert, 6, item.updated());
        upsert.setArray(7, connection.createArrayOf("text", addresses.toArray()));
        upsert.setString(8, item.mark().orElse(null));
        upsert.setObject(9, mark.map(one -> one.stack().value()).orElse(null));
        upsert.setString(10, mark.map(Mark::resource).orElse(null));
        upsert.setObject(11, mark.map(Mark::generation).orElse(null), Types.INTEGER);
        JsonObject details = item.details();
        upsert.setString(12, details.isEmpty() ? null : details.toString());
        upsert.setBytes(13, kept.digest());
        upsert.setObject(
            14, kept.revision().isPresent() ? kept.revision().getAsLong() : null, Types.BIGINT);
        upsert.addBatch();
        for (String one : addresses) {
          address.setLong(1, task.list());
          address.setString(2, item.id());
          address.setString(3, one);
          address.addBatch();
        }
      }
      upsert.executeBatch();
      MirrorTables.update(
          connection,
          "delete from mirror_address as known using mirror_item as item where known.list = ?"
              + " and known.item = any (?) and item.list = known.list and item.id = known.item"
              + " and known.address <> all (item.addresses)",
          task.list(),
          items.stream().map(kept -> kept.item().id()).toList());
      address.executeBatch();
    }
  }

  private static void set(PreparedStatement statement, int index, Optional<Instant> time)
      throws SQLException {
    statement.setObject(
        index,
        time.map(instant -> instant.atOffset(ZoneOffset.UTC)).orElse(null),
        Types.TIMESTAMP_WITH_TIMEZONE);
  }

  /** What a cloud tells as one may be anything. */
  private static boolean isAddress(String text) {
    return Cidr.parse(text + "/0").isPresent();
  }

  /**
   * Removes what is told to be gone. Since when that is so is kept for those who meter what a stack
   * has: its own look may come later.
   *
   * @param when the moment since when each is gone, as far as is known
   * @param progressed is called after each piece
   * @return what of it had a stack's mark
   * @throws MirrorLost as above
   */
  Set<PartsMoved.Part> remove(
      MirrorTask task,
      Collection<String> gone,
      Function<String, Instant> when,
      Runnable progressed) {
    Set<PartsMoved.Part> moved = new HashSet<>();
    List<String> all = List.copyOf(gone);
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      List<String> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
      moved.addAll(
          MirrorTables.inTransaction(
              database,
              "remove what is gone",
              connection -> {
                hold(connection, task);
                return delete(connection, task, some, when);
              }));
      progressed.run();
    }
    return moved;
  }

  private static Set<PartsMoved.Part> delete(
      Connection connection, MirrorTask task, List<String> ids, Function<String, Instant> when)
      throws SQLException {
    List<Optional<PartsMoved.Part>> deleted =
        MirrorTables.query(
            connection,
            "delete from mirror_item where list = ? and id = any (?) returning id, stack",
            row -> {
              String id = row.getString("id");
              return stack(row).map(stack -> new PartsMoved.Part(stack, id));
            },
            task.list(),
            ids);
    if (!deleted.isEmpty()) {
      MirrorTables.update(
          connection,
          "update mirror_list set count = count - ?, changed_at = now(), seen = null where id = ?",
          deleted.size(),
          task.list());
    }
    Set<PartsMoved.Part> moved = new HashSet<>();
    deleted.forEach(part -> part.ifPresent(moved::add));
    noteGone(connection, task, moved, when);
    return moved;
  }

  private static void noteGone(
      Connection connection,
      MirrorTask task,
      Set<PartsMoved.Part> gone,
      Function<String, Instant> when)
      throws SQLException {
    if (gone.isEmpty()) {
      return;
    }
    String sql =
        """
        insert into mirror_gone (stack, cloud, region, physical_id, gone_at)
        select ?, list.cloud, list.region, ?, ? from mirror_list as list where list.id = ?
        on conflict (stack, cloud, region, physical_id) do update
        set gone_at = least(mirror_gone.gone_at, excluded.gone_at)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (PartsMoved.Part part : gone) {
        insert.setObject(1, part.stack().value());
        insert.setString(2, part.physicalId());
        set(insert, 3, Optional.of(when.apply(part.physicalId())));
        insert.setLong(4, task.list());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** What is there after all, such as a server that was restored. */
  private static void noteBack(Connection connection, MirrorTask task, List<String> ids)
      throws SQLException {
    MirrorTables.update(
        connection,
        "delete from mirror_gone as gone using mirror_list as list where list.id = ?"
            + " and gone.cloud = list.cloud and gone.region = list.region"
            + " and gone.physical_id = any (?)",
        task.list(),
        ids);
  }

  /** Forgets what was gone so long ago that every stack has looked since. */
  void forgetGone() {
    MirrorTables.on(
        database,
        "forget what is gone",
        connection ->
            MirrorTables.update(
                connection, "delete from mirror_gone where noted_at < now() - interval '7 days'"));
  }

  /**
   * Removes what a whole reading has not told, and counts what no stack knows of.
   *
   * @param began when the reading did: then it was gone
   * @return as {@link #remove}
   * @throws MirrorLost as above
   */
  Set<PartsMoved.Part> removeAllBut(
      MirrorTask task, Predicate<String> told, Instant began, Runnable progressed) {
    List<String> untold = new ArrayList<>();
    walk(
        task,
        "id",
        row -> {
          String id = row.getString("id");
          if (!told.test(id)) {
            untold.add(id);
          }
          return id;
        },
        progressed);
    Set<PartsMoved.Part> moved = remove(task, untold, id -> began, progressed);
    MirrorTables.inTransaction(
        database,
        "count a list",
        connection -> {
          hold(connection, task);
          return MirrorTables.update(
              connection,
              "update mirror_list as list set"
                  + " count = (select count(*) from mirror_item as item where item.list = list.id),"
                  + " strays = (select count(*) from mirror_item as item"
                  + " where item.list = list.id and item.mark is not null and "
                  + IS_STRAY
                  + ") where list.id = ?",
              task.list());
        });
    return moved;
  }

  /**
   * Counts anew, in all lists, what no stack knows of: stacks come and go while a list stays the
   * same and nothing of it is written.
   */
  void countStrays() {
    // Locked in the order of their numbers, as by those who write the ages of several.
    String sql =
        """
        with counted as (
          select list.id, (select count(*) from mirror_item as item where item.list = list.id
            and item.mark is not null and %s) as strays
          from mirror_list as list
        ), held as (
          select kept.id from mirror_list as kept join counted on counted.id = kept.id
          where counted.strays <> kept.strays order by kept.id for update of kept
        )
        update mirror_list as kept set strays = counted.strays
        from counted join held on held.id = counted.id where kept.id = counted.id
        """
            .formatted(IS_STRAY);
    MirrorTables.on(
        database,
        "count what no stack knows of",
        connection -> MirrorTables.update(connection, sql));
  }

  /** How many items a list has. */
  int count(MirrorTask task) {
    return MirrorTables.on(
            database,
            "read how many there are",
            connection ->
                MirrorTables.query(
                    connection,
                    "select count from mirror_list where id = ?",
                    row -> row.getInt(1),
                    task.list()))
        .stream()
        .findFirst()
        .orElseThrow(() -> new MirrorLost(task));
  }
}
