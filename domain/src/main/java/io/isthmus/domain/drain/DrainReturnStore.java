package io.isthmus.domain.drain;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.database.Sql;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.placement.HeldJson;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.stack.StackId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;

/** Stacks on their way back in PostgreSQL, each carried on under a lease with a fencing number. */
@ApplicationScoped
public class DrainReturnStore {

  /** Of one drain only as many move at the same time as it moved at the same time. */
  private static final String TAKE =
      """
      with due as materialized (select o.drain, o.stack from drain_return o join drain d on d.id = o.drain
        where o.next_run <= ? and (o.lease_until is null or o.lease_until < ?)
          and (o.state = 'MOVING' or d.at_once > (select count(*) from drain_return m
            where m.drain = o.drain and m.stack <> o.stack and (m.state = 'MOVING' or m.lease_until >= ?)))
        order by o.next_run, o.name, o.stack limit 1 for update of o skip locked)
      update drain_return r set lease_until = ?, fence = r.fence + 1 from due
      where r.drain = due.drain and r.stack = due.stack returning r.*
      """;

  private Sql sql;

  @Inject
  DrainReturnStore(DataSource database) {
    this.sql = new Sql(database);
  }

  /** For the container's proxies. */
  protected DrainReturnStore() {}

  /** A stack that is to be carried on, and by whose leave. */
  record Turn(DrainReturn row, long fence) {}

  /** Another has the turn by now. */
  static final class TurnLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TurnLost(DrainReturn row) {
      super("the turn of stack " + row.stack() + " on its way back was lost");
    }
  }

  /** One that is there stays as it is. */
  void add(DrainReturn row) {
    sql.update(
        """
        insert into drain_return (drain, stack, tenant, project, name, homes, state, held, tries, asked_by,
          asked_by_subject, changed_at, next_run) values (?, ?, ?, ?, ?, ?::jsonb, ?, '[]'::jsonb, 0, ?, ?, ?, ?)
        on conflict (drain, stack) do nothing
        """,
        row.drain(),
        row.stack().value(),
        row.project().tenant(),
        row.project().project(),
        row.name(),
        write(row.homes()).toString(),
        row.state().name(),
        row.askedBy(),
        row.askedBySubject(),
        row.changedAt(),
        row.changedAt());
  }

  /** All of a drain, in the order in which they are moved. */
  List<DrainReturn> of(UUID drain) {
    return sql.query(
        "select * from drain_return where drain = ? order by tenant, project, name, stack",
        DrainReturnStore::row,
        drain);
  }

  Optional<Turn> take(Instant until, Instant now) {
    return sql
        .query(TAKE, row -> new Turn(row(row), row.getLong("fence")), now, now, now, until)
        .stream()
        .findFirst();
  }

  /**
   * Writes how far it is, and gives the turn back.
   *
   * @param due when it is looked at again; empty when nothing is left to do
   * @throws TurnLost when another has it; then nothing is written
   */
  void release(Turn turn, DrainReturn next, Optional<Instant> due) {
    int written =
        sql.update(
            """
            update drain_return set state = ?, plan = ?::uuid, why = ?::jsonb, held = ?::jsonb, tries = ?,
              changed_at = ?, next_run = ?::timestamptz, lease_until = null
              where drain = ? and stack = ? and fence = ?
            """,
            next.state().name(),
            next.plan().map(plan -> plan.value().toString()),
            next.why().map(Sql::text),
            HeldJson.write(next.held()).toString(),
            next.tries(),
            next.changedAt(),
            due.map(Instant::toString),
            next.drain(),
            next.stack().value(),
            turn.fence());
    if (written != 1) {
      throw new TurnLost(next);
    }
  }

  private static DrainReturn row(ResultSet row) throws SQLException {
    return new DrainReturn(
        row.getObject("drain", UUID.class),
        new StackId(row.getObject("stack", UUID.class)),
        new ProjectId(row.getString("tenant"), row.getString("project")),
        row.getString("name"),
        read(Sql.object(row.getString("homes"))),
        DrainReturn.State.valueOf(row.getString("state")),
        Optional.ofNullable(row.getObject("plan", UUID.class)).map(PlanId::new),
        Sql.maybe(row, "why").map(Sql::phrase),
        DrainStore.held(row.getString("held")),
        row.getInt("tries"),
        row.getString("asked_by"),
        row.getString("asked_by_subject"),
        Sql.instant(row, "changed_at"));
  }

  private static JsonObject write(Map<String, Place> homes) {
    JsonObjectBuilder json = Json.createObjectBuilder();
    new TreeMap<>(homes)
        .forEach(
            (path, home) -> {
              JsonObjectBuilder place =
                  Json.createObjectBuilder()
                      .add("cloud", home.cloud().text())
                      .add("region", home.region());
              home.availabilityZone().ifPresent(zone -> place.add("availability_zone", zone));
              json.add(path, place);
            });
    return json.build();
  }

  private static Map<String, Place> read(JsonObject json) {
    Map<String, Place> homes = new TreeMap<>();
    json.keySet()
        .forEach(
            path -> {
              JsonObject place = json.getJsonObject(path);
              homes.put(
                  path,
                  new Place(
                      new CloudId(place.getString("cloud")),
                      place.getString("region"),
                      Optional.ofNullable(place.getString("availability_zone", null))));
            });
    return homes;
  }
}
