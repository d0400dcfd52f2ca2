package io.isthmus.domain.stack.store;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.AuditLog;
import io.isthmus.domain.audit.AuditRecord;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Measure;
import io.isthmus.domain.encryption.SecretBox;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.image.ImageUses;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.keypair.KeyPairUses;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.outbox.Outbox;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.placement.Refusal;
import io.isthmus.domain.quota.Consumption;
import io.isthmus.domain.stack.AddressesWanted;
import io.isthmus.domain.stack.Claim;
import io.isthmus.domain.stack.CloudsWanted;
import io.isthmus.domain.stack.Deviation;
import io.isthmus.domain.stack.DriftChoice;
import io.isthmus.domain.stack.Lease;
import io.isthmus.domain.stack.PartCount;
import io.isthmus.domain.stack.PartKey;
import io.isthmus.domain.stack.ProjectEvent;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackAction;
import io.isthmus.domain.stack.StackChange;
import io.isthmus.domain.stack.StackChange.Happening;
import io.isthmus.domain.stack.StackChanged;
import io.isthmus.domain.stack.StackDeleted;
import io.isthmus.domain.stack.StackDrift;
import io.isthmus.domain.stack.StackEvent;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackPresence;
import io.isthmus.domain.stack.StackRevision;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.trace.RequestId;
import io.isthmus.domain.usage.Commitments;
import io.isthmus.domain.usage.Meter;
import io.isthmus.domain.usage.Observation;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.transaction.Transactional;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Stacks in PostgreSQL. Whoever writes locks the stack's row in the queue first, so that a lease
 * cannot change hands during a write, and no two writers wait for each other crosswise.
 */
@ApplicationScoped
@Transactional
public class JdbcStackStore implements StackStore {

  /**
   * What fails from one place and is answered at another works. What nobody has asked for a while
   * says nothing.
   */
  private static final String FAILING_PROBES =
      """
      select probe.* from part_probe as probe
      where probe.stack = ? and probe.failing and probe.tried_at > now() - interval '5 minutes'
        and not exists (
          select from part_probe as other
          where (other.stack, other.resource, other.cloud, other.region, other.generation, other.probe)
              = (probe.stack, probe.resource, probe.cloud, probe.region, probe.generation, probe.probe)
            and other.outcome = 'ANSWERED' and other.tried_at > now() - interval '5 minutes')
      order by probe.probe, probe.vantage
      """;

  @Resource(lookup = "jdbc/isthmus")
  private DataSource dataSource;

  private StackRows rows;
  private Revisions revisions;
  private Consumer<StackChanged> changes;
  private Consumer<StackDeleted> deletions;
  private Consumer<AddressesWanted> addresses;
  private Consumer<CloudsWanted> clouds;
  private Consumer<AuditRecord> audit;
  private Consumer<List<Observation>> meter;

  @Inject
  JdbcStackStore(
      SecretBox box,
      Event<StackChanged> changes,
      Event<StackDeleted> deletions,
      Event<AddressesWanted> addresses,
      Event<CloudsWanted> clouds,
      AuditLog audit,
      Meter meter) {
    this(
        null,
        box,
        changes::fire,
        deletions::fire,
        addresses::fire,
        clouds::fire,
        audit::add,
        meter::observe);
  }

  /**
   * @param dataSource hands out the connection of the current transaction
   * @param changes told within the transaction
   * @param deletions told within the transaction
   * @param addresses told within the transaction
   * @param clouds told within the transaction
   * @param audit takes records within the transaction
   * @param meter takes what was seen to exist, within the transaction
   */
  JdbcStackStore(
      DataSource dataSource,
      SecretBox box,
      Consumer<StackChanged> changes,
      Consumer<StackDeleted> deletions,
      Consumer<AddressesWanted> addresses,
      Consumer<CloudsWanted> clouds,
      Consumer<AuditRecord> audit,
      Consumer<List<Observation>> meter) {
    this.dataSource = dataSource;
    this.rows = new StackRows(box);
    this.revisions = new Revisions(rows);
    this.changes = changes;
    this.deletions = deletions;
    this.addresses = addresses;
    this.clouds = clouds;
    this.audit = audit;
    this.meter = meter;
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
          hold(stack, parts);
          writeParts(connection, stack.id(), parts);
          WorkQueue.add(connection, stack);
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

  @Override
  public Optional<StackId> ofPlan(PlanId plan) {
    return run(
        connection ->
            Sql.query(
                    connection,
                    "select id from stack where plan = ?"
                        + " union select stack from stack_revision where plan = ?",
                    row -> new StackId(row.getObject("id", UUID.class)),
                    plan.value(),
                    plan.value())
                .stream()
                .findFirst());
  }

  private Optional<Stack> find(Connection connection, StackId id) throws SQLException {
    return Sql.query(connection, "select * from stack where id = ?", rows::stack, id.value())
        .stream()
        .findFirst();
  }

  /** As it is now, whatever was read before, and as it stays until the transaction ends. */
  private Optional<Stack> locked(Connection connection, StackId id) throws SQLException {
    return Sql.query(
            connection,
            // Rows that refer to it can be written meanwhile.
            "select * from stack where id = ? for no key update",
            rows::stack,
            id.value())
        .stream()
        .findFirst();
  }

  @Override
  public Map<StackId, Tally> tallies(Collection<StackId> stacks) {
    return run(connection -> PartCounts.tallies(connection, stacks));
  }

  @Override
  public List<PartCount> counts(ProjectId project) {
    return run(connection -> PartCounts.counts(connection, project));
  }

  @Override
  public List<Claim> claims(Collection<ProjectId> projects, Instant since) {
    return run(
        connection ->
            Sql.query(
                connection,
                StackRows.CLAIMS
                    + "and (s.tenant, s.project) in (select * from unnest(?::text[], ?::text[]))",
                StackRows::claim,
                since,
                since,
                projects.stream().map(ProjectId::tenant).toArray(String[]::new),
                projects.stream().map(ProjectId::project).toArray(String[]::new)));
  }

  @Override
  public List<Claim> claims(CloudId cloud, Instant since) {
    return run(
        connection ->
            Sql.query(
                connection,
                StackRows.CLAIMS + "and p.cloud = ?",
                StackRows::claim,
                since,
                since,
                cloud.text()));
  }

  @Override
  public List<Consumption.Consumed> consumed(String tenant) {
    return run(connection -> PartCounts.consumed(connection, tenant));
  }

  @Override
  public List<KeyPairUses.Use> keyPairUses(ProjectId project) {
    return run(
        connection ->
            Sql.query(
                connection,
                """
                select stack.name, pair.key, pair.value from stack, jsonb_each_text(key_pairs) as pair
                where tenant = ? and project = ? and status <> 'DELETE_COMPLETE'
                  and key_pairs <> '{}' order by stack.name, pair.key
                """,
                row ->
                    new KeyPairUses.Use(
                        row.getString("name"), row.getString("key"), row.getString("value")),
                project.tenant(),
                project.project()));
  }

  @Override
  public List<ImageUses.Use> imageUses(ProjectId project) {
    return run(
        connection ->
            Sql.query(
                connection,
                """
                select stack.name, image.value ->> 'id' as id from stack, jsonb_each(images) as image
                where tenant = ? and project = ? and status <> 'DELETE_COMPLETE'
                  and images <> '{}' order by stack.name, image.key
                """,
                row -> new ImageUses.Use(row.getString("name"), row.getString("id")),
                project.tenant(),
                project.project()));
  }

  @Override
  public Map<CloudId, List<Measure>> awaited(ProjectId project) {
    return run(connection -> PartCounts.awaited(connection, project));
  }

  @Override
  public List<Commitments.Growth> growing(ProjectId project) {
    return run(connection -> PartCounts.growing(connection, project));
  }

  @Override
  public void takeTurns(Set<String> names) {
    run(
        connection ->
            Sql.query(
                connection,
                "select pg_advisory_xact_lock(lock) from (select distinct hashtextextended(name, 0)"
                    + " from unnest(?::text[]) name order by 1) ordered (lock)",
                row -> true,
                (Object) names.toArray(String[]::new)));
  }

  @Override
  public List<StackPresence> presences(CloudId cloud, Optional<ProjectId> project) {
    return run(connection -> PartCounts.presences(connection, cloud, project));
  }

  @Override
  public List<StackPart> parts(StackId stack) {
    return run(
        connection ->
            Sql.query(
                connection, "select * from stack_part where stack = ?", rows::part, stack.value()));
  }

  @Override
  public List<StackPart> parts(StackId stack, PartId part) {
    return run(
        connection ->
            Sql.query(
                connection,
                "select * from stack_part"
                    + " where stack = ? and resource = ? and cloud = ? and region = ?",
                rows::part,
                stack.value(),
                part.resource(),
                part.cloud().text(),
                part.region()));
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
    return run(connection -> EventLog.events(connection, stack, after, limit));
  }

  @Override
  public List<ProjectEvent> projectEvents(ProjectId project, long after, int limit) {
    return run(connection -> EventLog.projectEvents(connection, project, after, limit));
  }

  @Override
  public long newestEvent(ProjectId project) {
    return run(connection -> EventLog.newestEvent(connection, project));
  }

  @Override
  public void requestDeletion(StackId id, OptionalLong version, Phrase happened, Instant now) {
    run(
        connection -> {
          Stack stack = lockForWish(connection, id, version);
          if (!stack.isLeaving() || stack.status().equals(StackStatus.DELETE_FAILED)) {
            wish(
                connection,
                stack.leaving(happened, now, RequestId.currentOrFresh()),
                happened,
                now);
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
            wish(
                connection,
                stack.retrying(happened, now, RequestId.currentOrFresh()),
                happened,
                now);
          }
          return null;
        });
  }

  @Override
  public void requestAction(
      StackId id, OptionalLong version, StackAction action, Phrase happened, Instant now) {
    run(
        connection -> {
          Stack stack = lockForWish(connection, id, version);
          if (stack.requireAction(action)) {
            wish(
                connection,
                stack.acting(action, happened, now, RequestId.currentOrFresh()),
                happened,
                now);
          }
          return null;
        });
  }

  @Override
  public Map<StackId, StackDrift> drifts(Collection<StackId> stacks) {
    Map<StackId, StackDrift> drifts = new HashMap<>();
    run(
        connection ->
            Sql.query(
                connection,
                "select * from stack_drift where stack = any (?)",
                row ->
                    drifts.put(
                        new StackId(row.getObject("stack", UUID.class)), StackRows.drift(row)),
                connection.createArrayOf("uuid", stacks.stream().map(StackId::value).toArray())));
    return drifts;
  }

  @Override
  public DriftChoice onDrift(StackId stack) {
    return run(
        connection ->
            Sql.query(
                    connection,
                    "select on_drift, puts_right from stack where id = ?",
                    StackRows::onDrift,
                    stack.value())
                .stream()
                .findFirst()
                .orElseThrow(() -> FederationFault.notFound("stack", stack.toString())));
  }

  @Override
  public Map<PartKey, List<Deviation>> toPutRight(StackId stack) {
    Map<PartKey, List<Deviation>> found = new HashMap<>();
    run(
        connection ->
            Sql.query(
                connection,
                "select drift.* from part_drift as drift join stack on stack.id = drift.stack"
                    + " where stack.id = ? and stack.puts_right"
                    + " and stack.on_drift = 'REPLACE_VANISHED' and drift.properties <> '[]'",
                row -> found.put(StackRows.partKey(row), StackRows.deviations(row)),
                stack.value()));
    return found;
  }

  @Override
  public void wake(StackId stack, Instant now) {
    run(
        connection -> {
          WorkQueue.wake(connection, stack, now);
          return null;
        });
  }

  @Override
  public Set<CloudId> replacedToRemove(StackId stack) {
    return run(
        connection ->
            Set.copyOf(
                Sql.query(
                    connection,
                    "select cloud from failover where stack = ? and remove_at is not null"
                        + " union select cloud from rehearsal_run where stack = ? and clears",
                    row -> new CloudId(row.getString("cloud")),
                    stack.value(),
                    stack.value())));
  }

  @Override
  public Map<PartKey, Phrase> failingProbes(StackId stack) {
    Map<PartKey, Phrase> failing = new HashMap<>();
    run(
        connection ->
            Sql.query(
                connection,
                FAILING_PROBES,
                row ->
                    failing.putIfAbsent(
                        new PartKey(
                            new PartId(
                                row.getString("resource"),
                                new CloudId(row.getString("cloud")),
                                row.getString("region")),
                            row.getInt("generation")),
                        Phrase.of(
                            "stack.probe-fails",
                            row.getString("resource"),
                            row.getString("cloud") + " / " + row.getString("region"),
                            row.getString("probe"),
                            phrase(row.getString("reason")))),
                stack.value()));
    return failing;
  }

  private static Phrase phrase(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return StackJson.phrase(reader.readObject());
    }
  }

  @Override
  public void chooseOnDrift(
      StackId id, OptionalLong version, DriftChoice choice, Phrase happened, Instant now) {
    run(
        connection -> {
          Stack stack = lockForWish(connection, id, version);
          int other =
              Sql.update(
                  connection,
                  "update stack set on_drift = ?, puts_right = ? where id = ?"
                      + " and (on_drift, puts_right) is distinct from (?, ?)",
                  StackRows.onDrift(choice),
                  choice == DriftChoice.REPAIR,
                  id.value(),
                  StackRows.onDrift(choice),
                  choice == DriftChoice.REPAIR);
          if (other > 0) {
            happen(connection, stack, List.of(Happening.of(stack.status(), happened)), now);
            WorkQueue.wake(connection, id, now);
          }
          return null;
        });
  }

  @Override
  public void tell(StackId id, List<Happening> happenings, Instant now) {
    run(
        connection -> {
          Stack stack = lockForWish(connection, id, OptionalLong.empty());
          return happen(connection, stack, happenings, now);
        });
  }

  @Override
  public void requestCancel(
      StackId id, OptionalLong version, boolean back, Phrase happened, Instant now) {
    run(
        connection -> {
          Stack stack = lockForWish(connection, id, version);
          if (stack.requireCancel(back)) {
            wish(
                connection,
                stack.cancelled(back, happened, now, RequestId.currentOrFresh()),
                happened,
                now);
          }
          return null;
        });
  }

  @Override
  public Optional<Stack> lock(StackId id) {
    return run(
        connection -> {
          WorkQueue.lockWork(connection, id);
          return locked(connection, id);
        });
  }

  @Override
  public void applyUpdate(
      Stack updated, StackRevision before, List<StackPart> parts, Phrase happened, Instant now) {
    run(
        connection -> {
          WorkQueue.lockWork(connection, updated.id());
          revisions.add(connection, updated, before);
          revisions.writeSources(connection, updated);
          hold(updated, parts);
          writeParts(connection, updated.id(), parts);
          WorkQueue.takeAway(connection, updated.id(), now);
          writeHeader(connection, updated);
          happen(connection, updated, List.of(Happening.of(updated.status(), happened)), now);
          return null;
        });
  }

  @Override
  public void abandon(
      Stack abandoned, List<StackPart> parts, JsonObject document, Phrase happened, Instant now) {
    run(
        connection -> {
          StackId id = abandoned.id();
          WorkQueue.lockWork(connection, id);
          Sql.update(
              connection,
              "update stack set abandonment = ? where id = ?",
              rows.document(id, document),
              id.value());
          writeParts(connection, id, parts);
          meter.accept(abandoned.observations(parts, gone(connection, id), now));
          WorkQueue.takeAway(connection, id, now);
          writeHeader(connection, abandoned);
          deletions.accept(new StackDeleted(id, abandoned.plan()));
          happen(connection, abandoned, List.of(Happening.of(abandoned.status(), happened)), now);
          return null;
        });
  }

  @Override
  public Optional<JsonObject> abandonment(StackId stack) {
    return run(
        connection ->
            Sql.query(
                    connection,
                    "select abandonment from stack where id = ? and abandonment is not null",
                    row -> rows.document(stack, row.getString("abandonment")),
                    stack.value())
                .stream()
                .findFirst());
  }

  @Override
  public Optional<StackRevision> revision(StackId stack, int number) {
    return run(connection -> revisions.find(connection, stack, number));
  }

  @Override
  public List<StackRevision> earlier(StackId stack) {
    return run(connection -> revisions.all(connection, stack));
  }

  private Stack lockForWish(Connection connection, StackId id, OptionalLong version)
      throws SQLException {
    WorkQueue.lockWork(connection, id);
    Stack stack =
        locked(connection, id).orElseThrow(() -> FederationFault.notFound("stack", id.toString()));
    stack.requireVersion(version);
    return stack;
  }

  private void wish(Connection connection, Stack wished, Phrase happened, Instant now)
      throws SQLException {
    writeHeader(connection, wished);
    happen(connection, wished, List.of(Happening.of(wished.status(), happened)), now);
    WorkQueue.wake(connection, wished.id(), now);
  }

  @Override
  public Optional<Lease> lease(String owner, Instant now, Duration length) {
    return run(connection -> WorkQueue.lease(connection, owner, now, length));
  }

  @Override
  public Backlog backlog(Instant now) {
    return run(connection -> WorkQueue.backlog(connection, now));
  }

  @Override
  public Lease renew(Lease lease, Instant until) {
    return run(connection -> WorkQueue.renew(connection, lease, until));
  }

  @Override
  public void release(Lease lease, Optional<Instant> due) {
    run(
        connection -> {
          WorkQueue.release(connection, lease, due);
          return null;
        });
  }

  @Override
  public Stack write(Lease lease, StackChange change, Instant now) {
    return run(
        connection -> {
          WorkQueue.lockHeld(connection, lease);
          Stack stack = locked(connection, lease.stack()).orElseThrow();
          Optional<Stack> changed =
              change
                  .header()
                  .filter(header -> header.isOf(stack))
                  .map(header -> stack.with(header.status(), header.reason(), header.health(), now))
                  .map(turned -> change.reform().map(turned::with).orElse(turned));
          if (changed.isPresent()) {
            writeHeader(connection, changed.get());
          }
          if (changed.isPresent()
              && change.reform().flatMap(StackChange.Reform::sources).isPresent()) {
            revisions.add(connection, changed.get(), stack.revision(List.of()));
            revisions.writeSources(connection, changed.get());
          }
          if (changed.map(Stack::status).filter(StackStatus.DELETED::equals).isPresent()
              && !stack.status().equals(StackStatus.DELETED)) {
            deletions.accept(new StackDeleted(stack.id(), stack.plan()));
          }
          if (!change.segments().isEmpty()) {
            addresses.accept(new AddressesWanted(stack.project(), stack.plan(), change.segments()));
          }
          hold(stack, change.parts());
          writeParts(connection, stack.id(), change.parts());
          meter.accept(stack.observations(change.parts(), gone(connection, stack.id()), now));
          writeRefusals(connection, stack.id(), change.refusals());
          change.acts().forEach(act -> audit.accept(act.record(stack, now)));
          Stack counted = happen(connection, changed.orElse(stack), change.happenings(), now);
          if (stack.health().state() != counted.health().state()) {
            Outbox.stackHealth(
                connection,
                stack.project(),
                stack.id().value(),
                stack.name(),
                stack.health().state().name(),
                counted.health().state().name(),
                counted.health().reasons(),
                now);
          }
          return counted;
        });
  }

  /** Since when parts are gone, as the mirror was told: that may be before the stack looked. */
  private static Function<StackPart, Optional<Instant>> gone(Connection connection, StackId stack)
      throws SQLException {
    Map<List<String>, Instant> gone = new HashMap<>();
    Sql.query(
        connection,
        "select cloud, region, physical_id, gone_at from mirror_gone where stack = ?",
        row ->
            gone.put(
                List.of(
                    row.getString("cloud"), row.getString("region"), row.getString("physical_id")),
                Sql.instant(row, "gone_at")),
        stack.value());
    return part ->
        part.state()
            .physicalId()
            .map(id -> gone.get(List.of(part.id().cloud().text(), part.id().region(), id)));
  }

  private static void writeHeader(Connection connection, Stack stack) throws SQLException {
    Sql.update(
        connection,
        "update stack set status = ?, reason = ?::jsonb, health = ?::jsonb, action_since = ?,"
            + " updated_at = ?, request_id = ?, revision = ?, back = ?::integer, rolls_back = ?,"
            + " suspended = ? where id = ?",
        stack.status().toString(),
        StackJson.of(stack.reason()).toString(),
        StackJson.of(stack.health()).toString(),
        stack.actionSince(),
        stack.updatedAt(),
        stack.request().text(),
        stack.course().revision(),
        StackRows.back(stack.course()),
        stack.course().rollsBack(),
        stack.course().suspended(),
        stack.id().value());
  }

  /** What is new is put where a way leads, and the way stays until it is seen that it is used. */
  private void hold(Stack stack, List<StackPart> parts) {
    Set<CloudId> fresh =
        parts.stream()
            .filter(part -> part.goal() == StackPart.Goal.PRESENT && part.isUntouched())
            .map(part -> part.id().cloud())
            .collect(Collectors.toSet());
    if (!fresh.isEmpty()) {
      clouds.accept(new CloudsWanted(stack.project(), fresh));
    }
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

  private Stack happen(Connection connection, Stack stack, List<Happening> happenings, Instant now)
      throws SQLException {
    Stack counted = EventLog.add(connection, stack, happenings, now);
    changes.accept(new StackChanged(stack.project(), stack.id(), counted.lastEvent()));
    return counted;
  }
}
