package io.isthmus.domain.probe;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.language.PhraseJson;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.placement.Probe;
import io.isthmus.domain.stack.PartKey;
import io.isthmus.domain.stack.StackId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonReader;
import jakarta.transaction.Transactional;
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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;

/** Probes and what came of them, in PostgreSQL. */
@ApplicationScoped
public class ProbeStore {

  private static final String KEY =
      " stack = ? and resource = ? and cloud = ? and region = ? and generation = ?"
          + " and vantage = ? and probe = ?";

  /**
   * Those of which something has changed since their probes were last written down from here. In no
   * order, so that those that cannot be read hold up no others.
   */
  private static final String CHANGED =
      """
      select * from (
      select stack.id, stack.plan, stack.version, false as leaving
      from stack join plan on plan.id = stack.plan and plan.probed
      left join stack_probing as known on known.stack = stack.id and known.vantage = ?
      where known.version is distinct from stack.version
        and stack.status not like '%\\_IN\\_PROGRESS' and stack.status not like 'DELETE\\_%'
      union
      select stack.id, stack.plan, stack.version, stack.status like 'DELETE\\_%' as leaving
      from stack_probing as known join stack on stack.id = known.stack
      where known.vantage = ? and known.version <> stack.version
        and (stack.status not like '%\\_IN\\_PROGRESS' or stack.status like 'DELETE\\_%')
      ) as changed order by random() limit ?
      """;

  /**
   * Whether a server's probe is answered from elsewhere; what nobody has asked lately says nothing.
   */
  private static final String ANSWERED_ELSEWHERE =
      """
      select 1 from part_probe
      where (stack, resource, cloud, region, generation, probe) = (?, ?, ?, ?, ?, ?) and vantage <> ?
        and outcome = 'ANSWERED' and tried_at > ?::timestamptz - interval '5 minutes'
      """;

  /**
   * What is taken is due again by itself when whoever has taken it does not come back. Of a stack
   * that changes nothing is asked: an address may be another tenant's already. What sleeps is left
   * alone.
   */
  private static final String TAKE =
      """
      with next as (
        select stack, resource, cloud, region, generation, vantage, probe from part_probe
        where vantage = ? and due <= ? and exists (select from stack where stack.id = part_probe.stack
          and stack.status not like '%\\_IN\\_PROGRESS' and not stack.suspended)
        order by due limit ? for update skip locked)
      update part_probe as task set due = ?, fence = task.fence + 1
      from next
      where (task.stack, task.resource, task.cloud, task.region, task.generation, task.vantage, task.probe)
        = (next.stack, next.resource, next.cloud, next.region, next.generation, next.vantage, next.probe)
      returning task.*
      """;

  /** What is asked elsewhere than before begins anew; all else goes on as it was. */
  private static final String KEEP =
      """
      insert into part_probe as task (stack, resource, cloud, region, generation, vantage, probe, address,
        tries, after_seconds, pause_seconds, outcome, reason, failures, since, failing, due)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, 0, ?, false, ?)
      on conflict (stack, resource, cloud, region, generation, vantage, probe) do update
      set tries = excluded.tries, after_seconds = excluded.after_seconds,
        pause_seconds = excluded.pause_seconds, address = excluded.address,
        outcome = case when task.address is not distinct from excluded.address then task.outcome else excluded.outcome end,
        reason = case when task.address is not distinct from excluded.address and task.address is not null
          then task.reason else excluded.reason end,
        failures = case when task.address is not distinct from excluded.address then task.failures else 0 end,
        since = case when task.address is not distinct from excluded.address then task.since else excluded.since end,
        failing = task.failing and task.address is not distinct from excluded.address,
        fence = case when task.address is not distinct from excluded.address then task.fence else task.fence + 1 end,
        due = case when task.address is not distinct from excluded.address then task.due else excluded.due end
      """;

  private DataSource database;

  @Inject
  ProbeStore(DataSource database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected ProbeStore() {}

  /**
   * A stack of which something has changed.
   *
   * @param leaving whether it is being deleted, or is
   */
  record Changed(StackId stack, PlanId plan, long version, boolean leaving) {}

  private interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Stacks at rest whose probes are not known from there as they are now. */
  List<Changed> changed(Vantage vantage, int limit) {
    return query(
        CHANGED,
        row ->
            new Changed(
                new StackId(row.getObject("id", UUID.class)),
                new PlanId(row.getObject("plan", UUID.class)),
                row.getLong("version"),
                row.getBoolean("leaving")),
        vantage.toString(),
        vantage.toString(),
        limit);
  }

  /** These are the probes of a stack from there, and no others. */
  @Transactional
  void replace(Changed stack, Vantage vantage, Collection<ProbeTask> tasks, Instant now) {
    try (Connection connection = database.getConnection()) {
      try (PreparedStatement insert = connection.prepareStatement(KEEP)) {
        for (ProbeTask task : tasks) {
          bind(
              insert,
              task.stack().value(),
              task.part().id().resource(),
              task.part().id().cloud().text(),
              task.part().id().region(),
              task.part().generation(),
              vantage.toString(),
              task.probe().toString(),
              task.address().orElse(null),
              task.tries(),
              task.after().toSeconds(),
              task.pause().toSeconds(),
              task.state().outcome().name(),
              reason(task.state()),
              now,
              task.address().isPresent() ? now : null);
          insert.addBatch();
        }
        insert.executeBatch();
      }
      try (PreparedStatement delete =
          connection.prepareStatement(
              "delete from part_probe where stack = ? and vantage = ?"
                  + " and resource || chr(10) || cloud || chr(10) || region || chr(10) || generation"
                  + " || chr(10) || probe <> all (?)")) {
        delete.setObject(1, stack.stack().value());
        delete.setString(2, vantage.toString());
        delete.setArray(
            3,
            connection.createArrayOf(
                "text",
                tasks.stream()
                    .map(
                        task ->
                            String.join(
                                "\n",
                                task.part().id().resource(),
                                task.part().id().cloud().text(),
                                task.part().id().region(),
                                String.valueOf(task.part().generation()),
                                task.probe().toString()))
                    .toArray()));
        delete.executeUpdate();
      }
      try (PreparedStatement known =
          connection.prepareStatement(
              stack.leaving()
                  ? "delete from stack_probing where stack = ? and vantage = ? and version <> ?"
                  : "insert into stack_probing (stack, vantage, version) values (?, ?, ?) on conflict"
                      + " (stack, vantage) do update set version = excluded.version")) {
        bind(known, stack.stack().value(), vantage.toString(), stack.version());
        known.executeUpdate();
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /**
   * Takes probes that are due, so that nobody else asks them meanwhile.
   *
   * @param until from when on others take them again
   */
  List<ProbeTask> take(Vantage vantage, int limit, Instant now, Instant until) {
    return query(TAKE, ProbeStore::task, vantage.toString(), now, limit, until);
  }

  /**
   * Writes what came of a probe.
   *
   * @return whether it was still the caller's
   */
  boolean record(ProbeTask task, Vantage vantage, Instant due) {
    ProbeState state = task.state();
    return update(
            "update part_probe set outcome = ?, reason = ?::jsonb, failures = ?, since = ?,"
                + " tried_at = ?, failing = ?, due = ? where"
                + KEY
                + " and fence = ?",
            state.outcome().name(),
            reason(state),
            state.failures(),
            state.since(),
            state.triedAt().orElse(null),
            state.failing(),
            due,
            task.stack().value(),
            task.part().id().resource(),
            task.part().id().cloud().text(),
            task.part().id().region(),
            task.part().generation(),
            vantage.toString(),
            task.probe().toString(),
            task.fence())
        == 1;
  }

  /**
   * Whether a probe is answered from another place than this, by what was asked in the last five
   * minutes.
   */
  boolean isAnsweredElsewhere(ProbeTask task, Vantage vantage, Instant now) {
    return !query(
            ANSWERED_ELSEWHERE,
            row -> 1,
            task.stack().value(),
            task.part().id().resource(),
            task.part().id().cloud().text(),
            task.part().id().region(),
            task.part().generation(),
            task.probe().toString(),
            vantage.toString(),
            now)
        .isEmpty();
  }

  /** Of a stack, from everywhere. */
  List<ProbeResult> of(StackId stack) {
    return query(
        "select * from part_probe where stack = ?"
            + " order by resource, cloud, region, generation, probe, vantage",
        row -> {
          ProbeTask task = task(row);
          return new ProbeResult(
              task.part().id(),
              task.probe(),
              Vantage.parse(row.getString("vantage")),
              task.address(),
              task.tries(),
              task.after().toSeconds(),
              task.state());
        },
        stack.value());
  }

  /** Forgets what was asked from where no server of ours stands any more. */
  void forgetAbandoned(Instant dueBefore) {
    update("delete from part_probe where due < ?", dueBefore);
  }

  /** A stack is to be looked at: what its probes say of it has changed. */
  void wake(StackId stack, Instant now) {
    update(
        "update stack_work set due = least(due, ?), woken = true where stack = ? and due is not null",
        now,
        stack.value());
  }

  /** How many servers fail a probe, by cloud; clouds with probes in which none does, too. */
  Map<CloudId, Integer> failing() {
    Map<CloudId, Integer> failing = new TreeMap<>();
    query(
        "select cloud, count(distinct (stack, resource, region, generation)) filter (where failing)"
            + " as failing from part_probe group by cloud",
        row -> failing.put(new CloudId(row.getString("cloud")), row.getInt("failing")));
    return failing;
  }

  private static String reason(ProbeState state) {
    return state.reason().map(why -> PhraseJson.write(why).toString()).orElse(null);
  }

  private static ProbeTask task(ResultSet row) throws SQLException {
    String reason = row.getString("reason");
    OffsetDateTime tried = row.getObject("tried_at", OffsetDateTime.class);
    return new ProbeTask(
        new StackId(row.getObject("stack", UUID.class)),
        new PartKey(
            new PartId(
                row.getString("resource"),
                new CloudId(row.getString("cloud")),
                row.getString("region")),
            row.getInt("generation")),
        Probe.parse(row.getString("probe")),
        Optional.ofNullable(row.getString("address")),
        row.getInt("tries"),
        Duration.ofSeconds(row.getLong("after_seconds")),
        Duration.ofSeconds(row.getLong("pause_seconds")),
        new ProbeState(
            ProbeState.Outcome.valueOf(row.getString("outcome")),
            Optional.ofNullable(reason).map(ProbeStore::phrase),
            row.getInt("failures"),
            row.getObject("since", OffsetDateTime.class).toInstant(),
            Optional.ofNullable(tried).map(OffsetDateTime::toInstant),
            row.getBoolean("failing")),
        row.getLong("fence"));
  }

  private static Phrase phrase(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return PhraseJson.read(reader.readObject());
    }
  }

  private <T> List<T> query(String sql, Row<T> row, Object... values) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      try (ResultSet rows = statement.executeQuery()) {
        List<T> found = new ArrayList<>();
        while (rows.next()) {
          found.add(row.read(rows));
        }
        return found;
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private int update(String sql, Object... values) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static IllegalStateException failed(SQLException e) {
    return new IllegalStateException("cannot keep probes: " + e.getMessage(), e);
  }

  private static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value instanceof Instant instant) {
        statement.setObject(i + 1, instant.atOffset(ZoneOffset.UTC));
      } else if (value == null) {
        statement.setNull(i + 1, Types.NULL);
      } else {
        statement.setObject(i + 1, value);
      }
    }
  }
}
