package io.isthmus.domain.search;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.mirror.MirrorKind;
import io.isthmus.domain.network.Cidr;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Looks things up in PostgreSQL. Every statement is bound to the projects by a join, and given up
 * when it takes too long.
 */
@ApplicationScoped
public class JdbcSearch implements SearchStore {

  private static final String MINE =
      " join unnest(?::text[], ?::text[]) as mine (tenant, project)"
          + " on stack.tenant = mine.tenant and stack.project = mine.project ";

  private static final String STACK =
      "stack.id, stack.tenant, stack.project, stack.name, null as resource, null as cloud,"
          + " null as region, null as type, stack.status";

  private static final String PART =
      "stack.id, stack.tenant, stack.project, stack.name, part.resource, part.cloud, part.region,"
          + " part.type, part.status";

  private static final String STACKS = " from stack" + MINE + "where ";

  private static final String LIVING_PARTS =
      " from stack"
          + MINE
          + "join stack_part as part on part.stack = stack.id"
          + " where stack.status <> 'DELETE_COMPLETE' and part.status <> 'DELETE_COMPLETE'"
          + " and part.goal <> 'RETAINED' and ";

  private static final String ADDRESSES =
      " from stack"
          + MINE
          + "join stack_part as part on part.stack = stack.id join part_address as known"
          + " on (known.stack, known.resource, known.cloud, known.region, known.generation)"
          + " = (part.stack, part.resource, part.cloud, part.region, part.generation)"
          + " where stack.status <> 'DELETE_COMPLETE' and part.status <> 'DELETE_COMPLETE'"
          + " and part.goal <> 'RETAINED' and ";

  /** What is it exactly, then what begins so, then the rest. */
  private static final String BEST_FIRST =
      "lower(match) <> lower(?), position(lower(?) in lower(match)), match, id, cloud, region";

  private static final String NAMED_BEST_FIRST =
      "lower(match) <> lower(?), position(lower(?) in lower(match)), match, id";

  private static final String BY_ADDRESS = "match::inet, type, id, resource, cloud, region";

  /** Lists of the mirror into which accesses of the projects lead, each once. */
  private static final String MIRRORED =
      "with mine as materialized (select distinct on (list.id) list.id, list.cloud, list.region,"
          + " list.kind, reach.project from mirror_reach as reach join mirror_list as list"
          + " on list.cloud = reach.cloud and list.account = reach.account"
          + " and list.region = reach.region and list.kind = reach.kind"
          + " where reach.project = any (?) order by list.id, reach.project)"
          + " select found.match, found.id, found.name, mine.cloud, mine.region, mine.kind,"
          + " mine.project from (";

  /** Of one way of finding, the best fits are among the first that are found. */
  private static final int MIRRORED_MOST = 1_000;

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** SQLSTATE query_canceled. */
  private static final String GIVEN_UP = "57014";

  private DataSource database;
  private Duration patience;

  @Inject
  public JdbcSearch(DataSource database) {
    this(database, PATIENCE);
  }

  /**
   * @param patience longest that one statement may take, waits included
   */
  public JdbcSearch(DataSource database, Duration patience) {
    this.database = database;
    this.patience = patience;
  }

  /** For the container's proxies. */
  protected JdbcSearch() {}

  @Override
  public List<Hit> stacks(Collection<ProjectId> projects, String part, int limit) {
    return find(
        Hit.Kind.STACK,
        projects,
        "select stack.name as match, "
            + STACK
            + STACKS
            + "stack.status <> 'DELETE_COMPLETE' and lower(stack.name) like lower(?)",
        BEST_FIRST,
        "%" + like(part),
        part,
        part,
        limit);
  }

  /** Of a resource that was replaced, the newest generation is told. */
  @Override
  public List<Hit> resources(Collection<ProjectId> projects, String part, int limit) {
    return find(
        Hit.Kind.RESOURCE,
        projects,
        "select distinct on (stack.id, part.resource, part.cloud, part.region)"
            + " part.resource as match, "
            + PART
            + LIVING_PARTS
            + "lower(part.resource) like lower(?)"
            + " order by stack.id, part.resource, part.cloud, part.region, part.generation desc",
        BEST_FIRST,
        "%" + like(part),
        part,
        part,
        limit);
  }

  @Override
  public List<Hit> addresses(Collection<ProjectId> projects, String beginning, int limit) {
    return find(
        Hit.Kind.ADDRESS,
        projects,
        "select host(known.address) as match, " + PART + ADDRESSES + "host(known.address) like ?",
        BY_ADDRESS,
        like(beginning),
        limit);
  }

  @Override
  public List<Hit> addresses(Collection<ProjectId> projects, Cidr prefix, int limit) {
    return find(
        Hit.Kind.ADDRESS,
        projects,
        "select host(known.address) as match, " + PART + ADDRESSES + "known.address <<= ?::inet",
        BY_ADDRESS,
        prefix.toString(),
        limit);
  }

  @Override
  public List<Hit> ids(Collection<ProjectId> projects, String beginning, int limit) {
    String begins = like(beginning);
    List<Hit> hits =
        new ArrayList<>(
            find(
                Hit.Kind.ID,
                projects,
                "select stack.id::text as match, " + STACK + STACKS + "stack.id::text like ?",
                "match",
                begins.toLowerCase(Locale.ROOT),
                limit));
    hits.addAll(
        find(
            Hit.Kind.ID,
            projects,
            "select part.physical_id as match, " + PART + LIVING_PARTS + "part.physical_id like ?",
            "match, id, cloud, region",
            begins,
            limit));
    return hits.subList(0, Math.min(limit, hits.size()));
  }

  @Override
  public List<Hit> plans(Collection<ProjectId> projects, String part, int limit) {
    return named(
        Hit.Kind.PLAN,
        "select plan.name as match, plan.project, plan.id::text as id, plan.created_at as at"
            + " from plan where plan.project = any (?) and plan.accepted_at is null"
            + " and lower(plan.name) like lower(?) order by plan.created_at desc, plan.id limit ?",
        ids(projects),
        "%" + like(part),
        limit);
  }

  @Override
  public List<Hit> templates(Collection<ProjectId> projects, String part, int limit) {
    return saved(Hit.Kind.TEMPLATE, projects, part, limit);
  }

  @Override
  public List<Hit> policies(Collection<ProjectId> projects, String part, int limit) {
    return saved(Hit.Kind.POLICY, projects, part, limit);
  }

  private List<Hit> saved(Hit.Kind kind, Collection<ProjectId> projects, String part, int limit) {
    return named(
        kind,
        "select * from (select name as match, project, name as id, null::timestamptz as at"
            + " from saved_item where project = any (?) and kind = ? and lower(name) like lower(?))"
            + " as found order by "
            + NAMED_BEST_FIRST
            + ", project limit ?",
        ids(projects),
        kind.name(),
        "%" + like(part),
        part,
        part,
        limit);
  }

  @Override
  public List<Hit> clouds(String part, int limit) {
    return named(
        Hit.Kind.CLOUD,
        "select * from (select name as match, null as project, id, null::timestamptz as at"
            + " from cloud where lower(id) like lower(?) or lower(name) like lower(?)) as found"
            + " order by "
            + NAMED_BEST_FIRST
            + " limit ?",
        "%" + like(part),
        "%" + like(part),
        part,
        part,
        limit);
  }

  @Override
  public List<Hit> inClouds(Collection<ProjectId> projects, SearchText asked, int limit) {
    List<Object> values = new ArrayList<>(List.of(ids(projects)));
    List<String> ways = new ArrayList<>();
    String item = " from mirror_item as item where item.list in (select id from mine) and ";
    String key = asked.text().toLowerCase(Locale.ROOT);
    // What is called so and what begins so has ways of its own: the last may find too much else.
    for (Map.Entry<String, String> way :
        List.of(
            Map.entry("item.name_key = ?", key),
            Map.entry("item.name_key like ?", like(key)),
            Map.entry("item.name_key like ?", "%" + like(key)))) {
      ways.add(
          "(select item.list, item.id, item.name, item.name as match"
              + item
              + way.getKey()
              + " limit "
              + MIRRORED_MOST
              + ")");
      values.add(way.getValue());
    }
    if (asked.canBeId()) {
      ways.add(
          "(select item.list, item.id, item.name, item.id as match"
              + item
              + "item.id like ? limit "
              + MIRRORED_MOST
              + ")");
      values.add(like(asked.text()));
    }
    Optional<String> address = asked.prefix().map(Cidr::toString);
    if (address.isPresent() || asked.beginningOfAddress().isPresent()) {
      ways.add(
          "(select item.list, item.id, item.name, host(has.address) as match"
              + " from mirror_address as has join mirror_item as item"
              + " on item.list = has.list and item.id = has.item"
              + " where has.list in (select id from mine) and "
              + (address.isPresent() ? "has.address <<= ?::inet" : "host(has.address) like ?")
              + " limit "
              + MIRRORED_MOST
              + ")");
      values.add(address.orElseGet(() -> like(asked.beginningOfAddress().get())));
    }
    values.add(asked.text());
    values.add(asked.text());
    values.add(limit);
    return query(
        MIRRORED
            + String.join(" union ", ways)
            + ") as found join mine on mine.id = found.list order by "
            + BEST_FIRST
            + " limit ?",
        JdbcSearch::inCloud,
        values);
  }

  private static Hit inCloud(ResultSet row) throws SQLException {
    return new Hit.InCloud(
        Hit.Kind.IN_CLOUD,
        row.getString("match"),
        ProjectId.parse(row.getString("project")),
        new CloudId(row.getString("cloud")),
        row.getString("region"),
        MirrorKind.valueOf(row.getString("kind")),
        row.getString("id"),
        row.getString("name"));
  }

  private static List<String> ids(Collection<ProjectId> projects) {
    return projects.stream().map(ProjectId::toString).toList();
  }

  private static String like(String beginning) {
    return beginning.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
  }

  /**
   * @param sql has the projects as its first two parameters
   */
  private List<Hit> find(
      Hit.Kind kind, Collection<ProjectId> projects, String sql, String order, Object... values) {
    List<Object> all = new ArrayList<>();
    all.add(projects.stream().map(ProjectId::tenant).toList());
    all.add(projects.stream().map(ProjectId::project).toList());
    all.addAll(List.of(values));
    return query(
        "select * from (" + sql + ") as found order by " + order + " limit ?",
        row -> hit(kind, row),
        all);
  }

  private List<Hit> named(Hit.Kind kind, String sql, Object... values) {
    return query(sql, row -> named(kind, row), List.of(values));
  }

  private interface Row {
    Hit read(ResultSet row) throws SQLException;
  }

  /**
   * @param values a list is an array of texts
   */
  private List<Hit> query(String sql, Row reader, List<Object> values) {
    try (Connection connection = database.getConnection();
        PreparedStatement limit =
            connection.prepareStatement(
                "savepoint asked; set local statement_timeout = '" + patience.toMillis() + "ms'");
        PreparedStatement giveUp = connection.prepareStatement("rollback to savepoint asked");
        PreparedStatement statement = connection.prepareStatement(sql)) {
      limit.execute();
      for (int i = 0; i < values.size(); i++) {
        if (values.get(i) instanceof List<?> texts) {
          statement.setArray(i + 1, connection.createArrayOf("text", texts.toArray()));
        } else {
          statement.setObject(i + 1, values.get(i));
        }
      }
      List<Hit> hits = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          hits.add(reader.read(row));
        }
      } catch (SQLException e) {
        // Whoever can do without goes on in the same transaction.
        giveUp.execute();
        throw e;
      }
      return hits;
    } catch (SQLException e) {
      if (GIVEN_UP.equals(e.getSQLState())) {
        throw new FederationFault(
            FaultCode.SEARCH_TOO_WIDE, Phrase.of("search.too-wide", patience.toSeconds()));
      }
      throw new IllegalStateException("the database refused: " + e.getMessage(), e);
    }
  }

  private static Hit named(Hit.Kind kind, ResultSet row) throws SQLException {
    return new Hit.Named(
        kind,
        row.getString("match"),
        Optional.ofNullable(row.getString("project")).map(ProjectId::parse),
        row.getString("id"),
        Optional.ofNullable(row.getObject("at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant));
  }

  private static Hit hit(Hit.Kind kind, ResultSet row) throws SQLException {
    String resource = row.getString("resource");
    return new Hit.OfStack(
        kind,
        row.getString("match"),
        new ProjectId(row.getString("tenant"), row.getString("project")),
        new StackId(row.getObject("id", UUID.class)),
        row.getString("name"),
        resource == null
            ? Optional.empty()
            : Optional.of(
                new PartId(resource, new CloudId(row.getString("cloud")), row.getString("region"))),
        Optional.ofNullable(row.getString("type")),
        StackStatus.parse(row.getString("status")));
  }
}
