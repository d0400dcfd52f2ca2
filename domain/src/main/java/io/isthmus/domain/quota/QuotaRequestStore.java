package io.isthmus.domain.quota;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.Allowance;
import io.isthmus.domain.cloud.Extent;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Requests for more in PostgreSQL. */
@ApplicationScoped
public class QuotaRequestStore {

  private static final String COLUMNS =
      "select id, tenant, project, whose, extent, wanted, reason, asked_by, asked_at, state, decided_by,"
          + " decided_at, answer, granted from quota_request";

  private DataSource database;

  @Inject
  QuotaRequestStore(DataSource database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected QuotaRequestStore() {}

  /**
   * @return false when one of the project for the same part of the federation is open already
   */
  boolean add(QuotaRequest request) {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into quota_request (id, tenant, project, whose, extent, wanted, reason,"
                    + " asked_by, asked_at, state) values (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?)"
                    + " on conflict do nothing")) {
      insert.setObject(1, request.id());
      insert.setString(2, request.project().tenant());
      insert.setString(3, request.project().project());
      insert.setString(4, request.of().name());
      insert.setString(5, request.extent().text());
      insert.setString(6, LimitKind.write(request.wanted()).toString());
      insert.setString(7, request.reason());
      insert.setString(8, request.askedBy());
      insert.setObject(9, request.askedAt().atOffset(ZoneOffset.UTC));
      insert.setString(10, request.state().name());
      return insert.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot keep a request of " + request.project(), e);
    }
  }

  /**
   * @param request as it was decided
   * @return false when it is not open any more; nothing is written then
   */
  boolean decide(QuotaRequest request) {
    QuotaRequest.Decision decision = request.decision().orElseThrow();
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "update quota_request set state = ?, decided_by = ?, decided_at = ?, answer = ?,"
                    + " granted = ?::jsonb where id = ? and state = 'OPEN'")) {
      update.setString(1, request.state().name());
      update.setString(2, decision.by());
      update.setObject(3, decision.at().atOffset(ZoneOffset.UTC));
      update.setString(4, decision.answer());
      update.setString(5, LimitKind.write(decision.granted()).toString());
      update.setObject(6, request.id());
      return update.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot decide the request " + request.id(), e);
    }
  }

  Optional<QuotaRequest> find(UUID id) {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(COLUMNS + " where id = ?")) {
      select.setObject(1, id);
      return read(select).stream().findFirst();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the request " + id, e);
    }
  }

  /** Those of a project or of all, of a state or of each: open ones first, then the newest. */
  List<QuotaRequest> find(
      Optional<ProjectId> project, Optional<QuotaRequest.State> state, int limit) {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                COLUMNS
                    + " where true"
                    + project.map(one -> " and tenant = ? and project = ?").orElse("")
                    + state.map(one -> " and state = ?").orElse("")
                    + " order by state <> 'OPEN', asked_at desc, id limit ?")) {
      int at = 1;
      if (project.isPresent()) {
        select.setString(at++, project.get().tenant());
        select.setString(at++, project.get().project());
      }
      if (state.isPresent()) {
        select.setString(at++, state.get().name());
      }
      select.setInt(at, limit);
      return read(select);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read requests for quota", e);
    }
  }

  private static List<QuotaRequest> read(PreparedStatement select) throws SQLException {
    List<QuotaRequest> requests = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        requests.add(request(row));
      }
    }
    return requests;
  }

  private static QuotaRequest request(ResultSet row) throws SQLException {
    OffsetDateTime decidedAt = row.getObject("decided_at", OffsetDateTime.class);
    Optional<QuotaRequest.Decision> decision =
        decidedAt == null
            ? Optional.empty()
            : Optional.of(
                new QuotaRequest.Decision(
                    row.getString("decided_by"),
                    decidedAt.toInstant(),
                    row.getString("answer"),
                    limits(row.getString("granted"))));
    return new QuotaRequest(
        row.getObject("id", UUID.class),
        new ProjectId(row.getString("tenant"), row.getString("project")),
        Allowance.Of.valueOf(row.getString("whose")),
        Extent.parse(row.getString("extent")),
        limits(row.getString("wanted")),
        row.getString("reason"),
        row.getString("asked_by"),
        row.getObject("asked_at", OffsetDateTime.class).toInstant(),
        QuotaRequest.State.valueOf(row.getString("state")),
        decision);
  }

  private static Map<LimitKind, Long> limits(String text) {
    try (JsonReader limits = Json.createReader(new StringReader(text))) {
      return LimitKind.read(limits.readObject());
    }
  }
}
