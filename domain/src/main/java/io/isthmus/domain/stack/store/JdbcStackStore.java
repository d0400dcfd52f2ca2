package io.isthmus.domain.stack.store;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.encryption.SecretBox;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.Refusal;
import io.isthmus.domain.stack.AddressesWanted;
import io.isthmus.domain.stack.Lease;
import io.isthmus.domain.stack.LeaseLost;
import io.isthmus.domain.stack.PartCount;
import io.isthmus.domain.stack.ProjectEvent;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackChange;
import io.isthmus.domain.stack.StackChange.Happening;
import io.isthmus.domain.stack.StackChanged;
import io.isthmus.domain.stack.StackDeleted;
import io.isthmus.domain.stack.StackEvent;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackPresence;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.StackStore;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Stacks in PostgreSQL. Whoever writes locks the stack's row in the queue first, so that a lease
 * cannot change hands during a write, and no two writers wait for each other crosswise.
 */
@ApplicationScoped
@Transactional
public class JdbcStackStore implements StackStore {

  @Resource(lookup = "jdbc/isthmus")
  private DataSource dataSource;

  private StackRows rows;
  private Consumer<StackChanged> changes;
  private Consumer<StackDeleted> deletions;
  private Consumer<AddressesWanted> addresses;

  @Inject
  JdbcStackStore(
      SecretBox box,
      Event<StackChanged> changes,
      Event<StackDeleted> deletions,
      Event<AddressesWanted> addresses) {
    this(null, box, changes::fire, deletions::fire, addresses::fire);
  }

  /**
   * @param dataSource hands out the connection of the current transaction
   * @param changes told within the transaction
   * @param deletions told within the transaction
   * @param addresses told within the transaction
   */
  JdbcStackStore(
      DataSource dataSource,
      SecretBox box,
      Consumer<StackChanged> changes,
      Consumer<StackDeleted> deletions,
      Consumer<AddressesWanted> addresses) {
    this.dataSource = dataSource;
    this.rows = new StackRows(box);
    this.changes = changes;
    this.deletions = deletions;
    this.addresses = addresses;
  }

  /** For the container's proxies. */
  protected JdbcStackStore() {}

  private interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  private <T> T run(Work<T> work) {
    try (Connection connection = dataSource.getConnection()) {
      return work.with(connection);
    } catch (SQLException e) {
      throw new IllegalStateException("the database refused: " + e.getMessage(), e);
    }
  }

  @Override
  public void add(Stack stack, List<StackPart> parts, Phrase happened) {
    run(
        connection -> {
          if (Sql.update(connection, StackRows.INSERT_STACK, rows.values(stack)) == 0) {
            throw new FederationFault(
                FaultCode.NAME_TAKEN, Phrase.of("stack.name-taken", stack.name()));
          }
          writeParts(connection, stack.id(), parts);
          Sql.update(
              connection,
              "insert into stack_work (stack, due) values (?, ?)",
              stack.id().value(),
              stack.createdAt());
          happen(
              connection,
              stack,
              List.of(Happening.of(stack.status(), happened)),
              stack.createdAt());
          return null;
        });
  }

  @Override
  public Optional<Stack> find(StackId id) {
    return run(connection -> find(connection, id));
  }

  private Optional<Stack> find(Connection connection, StackId id) throws SQLException {
    return Sql.query(connection, "select * from stack where id = ?", rows::stack, id.value())
        .stream()
        .findFirst();
  }

  @Override
  public Map<StackId, Tally> tallies(Collection<StackId> stacks) {
    String sql =
        """
        select stack, cloud, region,
          count(*) filter (where goal = 'PRESENT') as present,
          count(*) filter (where goal = 'PRESENT' and status = 'CREATE_COMPLETE') as complete,
          count(*) filter (where goal <> 'PRESENT') as absent,
          count(*) filter (where goal = 'RETAINED'
            or (goal = 'ABSENT' and status = 'DELETE_COMPLETE')) as gone
        from stack_part where stack = any (?) group by stack, cloud, region
        """;
    Object[] ids = stacks.stream().map(StackId::value).toArray(UUID[]::new);
    return run(
        connection -> {
          Map<StackId, Tally> tallies = new HashMap<>();
          Sql.query(
              connection,
              sql,
              row -> {
                Place place =
                    Place.inRegion(new CloudId(row.getString("cloud")), row.getString("region"));
                Tally one =
                    new Tally(
                        row.getInt("present"),
                        row.getInt("complete"),
                        row.getInt("absent"),
                        row.getInt("gone"),
                        List.of(place));
                return tallies.merge(
                    new StackId(row.getObject("stack", UUID.class)), one, JdbcStackStore::sum);
              },
              connection.createArrayOf("uuid", ids));
          return tallies;
        });
  }

  private static Tally sum(Tally one, Tally other) {
    TreeSet<Place> regions = new TreeSet<>(one.regions());
    regions.addAll(other.regions());
    return new Tally(
        one.present() + other.present(),
        one.complete() + other.complete(),
        one.absent() + other.absent(),
        one.gone() + other.gone(),
        List.copyOf(regions));
  }

  @Override
  public List<PartCount> counts(ProjectId project) {
    String sql =
        """
        select cloud, region, type, count(*) as parts,
          count(*) filter (where stack_part.status = 'CREATE_COMPLETE') as complete
        from stack_part join stack on stack.id = stack_part.stack
        where stack.tenant = ? and stack.project = ? and goal = 'PRESENT'
          and stack.status <> 'DELETE_COMPLETE'
        group by cloud, region, type order by cloud, region, type
        """;
    return run(
        connection ->
            Sql.query(
                connection,
                sql,
                row ->
                    new PartCount(
                        Place.inRegion(
                            new CloudId(row.getString("cloud")), row.getString("region")),
                        row.getString("type"),
                        row.getInt("parts"),
                        row.getInt("complete")),
                project.tenant(),
                project.project()));
  }

  @Override
  public List<StackPresence> presences(CloudId cloud, Optional<ProjectId> project) {
    StringBuilder sql =
        new StringBuilder(
            """
            select stack.id, stack.name, stack.tenant, stack.project, count(*) as parts
            from stack_part join stack on stack.id = stack_part.stack
            where cloud = ? and goal <> 'RETAINED' and stack_part.status <> 'DELETE_COMPLETE'
            """);
    List<Object> values = new ArrayList<>(List.of(cloud.text()));
    project.ifPresent(
        one -> {
          sql.append(" and stack.tenant = ? and stack.project = ?");
          values.add(one.tenant());
          values.add(one.project());
        });
    sql.append(" group by stack.id order by stack.tenant, stack.project, stack.name");
    return run(
        connection ->
            Sql.query(
                connection,
                sql.toString(),
                row ->
                    new StackPresence(
                        new StackId(row.getObject("id", UUID.class)),
                        row.getString("name"),
                        new ProjectId(row.getString("tenant"), row.getString("project")),
                        row.getInt("parts")),
                values.toArray()));
  }

  @Override
  public List<StackPart> parts(StackId stack) {
    return run(
        connection ->
            Sql.query(
                connection, "select * from stack_part where stack = ?", rows::part, stack.value()));
  }

  @Override
  public List<Refusal> refusals(StackId stack) {
    return run(
        connection ->
            Sql.query(
                connection,
                "select * from stack_refusal where stack = ?"
                    + " order by at, resource, cloud, region, availability_zone",
                StackRows::refusal,
                stack.value()));
  }

  @Override
  public List<StackEvent> events(StackId stack, long after, int limit) {
    return run(
        connection ->
            Sql.query(
                connection,
                "select * from stack_event where stack = ? and sequence > ?"
                    + " order by sequence limit ?",
                StackRows::event,
                stack.value(),
                after,
                limit));
  }

  @Override
  public List<ProjectEvent> projectEvents(ProjectId project, long after, int limit) {
    return run(
        connection ->
            Sql.query(
                connection,
                "select stack_event.*, stack.name from stack_event"
                    + " join stack on stack.id = stack_event.stack"
                    + " where stack_event.tenant = ? and stack_event.project = ?"
                    + " and position > ? order by position limit ?",
                row ->
                    new ProjectEvent(
                        row.getLong("position"), row.getString("name"), StackRows.event(row)),
                project.tenant(),
                project.project(),
                after,
                limit));
  }

  @Override
  public long newestEvent(ProjectId project) {
    return run(
        connection ->
            Sql.query(
                    connection,
                    "select last from project_event where tenant = ? and project = ?",
                    row -> row.getLong("last"),
                    project.tenant(),
                    project.project())
                .stream()
                .findFirst()
                .orElse(0L));
  }

  @Override
  public void requestDeletion(StackId id, OptionalLong version, Phrase happened, Instant now) {
    run(
        connection -> {
          Stack stack = lockForWish(connection, id, version);
          if (!stack.isLeaving() || stack.status().equals(StackStatus.DELETE_FAILED)) {
            wish(connection, stack.leaving(happened, now), happened, now);
          }
          return null;
        });
  }

  @Override
  public void requestRetry(StackId id, OptionalLong version, Phrase happened, Instant now) {
    run(
        connection -> {
          Stack stack = lockForWish(connection, id, version);
          if (stack.requireRetry()) {
            wish(connection, stack.retrying(happened, now), happened, now);
          }
          return null;
        });
  }

  private Stack lockForWish(Connection connection, StackId id, OptionalLong version)
      throws SQLException {
    lockWork(connection, id);
    Stack stack =
        find(connection, id).orElseThrow(() -> FederationFault.notFound("stack", id.toString()));
    stack.requireVersion(version);
    return stack;
  }

  private void wish(Connection connection, Stack wished, Phrase happened, Instant now)
      throws SQLException {
    writeHeader(connection, wished);
    happen(connection, wished, List.of(Happening.of(wished.status(), happened)), now);
    Sql.update(
        connection,
        "update stack_work set due = ?, woken = true where stack = ?",
        now,
        wished.id().value());
  }

  @Override
  public Optional<Lease> lease(String owner, Instant now, Duration length) {
    String sql =
        """
        with next as (
          select stack from stack_work
          where due <= ? and (lease_until is null or lease_until <= ?)
          order by due limit 1 for update skip locked)
        update stack_work as work
        set lease_owner = ?, lease_until = ?, fence = fence + 1, woken = false
        from next where work.stack = next.stack
        returning work.stack, work.fence
        """;
    Instant until = now.plus(length);
    return run(
            connection ->
                Sql.query(
                    connection,
                    sql,
                    row ->
                        new Lease(
                            new StackId(row.getObject("stack", UUID.class)),
                            owner,
                            row.getLong("fence"),
                            until),
                    now,
                    now,
                    owner,
                    until))
        .stream()
        .findFirst();
  }

  @Override
  public Backlog backlog(Instant now) {
    return run(
        connection -> {
          Sql.update(connection, "set local statement_timeout = '3s'");
          return Sql.query(
                  connection,
                  "select count(*) as stacks, min(due) as oldest from stack_work"
                      + " where due <= ? and (lease_until is null or lease_until <= ?)",
                  row -> new Backlog(row.getInt("stacks"), Sql.maybeInstant(row, "oldest")),
                  now,
                  now)
              .get(0);
        });
  }

  @Override
  public Lease renew(Lease lease, Instant until) {
    int renewed =
        run(
            connection ->
                Sql.update(
                    connection,
                    "update stack_work set lease_until = ?"
                        + " where stack = ? and fence = ? and lease_owner is not null",
                    until,
                    lease.stack().value(),
                    lease.fence()));
    if (renewed == 0) {
      throw new LeaseLost(lease);
    }
    return lease.until(until);
  }

  @Override
  public void release(Lease lease, Optional<Instant> due) {
    run(
        connection ->
            Sql.update(
                connection,
                "update stack_work set lease_owner = null, lease_until = null,"
                    + " due = case when woken then due else ?::timestamptz end"
                    + " where stack = ? and fence = ?",
                due,
                lease.stack().value(),
                lease.fence()));
  }

  @Override
  public Stack write(Lease lease, StackChange change, Instant now) {
    return run(
        connection -> {
          lockHeld(connection, lease);
          Stack stack = find(connection, lease.stack()).orElseThrow();
          Optional<Stack> changed =
              change
                  .header()
                  .filter(header -> header.isOf(stack))
                  .map(
                      header -> stack.with(header.status(), header.reason(), header.health(), now));
          if (changed.isPresent()) {
            writeHeader(connection, changed.get());
          }
          if (changed.map(Stack::status).filter(StackStatus.DELETED::equals).isPresent()
              && !stack.status().equals(StackStatus.DELETED)) {
            deletions.accept(new StackDeleted(stack.id(), stack.plan()));
          }
          if (!change.segments().isEmpty()) {
            addresses.accept(new AddressesWanted(stack.project(), stack.plan(), change.segments()));
          }
          writeParts(connection, stack.id(), change.parts());
          writeRefusals(connection, stack.id(), change.refusals());
          return happen(connection, changed.orElse(stack), change.happenings(), now);
        });
  }

  private static void lockWork(Connection connection, StackId stack) throws SQLException {
    Sql.query(
        connection,
        "select 1 from stack_work where stack = ? for update",
        row -> row.getInt(1),
        stack.value());
  }

  private static void lockHeld(Connection connection, Lease lease) throws SQLException {
    List<Integer> held =
        Sql.query(
            connection,
            "select 1 from stack_work"
                + " where stack = ? and fence = ? and lease_owner is not null for update",
            row -> row.getInt(1),
            lease.stack().value(),
            lease.fence());
    if (held.isEmpty()) {
      throw new LeaseLost(lease);
    }
  }

  private static void writeHeader(Connection connection, Stack stack) throws SQLException {
    Sql.update(
        connection,
        "update stack set status = ?, reason = ?::jsonb, health = ?::jsonb, action_since = ?,"
            + " updated_at = ? where id = ?",
        stack.status().toString(),
        StackJson.of(stack.reason()).toString(),
        StackJson.of(stack.health()).toString(),
        stack.actionSince(),
        stack.updatedAt(),
        stack.id().value());
  }

  private void writeParts(Connection connection, StackId stack, List<StackPart> parts)
      throws SQLException {
    if (parts.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(StackRows.WRITE_PART)) {
      for (StackPart part : parts) {
        Sql.bind(statement, rows.values(stack, part));
        statement.addBatch();
      }
      statement.executeBatch();
    }
    PartAddresses.write(connection, stack, parts);
  }

  private static void writeRefusals(Connection connection, StackId stack, List<Refusal> refusals)
      throws SQLException {
    for (Refusal refusal : refusals) {
      Sql.update(
          connection,
          "insert into stack_refusal (stack, resource, cloud, region, availability_zone, code,"
              + " reason, at) values (?, ?, ?, ?, ?, ?, ?::jsonb, ?) on conflict do nothing",
          stack.value(),
          refusal.resource(),
          refusal.place().cloud().text(),
          refusal.place().region(),
          refusal.place().availabilityZone().orElse(""),
          refusal.code().name(),
          StackJson.of(refusal.reason()).toString(),
          refusal.at());
    }
  }

  /** Numbers and keeps what happened, and moves the stack's counters on. */
  private Stack happen(Connection connection, Stack stack, List<Happening> happenings, Instant now)
      throws SQLException {
    long sequence = stack.lastEvent();
    long position = happenings.isEmpty() ? 0 : take(connection, stack.project(), happenings.size());
    try (PreparedStatement statement =
        connection.prepareStatement(
            "insert into stack_event"
                + " (stack, sequence, tenant, project, position,"
                + " at, resource, cloud, region, status, physical_id, phrase)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)")) {
      for (Happening happening : happenings) {
        sequence++;
        position++;
        Sql.bind(
            statement,
            stack.id().value(),
            sequence,
            stack.project().tenant(),
            stack.project().project(),
            position,
            now,
            happening.part().map(PartId::resource),
            happening.part().map(part -> part.cloud().text()),
            happening.part().map(PartId::region),
            happening.status().toString(),
            happening.physicalId(),
            StackJson.of(happening.phrase()).toString());
        statement.addBatch();
      }
      if (!happenings.isEmpty()) {
        statement.executeBatch();
      }
    }
    Stack counted = stack.counted(stack.version() + 1, sequence);
    Sql.update(
        connection,
        "update stack set version = ?, last_event = ? where id = ?",
        counted.version(),
        counted.lastEvent(),
        stack.id().value());
    changes.accept(new StackChanged(stack.project(), stack.id(), sequence));
    return counted;
  }

  /**
   * Takes numbers for events of a project. The last lock that a transaction takes: whoever waits
   * for it holds no other project's.
   *
   * @return the last number before them
   */
  private static long take(Connection connection, ProjectId project, int count)
      throws SQLException {
    return Sql.query(
                connection,
                "insert into project_event as known (tenant, project, last) values (?, ?, ?)"
                    + " on conflict (tenant, project) do update set last = known.last + excluded.last"
                    + " returning last",
                row -> row.getLong("last"),
                project.tenant(),
                project.project(),
                count)
            .get(0)
        - count;
  }
}
