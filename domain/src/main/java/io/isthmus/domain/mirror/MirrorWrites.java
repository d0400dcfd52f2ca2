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
import java.util.Set;
import java.util.UUID;
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
          + " stack, resource, generation, details, digest)"
          + " values (?, ?, ?, ?, ?, ?, ?::inet[], ?, ?, ?, ?, ?::jsonb, ?)"
          + " on conflict (list, id) do update set name = excluded.name, status = excluded.status,"
          + " created = excluded.created, updated = excluded.updated,"
          + " addresses = excluded.addresses, mark = excluded.mark, stack = excluded.stack,"
          + " resource = excluded.resource, generation = excluded.generation,"
          + " details = excluded.details, digest = excluded.digest";

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

  private record Known(byte[] digest, Optional<String> status, Optional<StackId> stack) {}

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

  private static Set<PartsMoved.Part> write(
      Connection connection, MirrorTask task, Map<String, KeptItem> items) throws SQLException {
    Map<String, Known> known = known(connection, task, items.keySet());
    List<KeptItem> other = new ArrayList<>();
    Set<PartsMoved.Part> moved = new HashSet<>();
    for (KeptItem item : items.values()) {
      Known before = known.get(item.item().id());
      if (before == null || !Arrays.equals(before.digest(), item.digest())) {
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
    MirrorTables.update(
        connection,
        "update mirror_list set count = count + ?, changed_at = now() where id = ?",
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
        "select id, digest, status, stack from mirror_item where list = ? and id = any (?)",
        row ->
            known.put(
                row.getString("id"),
                new Known(
                    row.getBytes("digest"),
                    Optional.ofNullable(row.getString("status")),
                    stack(row))),
        task.list(),
        ids);
    return known;
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
   * Removes what is told to be gone.
   *
   * @param progressed is called after each piece
   * @return what of it had a stack's mark
   * @throws MirrorLost as above
   */
  Set<PartsMoved.Part> remove(MirrorTask task, Collection<String> gone, Runnable progressed) {
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
                return delete(connection, task, some);
              }));
      progressed.run();
    }
    return moved;
  }

  private static Set<PartsMoved.Part> delete(
      Connection connection, MirrorTask task, List<String> ids) throws SQLException {
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
          "update mirror_list set count = count - ?, changed_at = now() where id = ?",
          deleted.size(),
          task.list());
    }
    Set<PartsMoved.Part> moved = new HashSet<>();
    deleted.forEach(part -> part.ifPresent(moved::add));
    return moved;
  }

  /**
   * Removes what a whole reading has not told, and counts what no stack knows of.
   *
   * @return as {@link #remove}
   * @throws MirrorLost as above
   */
  Set<PartsMoved.Part> removeAllBut(MirrorTask task, Predicate<String> told, Runnable progressed) {
    List<String> untold = new ArrayList<>();
    String after = "";
    List<String> ids;
    do {
      String from = after;
      ids =
          MirrorTables.on(
              database,
              "compare ids",
              connection ->
                  MirrorTables.query(
                      connection,
                      "select id from mirror_item where list = ? and id > ? order by id limit ?",
                      row -> row.getString(1),
                      task.list(),
                      from,
                      AT_ONCE));
      ids.stream().filter(id -> !told.test(id)).forEach(untold::add);
      after = ids.isEmpty() ? after : ids.get(ids.size() - 1);
      progressed.run();
    } while (ids.size() == AT_ONCE);
    Set<PartsMoved.Part> moved = remove(task, untold, progressed);
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
                  + " where item.list = list.id and "
                  + IS_STRAY
                  + ") where list.id = ?",
              task.list());
        });
    return moved;
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
