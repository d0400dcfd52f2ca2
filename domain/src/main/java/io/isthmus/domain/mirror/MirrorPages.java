package io.isthmus.domain.mirror;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Mirrored;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.network.Cidr;
import io.isthmus.domain.stack.StackId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Reads the mirror. Every statement about items is bound to numbers of lists, and those come from
 * one place that asks where the project's own accesses lead.
 */
@ApplicationScoped
public class MirrorPages {

  /**
   * Where fewer items than these have the name that is sought, they are found first and put in
   * order then; else each list is gone through in order, which ends soon where many fit.
   */
  private static final int FEW = 1_000;

  /**
   * So many addresses, the first in the order that is asked for, are narrowed by all else that is
   * sought before each list is gone through.
   */
  private static final int NEAR = 1_000;

  /** Parts of names that are shorter are in no index by trigrams. */
  private static final int SHORTEST_SOUGHT = 3;

  /** Items of each list from which it is told how far the lists must be gone through. */
  private static final int HEAD = 2;

  private static final String ITEM =
      "item.list, item.id, item.name, item.status, item.created, item.updated,"
          + " array(select host(one) from unnest(item.addresses) as one) as addresses,"
          + " item.mark, item.stack, item.resource, item.details::text as details";

  /** SQLSTATE query_canceled. */
  private static final String GIVEN_UP = "57014";

  private static final int PATIENCE_SECONDS = 5;

  private DataSource database;

  @Inject
  MirrorPages(DataSource database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected MirrorPages() {}

  /** A list that a project may see. */
  record Visible(long number, MirrorAge age) {}

  /** A row with the number of its list, which links it to what is known of that. */
  private record Row(
      long list, MirrorItem item, Optional<StackId> stack, Optional<String> resource, String key) {}

  /** The lists that a project's own accesses lead into, by cloud and region. */
  List<Visible> visible(
      ProjectId project,
      Optional<MirrorKind> kind,
      Optional<CloudId> cloud,
      Optional<String> region) {
    String sql =
        """
        select list.* from mirror_reach as reach join mirror_list as list
          on list.cloud = reach.cloud and list.account = reach.account
          and list.region = reach.region and list.kind = reach.kind
        where reach.project = ? and (?::text is null or reach.kind = ?)
          and (?::text is null or reach.cloud = ?) and (?::text is null or reach.region = ?)
        order by list.cloud, list.region, list.kind
        """;
    Optional<String> kindText = kind.map(MirrorKind::name);
    Optional<String> cloudText = cloud.map(CloudId::text);
    return MirrorTables.on(
        database,
        "find the lists of " + project,
        connection ->
            MirrorTables.query(
                connection,
                sql,
                row -> new Visible(row.getLong("id"), age(row)),
                project.toString(),
                kindText,
                kindText,
                cloudText,
                cloudText,
                region,
                region));
  }

  /** Every list of all accounts together, cloud by cloud, region by region, kind by kind. */
  List<MirrorAge> ages(Optional<CloudId> cloud) {
    String sql =
        """
        select cloud, region, kind, min(kept) as kept, sum(count)::int as count,
          sum(strays)::int as strays, case when bool_and(read_at is not null) then min(read_at) end
            as read_at,
          case when bool_and(whole_at is not null) then min(whole_at) end as whole_at,
          max(changed_at) as changed_at, min(problem::text) as problem
        from mirror_list where ?::text is null or cloud = ?
        group by cloud, region, kind order by cloud, region, kind
        """;
    Optional<String> cloudText = cloud.map(CloudId::text);
    return MirrorTables.on(
        database,
        "read how old the mirror is",
        connection -> MirrorTables.query(connection, sql, MirrorPages::age, cloudText, cloudText));
  }

  private static MirrorAge age(ResultSet row) throws SQLException {
    return new MirrorAge(
        new CloudId(row.getString("cloud")),
        row.getString("region"),
        MirrorKind.valueOf(row.getString("kind")),
        Mirrored.valueOf(row.getString("kept")),
        row.getInt("count"),
        MirrorTables.instant(row, "read_at"),
        MirrorTables.instant(row, "whole_at"),
        MirrorTables.instant(row, "changed_at"),
        Optional.ofNullable(row.getString("problem")).map(MirrorLists::phrase),
        row.getInt("strays"));
  }

  /**
   * A page of the lists.
   *
   * @param lists those that the reader may see, of the kind, cloud and region that are asked for
   */
  MirrorPage page(
      ProjectId project,
      List<Visible> lists,
      MirrorQuery query,
      Optional<MirrorCursor> after,
      int limit) {
    List<MirrorAge> ages = lists.stream().map(Visible::age).toList();
    OptionalLong total =
        query.isWhole()
            ? OptionalLong.of(ages.stream().mapToLong(MirrorAge::count).sum())
            : OptionalLong.empty();
    if (lists.isEmpty()) {
      return new MirrorPage(List.of(), Optional.empty(), total, ages);
    }
    return bounded(
        connection -> {
          List<Row> rows = rows(connection, lists, query, after, limit + 1);
          List<Row> shown = rows.subList(0, Math.min(limit, rows.size()));
          Optional<String> next =
              rows.size() > limit
                  ? Optional.of(cursor(query.order(), shown.get(limit - 1)).text())
                  : Optional.empty();
          return new MirrorPage(items(connection, project, lists, shown), next, total, ages);
        });
  }

  /**
   * How many items fit.
   *
   * @param most where more fit, one more than this is told; all are counted where nothing is
   *     sought, since lists know how many they have
   */
  long count(List<Visible> lists, MirrorQuery query, int most) {
    if (query.isWhole()) {
      return lists.stream().mapToLong(list -> list.age().count()).sum();
    }
    StringBuilder sql =
        new StringBuilder(
            "select count(*) from (select from mirror_item as item where item.list = any (?)");
    List<Object> values = new ArrayList<>();
    values.add(lists.stream().map(Visible::number).toList());
    if (lists.isEmpty()) {
      return 0;
    }
    query.address().ifPresent(text -> addressed(text, ")", sql, values));
    fitting(query, Optional.empty(), sql, values);
    sql.append(" limit ?) as fitting");
    values.add(most + 1);
    return bounded(
        connection ->
            MirrorTables.query(connection, sql.toString(), row -> row.getLong(1), values.toArray())
                .get(0));
  }

  private static MirrorCursor cursor(MirrorOrder order, Row last) {
    return new MirrorCursor(order, last.key(), last.item().id(), last.list());
  }

  private static List<Row> rows(
      Connection connection,
      List<Visible> lists,
      MirrorQuery query,
      Optional<MirrorCursor> after,
      int limit)
      throws SQLException {
    List<Long> numbers = lists.stream().map(Visible::number).toList();
    Optional<List<Row>> found =
        query.address().isPresent()
            ? near(connection, numbers, query, after, limit)
            : query.name().filter(part -> part.length() >= SHORTEST_SOUGHT).isPresent()
                ? few(connection, numbers, query, after, limit)
                : Optional.empty();
    if (found.isPresent()) {
      return found.get();
    }
    return inOrder(connection, numbers, query, after, limit);
  }

  /**
   * Goes through each list in order, as an index has it, until a page is full. How far is known
   * from the first two of each list: where they are a page together, nothing behind the last of
   * these is on it. So with many lists few rows of each are read, whether their names are mixed or
   * not.
   */
  private static List<Row> inOrder(
      Connection connection,
      List<Long> numbers,
      MirrorQuery query,
      Optional<MirrorCursor> after,
      int limit)
      throws SQLException {
    MirrorOrder order = query.order();
    String ordered = ordered(order, "key", "id", "list");
    boolean byStatus = query.status().isPresent();
    List<Object> values = new ArrayList<>();
    StringBuilder sql = new StringBuilder("with stream as (select number, ");
    sql.append(byStatus ? "status" : "'' as status")
        .append(" from unnest(?::bigint[]) as list (number)");
    values.add(numbers);
    if (byStatus) {
      sql.append(" cross join unnest(?::text[]) as wanted (status)");
      values.add(statuses(query.status().get()));
    }
    query
        .address()
        .ifPresent(
            text -> {
              // What has none of it is not to be gone through to its end for that.
              sql.append(" where exists (select from mirror_address as has")
                  .append(" where has.list = list.number and ")
                  .append(addressCondition("has", text))
                  .append(" offset 0)");
              values.add(addressValue(text));
            });
    sql.append(
        "), head as materialized (select one.key, one.id, number as list, status from stream");
    each("stream", query, after, "", HEAD, sql, values);
    sql.append("), bound as materialized (select coalesce((select key from head")
        .append(ordered)
        .append(" offset ? limit 1), ")
        .append(order.last())
        .append(") as key), more as materialized (select list as number, status from head")
        .append(" group by list, status having count(*) >= ? and ")
        .append(order.isDescending() ? "min(key) >=" : "max(key) <=")
        .append(" (select key from bound)), found as (select one.key, one.id, number as list")
        .append(" from more");
    values.add(limit - 1);
    values.add(HEAD);
    String within =
        " and %s %s (select key from bound)"
            .formatted(order.key("item"), order.isDescending() ? ">=" : "<=");
    each("more", query, after, within, limit, sql, values);
    sql.append(" union all select key, id, list from head where (list, status) not in")
        .append(" (select number, status from more)")
        .append(ordered)
        .append(" limit ?) select ")
        .append(ITEM)
        .append(", found.key from found join mirror_item as item on item.list = found.list")
        .append(" and item.id = found.id")
        .append(ordered(order, "found.key", "found.id", "found.list"));
    values.add(limit);
    return MirrorTables.query(connection, sql.toString(), MirrorPages::row, values.toArray());
  }

  /** The first items that fit of each of some lists, in the order of an index. */
  private static void each(
      String lists,
      MirrorQuery query,
      Optional<MirrorCursor> after,
      String within,
      int most,
      StringBuilder sql,
      List<Object> values) {
    MirrorOrder order = query.order();
    String down = order.isDescending() ? " desc" : "";
    sql.append(" cross join lateral (select ")
        .append(order.key("item"))
        .append(" as key, item.id from mirror_item as item where item.list = ")
        .append(lists)
        .append(".number");
    if (query.status().isPresent()) {
      sql.append(" and item.status = ").append(lists).append(".status");
    }
    if (query.name().isPresent()) {
      sql.append(" and item.name_key like ?");
      values.add(within(query.name().get()));
    }
    query.address().ifPresent(text -> addressed(text, " offset 0)", sql, values));
    narrow(query, after, sql, values);
    // The list is one number here, so that these two are all of the order.
    sql.append(within)
        .append(" order by ")
        .append(order.key("item"))
        .append(down)
        .append(", item.id")
        .append(down)
        .append(" limit ?) as one");
    values.add(most);
  }

  /**
   * Finds what has the name that is sought, and puts it in order.
   *
   * @return empty when too many have it
   */
  private static Optional<List<Row>> few(
      Connection connection,
      List<Long> numbers,
      MirrorQuery query,
      Optional<MirrorCursor> after,
      int limit)
      throws SQLException {
    List<Object> values = new ArrayList<>();
    StringBuilder sql = new StringBuilder("with found as materialized (select ");
    sql.append(query.order().key("item"))
        .append(" as key, item.id, item.list from mirror_item as item where item.list = any (?)");
    values.add(numbers);
    fitting(query, after, sql, values);
    sql.append(" limit ?)");
    values.add(FEW + 1);
    Found found = found(connection, "found", query.order(), limit, sql, values);
    return found.of() > FEW ? Optional.empty() : Optional.of(found.rows());
  }

  /**
   * Puts the addresses that are sought in order, and of the first of them finds what else fits.
   *
   * @return empty when not enough of them do, and there are more
   */
  private static Optional<List<Row>> near(
      Connection connection,
      List<Long> numbers,
      MirrorQuery query,
      Optional<MirrorCursor> after,
      int limit)
      throws SQLException {
    String text = query.address().orElseThrow();
    // One item may have several of them.
    int most = Math.max(NEAR, 4 * limit);
    MirrorOrder order = query.order();
    List<Object> values = new ArrayList<>();
    StringBuilder sql =
        new StringBuilder("with reached as materialized (select has.list, has.item, ");
    sql.append(order.key("has"))
        .append(" as key from mirror_address as has where has.list = any (?) and ")
        .append(addressCondition("has", text));
    values.add(numbers);
    values.add(addressValue(text));
    after.ifPresent(cursor -> behind(cursor, "has", "item", sql, values));
    sql.append(ordered(order, "key", "has.item", "has.list"))
        .append(" limit ?), found as materialized (select distinct ")
        .append(order.key("item"))
        .append(" as key, item.id, item.list from reached join mirror_item as item")
        .append(" on item.list = reached.list and item.id = reached.item where true");
    values.add(most);
    fitting(query, Optional.empty(), sql, values);
    sql.append(")");
    Found found = found(connection, "reached", order, limit, sql, values);
    return found.rows().size() < limit && found.of() == most
        ? Optional.empty()
        : Optional.of(found.rows());
  }

  private static String ordered(MirrorOrder order, String... columns) {
    String down = order.isDescending() ? " desc" : "";
    return " order by " + String.join(down + ", ", columns) + down;
  }

  /**
   * Rows that were found.
   *
   * @param of how many were gone through for them
   */
  private record Found(List<Row> rows, long of) {}

  /**
   * @param sql up to what is {@code found}
   * @param counted what is gone through
   */
  private static Found found(
      Connection connection,
      String counted,
      MirrorOrder order,
      int limit,
      StringBuilder sql,
      List<Object> values)
      throws SQLException {
    sql.append(" select ")
        .append(ITEM)
        .append(", page.key, (select count(*) from ")
        .append(counted)
        .append(") as number from (select 1) as always left join (select * from found")
        .append(ordered(order, "key", "id", "list"))
        .append(" limit ?) as page on true left join mirror_item as item")
        .append(" on item.list = page.list and item.id = page.id")
        .append(ordered(order, "page.key", "page.id", "page.list"));
    values.add(limit);
    List<Row> rows = new ArrayList<>();
    long[] number = new long[1];
    MirrorTables.query(
        connection,
        sql.toString(),
        row -> {
          number[0] = row.getLong("number");
          return row.getString("id") == null || rows.add(row(row));
        },
        values.toArray());
    return new Found(rows, number[0]);
  }

  /** What is asked for beside the address, and what was told before. */
  private static void fitting(
      MirrorQuery query, Optional<MirrorCursor> after, StringBuilder sql, List<Object> values) {
    if (query.name().isPresent()) {
      sql.append(" and item.name_key like ?");
      values.add(within(query.name().get()));
    }
    if (query.status().isPresent()) {
      sql.append(" and item.status = any (?)");
      values.add(statuses(query.status().get()));
    }
    narrow(query, after, sql, values);
  }

  /**
   * @param close ends the question; with an offset it is asked of each item, and not worked out for
   *     all
   */
  private static void addressed(String text, String close, StringBuilder sql, List<Object> values) {
    sql.append(
            " and exists (select from mirror_address as has where has.list = item.list"
                + " and has.item = item.id and ")
        .append(addressCondition("has", text))
        .append(close);
    values.add(addressValue(text));
  }

  /** What is asked for beside status, name and address, and what was told before. */
  private static void narrow(
      MirrorQuery query, Optional<MirrorCursor> after, StringBuilder sql, List<Object> values) {
    query
        .ours()
        .ifPresent(ours -> sql.append(" and item.mark is ").append(ours ? "not null" : "null"));
    after.ifPresent(cursor -> behind(cursor, "item", "id", sql, values));
  }

  /**
   * What was not told before.
   *
   * @param table that has the order's key
   * @param id its column with the item's id
   */
  private static void behind(
      MirrorCursor cursor, String table, String id, StringBuilder sql, List<Object> values) {
    String key = cursor.order().key(table);
    String type = cursor.order().type();
    String than = cursor.order().isDescending() ? "<" : ">";
    String both = key + ", " + table + "." + id;
    // The first of the two is what the index can begin at.
    sql.append(" and (%s) %s= (?::%s, ?)".formatted(both, than, type))
        .append(" and (%s, %s.list) %s (?::%s, ?, ?)".formatted(both, table, than, type));
    values.addAll(List.of(cursor.key(), cursor.id(), cursor.key(), cursor.id(), cursor.list()));
  }

  static String addressCondition(String table, String text) {
    return Cidr.parse(text).isPresent()
        ? table + ".address <<= ?::inet"
        : "host(" + table + ".address) like ?";
  }

  static String addressValue(String text) {
    return Cidr.parse(text).map(Cidr::toString).orElseGet(() -> escaped(text) + "%");
  }

  private static String within(String part) {
    return "%" + escaped(part.toLowerCase(Locale.ROOT)) + "%";
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }

  /** Nova writes in capitals, Cinder in small letters. */
  private static List<String> statuses(String text) {
    return Stream.of(text, text.toUpperCase(Locale.ROOT), text.toLowerCase(Locale.ROOT))
        .distinct()
        .toList();
  }

  /** One item of a list that the reader may see. */
  Optional<MirroredItem> find(ProjectId project, Visible list, String id) {
    return bounded(
        connection ->
            items(
                    connection,
                    project,
                    List.of(list),
                    MirrorTables.query(
                        connection,
                        "select "
                            + ITEM
                            + ", '' as key from mirror_item as item"
                            + " where item.list = ? and item.id = ?",
                        MirrorPages::row,
                        list.number(),
                        id))
                .stream()
                .findFirst());
  }

  /** Items that carry our mark and that no stack knows of, by cloud, region, kind and id. */
  List<MirroredItem> strays(Optional<CloudId> cloud, int limit) {
    Optional<String> cloudText = cloud.map(CloudId::text);
    return bounded(
        connection ->
            MirrorTables.query(
                connection,
                "select "
                    + ITEM
                    + ", '' as key, list.cloud, list.region, list.kind, list.kept, list.read_at"
                    + " from mirror_list as list join mirror_item as item on item.list = list.id"
                    + " where list.strays > 0 and (?::text is null or list.cloud = ?) and "
                    + MirrorWrites.IS_STRAY
                    + " order by list.cloud, list.region, list.kind, item.id limit ?",
                row ->
                    new MirroredItem(
                        new CloudId(row.getString("cloud")),
                        row.getString("region"),
                        MirrorKind.valueOf(row.getString("kind")),
                        Mirrored.valueOf(row.getString("kept")),
                        MirrorTables.instant(row, "read_at"),
                        row(row).item(),
                        Optional.empty()),
                cloudText,
                cloudText,
                limit));
  }

  private static List<MirroredItem> items(
      Connection connection, ProjectId project, List<Visible> lists, List<Row> rows)
      throws SQLException {
    Map<Long, MirrorAge> ages = new HashMap<>();
    lists.forEach(list -> ages.put(list.number(), list.age()));
    Map<StackId, String> names = stacks(connection, project, rows);
    return rows.stream()
        .map(
            row -> {
              MirrorAge age = ages.get(row.list());
              return new MirroredItem(
                  age.cloud(),
                  age.region(),
                  age.kind(),
                  age.kept(),
                  age.readAt(),
                  row.item(),
                  row.stack()
                      .filter(names::containsKey)
                      .map(
                          stack ->
                              new MirroredItem.Part(
                                  stack,
                                  names.get(stack),
                                  row.resource().filter(path -> !path.startsWith("sha256-")))));
            })
        .toList();
  }

  /** Names of the project's own stacks among those that marks name; anybody can write a mark. */
  private static Map<StackId, String> stacks(
      Connection connection, ProjectId project, List<Row> rows) throws SQLException {
    Set<String> marked = new HashSet<>();
    rows.forEach(row -> row.stack().ifPresent(stack -> marked.add(stack.toString())));
    Map<StackId, String> names = new HashMap<>();
    if (!marked.isEmpty()) {
      MirrorTables.query(
          connection,
          "select id, name from stack where id = any (?::uuid[]) and tenant = ? and project = ?",
          row -> names.put(new StackId(row.getObject("id", UUID.class)), row.getString("name")),
          marked,
          project.tenant(),
          project.project());
    }
    return names;
  }

  private static Row row(ResultSet row) throws SQLException {
    Array addresses = row.getArray("addresses");
    String details = row.getString("details");
    return new Row(
        row.getLong("list"),
        new MirrorItem(
            row.getString("id"),
            row.getString("name"),
            Optional.ofNullable(row.getString("status")),
            MirrorTables.instant(row, "created"),
            MirrorTables.instant(row, "updated"),
            List.of((String[]) addresses.getArray()),
            Optional.ofNullable(row.getString("mark")),
            details == null
                ? JsonValue.EMPTY_JSON_OBJECT
                : Json.createReader(new StringReader(details)).readObject()),
        Optional.ofNullable(row.getObject("stack", UUID.class)).map(StackId::new),
        Optional.ofNullable(row.getString("resource")),
        key(row));
  }

  /** As ISO 8601 where it is a time. */
  private static String key(ResultSet row) throws SQLException {
    Object key = row.getObject("key");
    if (key instanceof Timestamp) {
      String text = row.getString("key");
      return text.equals("-infinity")
          ? text
          : row.getObject("key", OffsetDateTime.class).toString();
    }
    return String.valueOf(key);
  }

  private <T> T bounded(MirrorTables.Work<T> work) {
    return MirrorTables.on(
        database,
        "read the mirror",
        connection -> {
          try {
            MirrorTables.update(
                connection, "set local statement_timeout = '" + PATIENCE_SECONDS + "s'");
            // Which index is best depends on what is sought.
            MirrorTables.update(connection, "set local plan_cache_mode = force_custom_plan");
            return work.on(connection);
          } catch (SQLException e) {
            if (GIVEN_UP.equals(e.getSQLState())) {
              throw new FederationFault(
                  FaultCode.SEARCH_TOO_WIDE, Phrase.of("search.too-wide", PATIENCE_SECONDS));
            }
            throw e;
          }
        });
  }
}
