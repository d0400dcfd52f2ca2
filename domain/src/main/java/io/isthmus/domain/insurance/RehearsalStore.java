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
        one.mode().name(),
        one.askedBy(),
        one.askedAt(),
        LossJson.write(one.report()).toString());
    sql.update(
        "delete from rehearsal where id in (select id from rehearsal" + NEWEST + " offset ?)",
        one.stack().value(),
        most);
  }

  /** Those of a stack, the newest first. */
  List<Rehearsal> list(StackId stack, int limit) {
    return sql.query(
        "select " + COLUMNS + " from rehearsal" + NEWEST + " limit ?",
        RehearsalStore::read,
        stack.value(),
        limit);
  }

  Optional<Rehearsal> find(UUID id) {
    return sql
        .query("select " + COLUMNS + " from rehearsal where id = ?", RehearsalStore::read, id)
        .stream()
        .findFirst();
  }

  private static Rehearsal read(ResultSet row) throws SQLException {
    return new Rehearsal(
        row.getObject("id", UUID.class),
        new StackId(row.getObject("stack", UUID.class)),
        new ProjectId(row.getString("tenant"), row.getString("project")),
        row.getString("name"),
        new CloudId(row.getString("cloud")),
        Rehearsal.Mode.valueOf(row.getString("mode")),
        row.getString("asked_by"),
        Sql.instant(row, "asked_at"),
        LossJson.read(Sql.object(row.getString("report"))));
  }
}
