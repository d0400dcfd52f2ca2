package io.isthmus.domain.leak;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Checks in PostgreSQL, and what they compare with. Every method is a short statement of its own.
 */
@ApplicationScoped
public class LeakStore implements LeakFacts {

  /** After so long without a sign the server that was at it is taken to have stopped. */
  static final Duration SILENCE = Duration.ofMinutes(5);

  /** Checks that are kept. */
  private static final int KEPT = 20;

  private static final String PARTS =
      """
      select p.stack, p.resource, p.generation, p.type, p.cloud, p.region, p.goal, p.status, p.physical_id,
        p.next is not null as changing, s.tenant, s.project, s.name
      from stack_part p join stack s on s.id = p.stack
      """;

  private DataSource database;

  @Inject
  LeakStore(DataSource database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected LeakStore() {}

  private interface Row<T> {
    T read(ResultSet row) throws SQLException;
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
      throw failed(sql, e);
    }
  }

  private int update(String sql, Object... values) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(connection, statement, values);
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  private static IllegalStateException failed(String sql, SQLException e) {
    return new IllegalStateException("leaks: " + sql.strip().split("\\R", 2)[0], e);
  }

  private static void bind(Connection connection, PreparedStatement statement, Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value instanceof Instant instant) {
        statement.setObject(i + 1, instant.atOffset(ZoneOffset.UTC));
      } else if (value instanceof Collection<?> many) {
        boolean ids = many.stream().anyMatch(UUID.class::isInstance);
        Array array = connection.createArrayOf(ids ? "uuid" : "text", many.toArray());
        statement.setArray(i + 1, array);
      } else {
        statement.setObject(i + 1, value);
      }
    }
  }

  /**
   * Begins a check, unless one is under way.
   *
   * @param owner of whom it is until it is over
   * @return false when one is
   */
  boolean begin(LeakCheck check, String owner) {
    endSilent(check.beganAt());
    boolean begun =
        update(
                "insert into leak_check (id, state, asked_by, began_at, touched_at, report, owner)"
                    + " values (?, ?, ?, ?, ?, ?::jsonb, ?) on conflict do nothing",
                check.id(),
                check.state().name(),
                check.askedBy(),
                check.beganAt(),
                check.beganAt(),
                LeakJson.report(check),
                owner)
            == 1;
    if (begun) {
      update(
          "delete from leak_check where id not in"
              + " (select id from leak_check order by began_at desc limit "
              + KEPT
              + ")");
    }
    return begun;
  }

  /** What one of the server's turns came to; nothing when another took over. */
  boolean write(LeakCheck check, String owner, Instant now) {
    return update(
            "update leak_check set state = ?, touched_at = ?, ended_at = ?::timestamptz,"
                + " report = ?::jsonb where id = ? and owner = ? and state in ('RUNNING', 'REPAIRING')",
            check.state().name(),
            now,
            check.endedAt().map(Instant::toString).orElse(null),
            LeakJson.report(check),
            check.id(),
            owner)
        == 1;
  }

  /** Those whose server has given no sign for long. */
  private void endSilent(Instant now) {
    update(
        "update leak_check set state = 'INTERRUPTED', ended_at = touched_at"
            + " where state in ('RUNNING', 'REPAIRING') and touched_at < ?",
        now.minus(SILENCE));
  }

  /** A sign that the server is at it; false when another took over. */
  boolean touch(UUID id, String owner, Instant now) {
    return update(
            "update leak_check set touched_at = ?"
                + " where id = ? and owner = ? and state in ('RUNNING', 'REPAIRING')",
            now,
            id,
            owner)
        == 1;
  }

  /**
   * Makes a check that is over one that is repaired.
   *
   * @param owner of whom it is until it is over
   * @return false when it is not over, or another is under way
   */
  boolean beginRepair(LeakCheck check, String owner, Instant now) {
    endSilent(now);
    try {
      return update(
              "update leak_check set state = 'REPAIRING', touched_at = ?, ended_at = null,"
                  + " report = ?::jsonb, owner = ? where id = ? and state in ('DONE', 'INTERRUPTED')"
                  + " and not exists (select from leak_check where state in ('RUNNING', 'REPAIRING'))",
              now,
              LeakJson.report(check),
              owner,
              check.id())
          == 1;
    } catch (IllegalStateException e) {
      // Two at the same moment: the index lets one through.
      if (e.getCause() instanceof SQLException sql && "23505".equals(sql.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  Optional<LeakCheck> find(UUID id, Instant now) {
    return query("select * from leak_check where id = ?", row -> check(row, now), id).stream()
        .findFirst();
  }

  /** The newest first. */
  List<LeakCheck> newest(Instant now) {
    return query(
        "select * from leak_check order by began_at desc limit " + KEPT, row -> check(row, now));
  }

  private static LeakCheck check(ResultSet row, Instant now) throws SQLException {
    LeakCheck.State state = LeakCheck.State.valueOf(row.getString("state"));
    Instant touched = row.getObject("touched_at", OffsetDateTime.class).toInstant();
    OffsetDateTime ended = row.getObject("ended_at", OffsetDateTime.class);
    boolean silent =
        (state == LeakCheck.State.RUNNING || state == LeakCheck.State.REPAIRING)
            && touched.isBefore(now.minus(SILENCE));
    return LeakJson.check(
        row.getObject("id", UUID.class),
        silent ? LeakCheck.State.INTERRUPTED : state,
        row.getString("asked_by"),
        row.getObject("began_at", OffsetDateTime.class).toInstant(),
        silent ? Optional.of(touched) : Optional.ofNullable(ended).map(OffsetDateTime::toInstant),
        row.getString("report"));
  }

  @Override
  public Set<StackId> known(Collection<StackId> stacks) {
    return new HashSet<>(
        stacks.isEmpty()
            ? List.of()
            : query(
                "select id from stack where id = any (?)",
                row -> new StackId(row.getObject("id", UUID.class)),
                values(stacks)));
  }

  @Override
  public Set<StackId> abandoned(Collection<StackId> stacks) {
    return new HashSet<>(
        stacks.isEmpty()
            ? List.of()
            : query(
                "select id from stack where id = any (?) and abandonment is not null",
                row -> new StackId(row.getObject("id", UUID.class)),
                values(stacks)));
  }

  private static Set<UUID> values(Collection<StackId> stacks) {
    return stacks.stream().map(StackId::value).collect(Collectors.toSet());
  }

  @Override
  public List<KnownPart> parts(Collection<StackId> stacks) {
    return stacks.isEmpty()
        ? List.of()
        : query(PARTS + "where p.stack = any (?)", LeakStore::part, values(stacks));
  }

  @Override
  public List<KnownPart> partsOf(Collection<String> types) {
    return types.isEmpty()
        ? List.of()
        : query(PARTS + "where p.type = any (?)", LeakStore::part, types);
  }

  @Override
  public List<KnownPart> required(ProjectId project, CloudId cloud, String region) {
    return query(
            PARTS
                + "where s.tenant = ? and s.project = ? and p.cloud = ? and p.region = ?"
                + " and p.goal in ('PRESENT', 'OUTGOING') and p.status like '%\\_COMPLETE'"
                + " and p.physical_id is not null",
            LeakStore::part,
            project.tenant(),
            project.project(),
            cloud.text(),
            region)
        .stream()
        .filter(KnownPart::mustBeThere)
        .toList();
  }

  @Override
  public Set<Presence> presences() {
    return new HashSet<>(
        query(
            "select distinct s.tenant, s.project, p.cloud, p.region"
                + " from stack_part p join stack s on s.id = p.stack"
                + " where p.goal in ('PRESENT', 'OUTGOING') and p.physical_id is not null"
                + " and p.status <> 'DELETE_COMPLETE'",
            row ->
                new Presence(
                    new ProjectId(row.getString("tenant"), row.getString("project")),
                    new CloudId(row.getString("cloud")),
                    row.getString("region"))));
  }

  private static KnownPart part(ResultSet row) throws SQLException {
    return new KnownPart(
        new Mark(
            new StackId(row.getObject("stack", UUID.class)),
            row.getString("resource"),
            row.getInt("generation")),
        new ProjectId(row.getString("tenant"), row.getString("project")),
        row.getString("name"),
        row.getString("type"),
        new CloudId(row.getString("cloud")),
        row.getString("region"),
        StackPart.Goal.valueOf(row.getString("goal")),
        StackStatus.parse(row.getString("status")),
        row.getBoolean("changing"),
        Optional.ofNullable(row.getString("physical_id")));
  }

  @Override
  public List<KnownCopy> copies(Collection<String> marks) {
    if (marks.isEmpty()) {
      return List.of();
    }
    // What is there comes last, and so counts: copies can be handed over with their mark.
    return query(
        """
        select mark, null as glance_id, 'GONE' as state, md5, sha256, sha512, 0 as there
          from image_copy_gone where mark = any (?)
        union all
        select c.mark, c.glance_id, c.state, i.md5, i.sha256, i.sha512, 1
          from image_copy c join image i on i.id = c.image where c.mark = any (?)
        order by there
        """,
        LeakStore::copy,
        marks,
        marks);
  }

  private static KnownCopy copy(ResultSet row) throws SQLException {
    String state = row.getString("state");
    return new KnownCopy(
        row.getString("mark"),
        Optional.ofNullable(row.getString("glance_id")),
        state.equals("GONE"),
        List.of("GONE", "ACTIVE", "FAILED").contains(state),
        Stream.of(row.getString("md5"), row.getString("sha256"), row.getString("sha512"))
            .flatMap(Stream::ofNullable)
            .map(digest -> digest.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet()));
  }

  @Override
  public Optional<Long> hold(StackId stack, String owner, Instant now, Instant until) {
    return query(
            "update stack_work set lease_owner = ?, lease_until = ?, fence = fence + 1"
                + " where stack = ? and (lease_until is null or lease_until <= ?) returning fence",
            row -> row.getLong("fence"),
            owner,
            until,
            stack.value(),
            now)
        .stream()
        .findFirst();
  }

  @Override
  public boolean keep(StackId stack, long fence, Instant now, Instant until) {
    return update(
            "update stack_work set lease_until = greatest(lease_until, ?)"
                + " where stack = ? and fence = ? and lease_owner is not null and lease_until > ?",
            until,
            stack.value(),
            fence,
            now)
        == 1;
  }

  @Override
  public void letGo(StackId stack, long fence) {
    update(
        "update stack_work set lease_owner = null, lease_until = null where stack = ? and fence = ?",
        stack.value(),
        fence);
    // Whoever took it away meanwhile waits for this.
    update(
        "update stack_work set lease_until = null"
            + " where stack = ? and fence = ? and lease_owner is null",
        stack.value(),
        fence + 1);
  }
}
