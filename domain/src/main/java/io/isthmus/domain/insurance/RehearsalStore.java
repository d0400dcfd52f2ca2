package io.isthmus.domain.insurance;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.placement.LossJson;
import io.isthmus.domain.stack.StackId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Rehearsals in PostgreSQL. */
@ApplicationScoped
public class RehearsalStore {

  private static final String COLUMNS =
      "id, stack, tenant, project, name, cloud, mode, asked_by, asked_at, report";
  private static final String NEWEST = " where stack = ? order by asked_at desc, id";

  /** The columns of both tables that have the same name are told apart by the prefix. */
  private static final String FIND =
      "select h.id, h.stack as of_stack, h.tenant, h.project, h.name, h.cloud as of_cloud,"
          + " h.asked_by as played_by, h.asked_at, h.report, r.*"
          + " from rehearsal h left join rehearsal_run r on r.rehearsal = h.id";

  private Sql sql;

  @Inject
  RehearsalStore(DataSource database) {
    this.sql = new Sql(database);
  }

  /** For the container's proxies. */
  protected RehearsalStore() {}

  /**
   * Keeps one.
   *
   * @param most how many of the same stack are kept, the newest
   */
  void add(Rehearsal one, int most) {
    sql.update(
        "insert into rehearsal (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)",
        one.id(),
        one.stack().value(),
        one.project().tenant(),
        one.project().project(),
        one.stackName(),
        one.cloud().text(),
        // The version before knows no other; what was played really has a run.
        Rehearsal.Mode.DRY.name(),
        one.askedBy(),
        one.askedAt(),
        LossJson.write(one.report()).toString());
    sql.update(
        "delete from rehearsal where id in (select id from rehearsal"
            + NEWEST
            + " offset ?) and id not in (select rehearsal from rehearsal_run where phase <> 'ENDED')",
        one.stack().value(),
        most);
    sql.update(
        "delete from rehearsal_run where stack = ? and phase = 'ENDED'"
            + " and rehearsal not in (select id from rehearsal where stack = ?)",
        one.stack().value(),
        one.stack().value());
  }

  /** Those of a stack, the newest first. */
  List<Rehearsal> list(StackId stack, int limit) {
    return sql.query(
        FIND + " where h.stack = ? order by h.asked_at desc, h.id limit ?",
        RehearsalStore::read,
        stack.value(),
        limit);
  }

  Optional<Rehearsal> find(UUID id) {
    return sql.query(FIND + " where h.id = ?", RehearsalStore::read, id).stream().findFirst();
  }

  private static Rehearsal read(ResultSet row) throws SQLException {
    return new Rehearsal(
        row.getObject("id", UUID.class),
        new StackId(row.getObject("of_stack", UUID.class)),
        new ProjectId(row.getString("tenant"), row.getString("project")),
        row.getString("name"),
        new CloudId(row.getString("of_cloud")),
        row.getString("played_by"),
        Sql.instant(row, "asked_at"),
        LossJson.read(Sql.object(row.getString("report"))),
        Sql.maybe(row, "rehearsal").isPresent()
            ? Optional.of(RehearsalRunStore.read(row))
            : Optional.empty());
  }
}
