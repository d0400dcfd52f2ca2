package io.isthmus.domain.mirror;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.StackId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * What the mirror keeps of one stack, where its project's own accesses lead now. Part of the
 * caller's transaction; asks no cloud.
 */
@ApplicationScoped
public class StackMirror {

  private static final String ITEM =
      "item.list, item.id, item.name, item.status, item.created, item.updated,"
          + " array(select host(one) from unnest(item.addresses) as one) as addresses,"
          + " item.mark, item.details::text as details";

  private DataSource database;
  private MirrorPages pages;

  @Inject
  StackMirror(DataSource database, MirrorPages pages) {
    this.database = database;
    this.pages = pages;
  }

  /** For the container's proxies. */
  protected StackMirror() {}

  /** An item and the number of the list that it is in. */
  public record Listed(long list, MirrorItem item) {}

  /** A list and its number. */
  public record Numbered(long number, MirrorAge age) {}

  /** The lists that a project sees. */
  public List<Numbered> lists(ProjectId project) {
    return pages.visible(project, Optional.empty(), Optional.empty(), Optional.empty()).stream()
        .map(list -> new Numbered(list.number(), list.age()))
        .toList();
  }

  /**
   * What of some lists has one of these ids or carries a mark of the stack.
   *
   * @param lists numbers of lists that the stack's project sees
   */
  public List<Listed> items(Collection<Long> lists, StackId stack, Collection<String> ids) {
    if (lists.isEmpty()) {
      return List.of();
    }
    return MirrorTables.on(
        database,
        "read what stack " + stack + " has",
        connection ->
            MirrorTables.query(
                connection,
                "select "
                    + ITEM
                    + " from mirror_item as item where item.list = any (?) and item.id = any (?)"
                    + " union select "
                    + ITEM
                    + " from mirror_item as item where item.list = any (?) and item.stack = ?",
                StackMirror::listed,
                lists,
                ids,
                lists,
                stack.value()));
  }

  /** Ids of all in a list that have this name. */
  public List<String> named(long list, String name) {
    return MirrorTables.on(
        database,
        "find by name",
        connection ->
            MirrorTables.query(
                connection,
                "select id from mirror_item where list = ? and name_key = lower(left(?, 255))"
                    + " and name = ? limit 2",
                row -> row.getString("id"),
                list,
                name,
                name));
  }

  /** The name of what has this id in a list; empty when there is none, or it has none. */
  public Optional<String> name(long list, String id) {
    return MirrorTables.on(
            database,
            "find by id",
            connection ->
                MirrorTables.query(
                    connection,
                    "select name from mirror_item where list = ? and id = ?",
                    row -> row.getString("name"),
                    list,
                    id))
        .stream()
        .filter(name -> !name.isEmpty())
        .findFirst();
  }

  /** Id and name of the region's size of server of this id, else of this name. */
  public Optional<List<String>> size(ProjectId project, Place region, String idOrName) {
    String sql =
        """
        select flavor ->> 'id' as id, flavor ->> 'name' as name
        from cloud_look as look
        cross join lateral jsonb_path_query(
          look.inventory, '$.regions[*] ? (@.region == $region).flavors[*]',
          jsonb_build_object('region', ?::text)) as flavor
        where look.project = ? and look.cloud = ?
          and (flavor ->> 'id' = ? or flavor ->> 'name' = ?)
        order by flavor ->> 'id' = ? desc limit 1
        """;
    return MirrorTables.on(
            database,
            "find a flavor",
            connection ->
                MirrorTables.query(
                    connection,
                    sql,
                    row -> List.of(row.getString("id"), row.getString("name")),
                    region.region(),
                    project.toString(),
                    region.cloud().text(),
                    idOrName,
                    idOrName,
                    idOrName))
        .stream()
        .findFirst();
  }

  private static Listed listed(ResultSet row) throws SQLException {
    Array addresses = row.getArray("addresses");
    return new Listed(
        row.getLong("list"),
        new MirrorItem(
            row.getString("id"),
            row.getString("name"),
            Optional.ofNullable(row.getString("status")),
            MirrorTables.instant(row, "created"),
            MirrorTables.instant(row, "updated"),
            Arrays.asList((String[]) addresses.getArray()),
            Optional.ofNullable(row.getString("mark")),
            Optional.ofNullable(row.getString("details"))
                .map(StackMirror::json)
                .orElse(JsonValue.EMPTY_JSON_OBJECT)));
  }

  private static JsonObject json(String text) {
    return Json.createReader(new StringReader(text)).readObject();
  }
}
