package io.isthmus.domain.drift;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.mirror.MirrorKind;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.PartKey;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * What was found to differ, in PostgreSQL. Each method is part of the caller's transaction, or one
 * statement of its own.
 */
@ApplicationScoped
public class DriftStore {

  /**
   * One text for all that a stack is compared by: its finished parts, the lists that they are in,
   * and what these say of them; and whether a list is older than what was last done to a part.
   */
  private static final String DIGESTS =
      """
      with part as (
        select part.stack, stack.tenant || '/' || stack.project as project, part.resource, part.cloud,
          part.region, part.generation, part.physical_id, part.updated_at, kind.kind
        from stack join stack_part as part on part.stack = stack.id
        join unnest(?::text[], ?::text[]) as kind (type, kind) on kind.type = part.type
        where stack.id = any (?) and stack.status not like 'DELETE\\_%' and stack.status not like '%\\_IN\\_PROGRESS'
          and part.goal = 'PRESENT' and part.physical_id is not null
          and part.status in ('CREATE_COMPLETE', 'UPDATE_COMPLETE', 'ADOPT_COMPLETE', 'SUSPEND_COMPLETE', 'RESUME_COMPLETE')
      ), latest as (
        select stack, max(since) as since from stack_part where stack = any (?) group by stack
      ), seen as (
        select latest.stack, list.id, list.cloud, list.region, list.kind, list.kept,
          coalesce(list.read_at > latest.since, false) as fresh
        from latest join stack on stack.id = latest.stack
        join mirror_reach as reach on reach.project = stack.tenant || '/' || stack.project
        join mirror_list as list on list.cloud = reach.cloud and list.account = reach.account
          and list.region = reach.region and list.kind = reach.kind
      ), marked as (
        select seen.stack, string_agg(encode(item.digest, 'hex'), ',' order by item.list, item.id) as digests
        from seen join mirror_item as item on item.stack = seen.stack and item.list = seen.id
        group by seen.stack
      )
      select part.stack,
        md5(string_agg(concat_ws('|', part.resource, part.cloud, part.region, part.generation,
            part.updated_at, seen.id, seen.kept, seen.fresh, encode(item.digest, 'hex')), chr(10)
            order by part.resource, part.cloud, part.region, part.generation, seen.id)
          || coalesce(min(marked.digests), '')) as digest
      from part
      left join seen on seen.stack = part.stack and seen.cloud = part.cloud
        and seen.region = part.region and seen.kind = part.kind
      left join mirror_item as item on item.list = seen.id and item.id = part.physical_id
      left join marked on marked.stack = part.stack
      group by part.stack
      """;

  private static final String KEY =
      " stack = ? and resource = ? and cloud = ? and region = ? and generation = ?";

  private DataSource database;

  @Inject
  DriftStore(DataSource database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected DriftStore() {}

  /**
   * What is kept of a part.
   *
   * @param untold properties of which the mirror does not tell enough
   * @param since when the first of what differs was found
   */
  record Kept(PartKey part, List<Drifted> properties, Set<String> untold, Instant since) {

    Kept {
      properties = List.copyOf(properties);
      untold = Set.copyOf(untold);
    }

    /** Whether a cloud was asked since to make something else of the part. */
    boolean isOutdated(StackPart now) {
      return since.isBefore(now.state().since());
    }
  }

  /** What clouds chose of a part, and a digest of what was given then. */
  record Choice(byte[] given, JsonObject chosen) {}

  private interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Numbers of all lists, and when something in each last changed. */
  Map<Long, Instant> lists() {
    Map<Long, Instant> lists = new HashMap<>();
    query(
        "select id, changed_at from mirror_list where changed_at is not null",
        row -> lists.put(row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant()));
    return lists;
  }

  /** Stacks of which something in these lists carries the mark. */
  Set<StackId> stacksIn(Collection<Long> lists) {
    return new HashSet<>(
        query(
            "select distinct item.stack from mirror_item as item"
                + " where item.list = any (?) and item.mark is not null and item.stack is not null",
            row -> new StackId(row.getObject(1, UUID.class)),
            (Object) lists.toArray(Long[]::new)));
  }

  /** All that have something in clouds, or that something is still kept of, and are at rest. */
  Set<StackId> all() {
    return new HashSet<>(
        query(
            "select id from stack where status not like '%\\_IN\\_PROGRESS' and (status <> 'DELETE_COMPLETE'"
                + " or exists (select from stack_comparison where stack_comparison.stack = stack.id))",
            row -> new StackId(row.getObject(1, UUID.class))));
  }

  /** Those that wait for a list to be read. */
  Set<StackId> waiting() {
    return new HashSet<>(
        query(
            "select stack from stack_comparison where waiting",
            row -> new StackId(row.getObject(1, UUID.class))));
  }

  /**
   * By what stacks are compared now; those that have nothing to compare are left out.
   *
   * @param kinds by type
   */
  Map<StackId, String> digests(Collection<StackId> stacks, Map<String, MirrorKind> kinds) {
    UUID[] ids = stacks.stream().map(StackId::value).toArray(UUID[]::new);
    List<String> types = List.copyOf(kinds.keySet());
    Map<StackId, String> digests = new HashMap<>();
    query(
        DIGESTS,
        row -> digests.put(new StackId(row.getObject(1, UUID.class)), row.getString(2)),
        types.toArray(String[]::new),
        types.stream().map(type -> kinds.get(type).name()).toArray(String[]::new),
        ids,
        ids);
    return digests;
  }

  /** By what stacks were last compared. */
  Map<StackId, String> compared(Collection<StackId> stacks) {
    Map<StackId, String> digests = new HashMap<>();
    query(
        "select stack, digest from stack_comparison where stack = any (?)",
        row -> digests.put(new StackId(row.getObject(1, UUID.class)), row.getString(2)),
        (Object) stacks.stream().map(StackId::value).toArray(UUID[]::new));
    return digests;
  }

  /** When a stack was last compared; empty when it never was. */
  Optional<Instant> comparedAt(StackId stack) {
    return query(
            "select compared_at from stack_comparison where stack = ?",
            row -> row.getObject(1, OffsetDateTime.class).toInstant(),
            stack.value())
        .stream()
        .findFirst();
  }

  /**
   * A stack was compared.
   *
   * @param untold of how many of its parts nothing can be told
   * @param waiting whether that is to be looked at again as soon as lists are read
   */
  void compared(StackId stack, String digest, int untold, boolean waiting, Instant now) {
    update(
        "insert into stack_comparison (stack, digest, untold, waiting, compared_at)"
            + " values (?, ?, ?, ?, ?) on conflict (stack) do update set digest = excluded.digest,"
            + " untold = excluded.untold, waiting = excluded.waiting,"
            + " compared_at = excluded.compared_at",
        stack.value(),
        digest,
        untold,
        waiting,
        now);
  }

  /** What is kept of a stack's parts. */
  Map<PartKey, Kept> kept(StackId stack) {
    Map<PartKey, Kept> kept = new HashMap<>();
    query(
        "select * from part_drift where stack = ?",
        row ->
            kept.put(
                key(row),
                new Kept(
                    key(row),
                    Json.createReader(new StringReader(row.getString("properties")))
                        .readArray()
                        .stream()
                        .map(JsonValue::asJsonObject)
                        .map(Drifted::read)
                        .toList(),
                    texts(row.getString("untold")),
                    row.getObject("since", OffsetDateTime.class).toInstant())),
        stack.value());
    return kept;
  }

  void keep(StackId stack, Kept part) {
    JsonArrayBuilder properties = Json.createArrayBuilder();
    part.properties().forEach(property -> properties.add(property.write()));
    JsonArrayBuilder untold = Json.createArrayBuilder();
    part.untold().stream().sorted().forEach(untold::add);
    update(
        "insert into part_drift (stack, resource, cloud, region, generation, properties, untold,"
            + " since) values (?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?) on conflict"
            + " (stack, resource, cloud, region, generation) do update set"
            + " properties = excluded.properties, untold = excluded.untold, since = excluded.since",
        stack.value(),
        part.part().id().resource(),
        part.part().id().cloud().text(),
        part.part().id().region(),
        part.part().generation(),
        properties.build().toString(),
        untold.build().toString(),
        part.since());
  }

  void forget(StackId stack, PartKey part) {
    update("delete from part_drift where" + KEY, keyOf(stack, part));
  }

  /** What clouds chose of a stack's parts. */
  Map<PartKey, Choice> choices(StackId stack) {
    Map<PartKey, Choice> choices = new HashMap<>();
    query(
        "select * from part_choice where stack = ?",
        row ->
            choices.put(
                key(row),
                new Choice(
                    row.getBytes("given"),
                    Json.createReader(new StringReader(row.getString("chosen"))).readObject())),
        stack.value());
    return choices;
  }

  void choose(StackId stack, Map<PartKey, Choice> chosen) {
    if (chosen.isEmpty()) {
      return;
    }
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into part_choice (stack, resource, cloud, region, generation, given,"
                    + " chosen) values (?, ?, ?, ?, ?, ?, ?::jsonb) on conflict"
                    + " (stack, resource, cloud, region, generation) do update set"
                    + " given = excluded.given, chosen = excluded.chosen")) {
      for (Map.Entry<PartKey, Choice> one : chosen.entrySet()) {
        bind(
            connection,
            insert,
            stack.value(),
            one.getKey().id().resource(),
            one.getKey().id().cloud().text(),
            one.getKey().id().region(),
            one.getKey().generation(),
            one.getValue().given(),
            one.getValue().chosen().toString());
        insert.addBatch();
      }
      insert.executeBatch();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot keep what clouds chose: " + e.getMessage(), e);
    }
  }

  void unchoose(StackId stack, PartKey part) {
    update("delete from part_choice where" + KEY, keyOf(stack, part));
  }

  /** Nothing is kept of a stack that goes. */
  void forget(StackId stack) {
    for (String table : List.of("part_drift", "part_choice", "stack_comparison")) {
      update("delete from " + table + " where stack = ?", stack.value());
    }
  }

  /** Whether a stack of the project has a part of the type with this id in the region. */
  boolean isPart(StackId stack, CloudId cloud, String region, String type, String physicalId) {
    return !query(
            """
            select 1 from stack_part as part join stack on stack.id = part.stack
            where part.physical_id = ? and part.type = ? and part.cloud = ? and part.region = ?
              and part.goal = 'PRESENT' and exists (select from stack as own where own.id = ?
                and own.tenant = stack.tenant and own.project = stack.project)
            limit 1
            """,
            row -> true,
            physicalId,
            type,
            cloud.text(),
            region,
            stack.value())
        .isEmpty();
  }

  private static Object[] keyOf(StackId stack, PartKey part) {
    return new Object[] {
      stack.value(),
      part.id().resource(),
      part.id().cloud().text(),
      part.id().region(),
      part.generation()
    };
  }

  private static PartKey key(ResultSet row) throws SQLException {
    return new PartKey(
        new PartId(
            row.getString("resource"),
            new CloudId(row.getString("cloud")),
            row.getString("region")),
        row.getInt("generation"));
  }

  private static Set<String> texts(String json) {
    Set<String> texts = new HashSet<>();
    Json.createReader(new StringReader(json))
        .readArray()
        .getValuesAs(JsonString.class)
        .forEach(text -> texts.add(text.getString()));
    return texts;
  }

  private <T> List<T> query(String sql, Row<T> row, Object... values) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(connection, statement, values);
      try (ResultSet rows = statement.executeQuery()) {
        List<T> found = new ArrayList<>();
        while (rows.next()) {
          found.add(row.read(rows));
        }
        return found;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read what has drifted: " + e.getMessage(), e);
    }
  }

  private void update(String sql, Object... values) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(connection, statement, values);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot keep what has drifted: " + e.getMessage(), e);
    }
  }

  private static void bind(Connection connection, PreparedStatement statement, Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value instanceof Instant instant) {
        statement.setObject(i + 1, instant.atOffset(ZoneOffset.UTC));
      } else if (value instanceof UUID[] ids) {
        statement.setArray(i + 1, connection.createArrayOf("uuid", ids));
      } else if (value instanceof Long[] numbers) {
        statement.setArray(i + 1, connection.createArrayOf("bigint", numbers));
      } else if (value instanceof String[] texts) {
        statement.setArray(i + 1, connection.createArrayOf("text", texts));
      } else if (value == null) {
        statement.setNull(i + 1, Types.NULL);
      } else {
        statement.setObject(i + 1, value);
      }
    }
  }
}
