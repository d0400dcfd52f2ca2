package io.isthmus.domain.cloud;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.language.PhraseJson;
import io.isthmus.domain.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * What was last seen in each cloud with each access, and whose turn it is to look again. Any number
 * of servers share the looks: each is taken under a lease, and one that dies loses it. Times are
 * the database's.
 */
@ApplicationScoped
public class CloudLooks {

  /** What one access showed. */
  record Seen(
      ProjectId project, CloudId cloud, CloudHealth health, Optional<CloudInventory> inventory) {}

  private static final String HEALTH = "state, since, seen_at, reason";

  private DataSource database;

  @Inject
  CloudLooks(DataSource database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected CloudLooks() {}

  /** Takes the looks that are due, the longest overdue first. */
  List<Look> take(int most, Duration lease) {
    String sql =
        "with due as materialized (select project, cloud from cloud_look"
            + " where next_look_at <= now() and (lease_until is null or lease_until < now())"
            + " order by next_look_at limit ? for update skip locked)"
            + " update cloud_look l set lease_until = now() + ? * interval '1 millisecond',"
            + " fence = l.fence + 1 from due"
            + " where l.project = due.project and l.cloud = due.cloud"
            + " returning l.project, l.cloud, l.fence, l.state, l.since, l.seen_at, l.reason,"
            + " l.inventory_digest, l.afresh";
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, most);
      statement.setLong(2, lease.toMillis());
      List<Look> taken = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          taken.add(
              new Look(
                  ProjectId.parse(row.getString("project")),
                  new CloudId(row.getString("cloud")),
                  row.getLong("fence"),
                  health(row),
                  Optional.ofNullable(row.getString("inventory_digest")),
                  row.getBoolean("afresh")));
        }
      }
      return taken;
    } catch (SQLException e) {
      throw failed("take looks at clouds", e);
    }
  }

  /**
   * Writes what a look showed and when to look again; with it, in one statement, that the cloud's
   * state is another than before.
   *
   * @param inventory empty keeps the one from before
   * @return false when another server has taken the look over; nothing is written then
   */
  boolean record(
      Look look, CloudHealth health, Optional<CloudInventory> inventory, Duration again) {
    String sql =
        """
        with recorded as (
          update cloud_look set state = ?, since = ?, seen_at = ?, reason = cast(? as jsonb),
            inventory = coalesce(cast(? as jsonb), inventory), lease_until = null,
            leads_anew = leads_anew and cast(? as boolean), afresh = afresh and cast(? as boolean),
            taken_at = coalesce(?, taken_at),
            next_look_at = now() + ? * interval '1 millisecond'
          where project = ? and cloud = ? and fence = ? returning project, cloud, state, since),
        counted as (
          insert into state_stream as s (stream, last)
          select stream, 1 from recorded, unnest(array[project, ?]) with ordinality as of (stream, place)
            where state <> ? order by place
          on conflict (stream) do update set last = s.last + 1 returning stream, last),
        told as (
          insert into state_change (stream, position, kind, project, cloud, before, after, reasons, at)
          select stream, last, 'CLOUD_HEALTH', project, cloud, ?, state, cast(? as jsonb), since
            from counted, recorded)
        select count(*) from recorded
        """;
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, health.state().name());
      statement.setObject(2, time(health.since()));
      statement.setObject(3, health.seenAt().map(CloudLooks::time).orElse(null));
      statement.setString(
          4, health.reason().map(PhraseJson::write).map(Object::toString).orElse(null));
      statement.setString(
          5,
          inventory
              .map(InventoryJson::write)
              .filter(written -> !look.digest().equals(Optional.of(written.digest())))
              .map(InventoryJson.Written::text)
              .orElse(null));
      statement.setBoolean(6, inventory.isEmpty());
      statement.setBoolean(7, inventory.isEmpty());
      statement.setObject(
          8, inventory.map(one -> time(one.takenAt())).orElse(null), Types.TIMESTAMP_WITH_TIMEZONE);
      statement.setLong(9, again.toMillis());
      statement.setString(10, look.project().toString());
      statement.setString(11, look.cloud().text());
      statement.setLong(12, look.fence());
      statement.setString(13, Outbox.FEDERATION);
      statement.setString(14, look.before().state().name());
      statement.setString(15, look.before().state().name());
      statement.setString(16, Outbox.reasons(health.reason().stream().toList()));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getInt(1) == 1;
      }
    } catch (SQLException e) {
      throw failed("record the look at " + look.cloud() + " for " + look.project(), e);
    }
  }

  /**
   * Has a cloud looked at anew with every access into the same OpenStack project. A look that is
   * under way may have read what was before: it is taken over.
   */
  void again(ProjectId project, CloudId cloud) {
    String sql =
        "update cloud_look set next_look_at = now(), lease_until = null, fence = fence + 1, afresh = true"
            + " where cloud = ? and (project = ? or account ="
            + " (select account from cloud_look where cloud = ? and project = ?))";
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, cloud.text());
      statement.setString(2, project.toString());
      statement.setString(3, cloud.text());
      statement.setString(4, project.toString());
      statement.executeUpdate();
    } catch (SQLException e) {
      throw failed("have " + cloud + " looked at again for " + project, e);
    }
  }

  /** What one project's accesses showed, by cloud. */
  Map<CloudId, Seen> of(ProjectId project) {
    Map<CloudId, Seen> seen = new LinkedHashMap<>();
    for (Seen one : query("where project = ?", project.toString())) {
      seen.put(one.cloud(), one);
    }
    return seen;
  }

  /** What every access to one cloud showed, by project. */
  List<Seen> of(CloudId cloud) {
    return query("where cloud = ?", cloud.text());
  }

  /** The health that every access shows, by cloud; without inventories. */
  Map<CloudId, List<CloudHealth>> healths() {
    String sql = "select cloud, " + HEALTH + " from cloud_look order by cloud, project";
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      Map<CloudId, List<CloudHealth>> found = new LinkedHashMap<>();
      while (row.next()) {
        found
            .computeIfAbsent(new CloudId(row.getString("cloud")), id -> new ArrayList<>())
            .add(health(row));
      }
      return found;
    } catch (SQLException e) {
      throw failed("read the health of clouds", e);
    }
  }

  /** The OpenStack projects into which a project's accesses lead, as far as looks have told. */
  Set<Account> accounts(ProjectId project) {
    return select(
            "select cloud, account from cloud_look where project = ? and account is not null",
            project.toString(),
            row -> new Account(new CloudId(row.getString("cloud")), row.getString("account")))
        .stream()
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Other projects whose access leads into the same OpenStack project as this project's. */
  Map<CloudId, Set<ProjectId>> sharing(ProjectId project) {
    return select(
            "select theirs.cloud, theirs.project from cloud_look own join cloud_look theirs"
                + " on theirs.cloud = own.cloud and theirs.account = own.account"
                + " where own.project = ? and theirs.project <> own.project",
            project.toString(),
            row ->
                Map.entry(
                    new CloudId(row.getString("cloud")), ProjectId.parse(row.getString("project"))))
        .stream()
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
  }

  /** Makes a value of one row. */
  private interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> select(String sql, String parameter, Row<T> read) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, parameter);
      List<T> found = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.add(read.read(row));
        }
      }
      return found;
    } catch (SQLException e) {
      throw failed("read who shares what in clouds", e);
    }
  }

  private List<Seen> query(String where, String parameter) {
    String sql =
        "select project, cloud, inventory, taken_at, "
            + HEALTH
            + " from cloud_look "
            + where
            + " order by cloud, project";
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, parameter);
      List<Seen> found = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.add(
              new Seen(
                  ProjectId.parse(row.getString("project")),
                  new CloudId(row.getString("cloud")),
                  health(row),
                  inventory(row)));
        }
      }
      return found;
    } catch (SQLException e) {
      throw failed("read what was seen of clouds", e);
    }
  }

  private static Optional<CloudInventory> inventory(ResultSet row) throws SQLException {
    Optional<Instant> takenAt =
        Optional.ofNullable(row.getObject("taken_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant);
    return Optional.ofNullable(row.getString("inventory"))
        .map(InventoryJson::read)
        .map(read -> takenAt.filter(read.takenAt()::isBefore).map(read::takenAt).orElse(read));
  }

  private static CloudHealth health(ResultSet row) throws SQLException {
    return new CloudHealth(
        CloudHealth.State.valueOf(row.getString("state")),
        row.getObject("since", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getObject("seen_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant),
        Optional.ofNullable(row.getString("reason")).map(CloudLooks::reason));
  }

  private static Phrase reason(String text) {
    return PhraseJson.read(Json.createReader(new StringReader(text)).readObject());
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static IllegalStateException failed(String what, SQLException e) {
    return new IllegalStateException("the database did not " + what + ": " + e.getMessage(), e);
  }
}
