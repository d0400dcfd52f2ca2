package io.isthmus.domain.placement;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.encryption.SecretBox;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.template.KeptImage;
import io.isthmus.domain.template.TemplateSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Plans in PostgreSQL. */
@ApplicationScoped
public class JdbcPlanStore implements PlanStore {

  private static final String COLUMNS =
      "id, project, name, template, shown_parameters, policy, placement, fingerprint, created_at,"
          + " expires_at, created_by, accepted_at, planned_update";

  private DataSource database;
  private SecretBox box;

  @Inject
  JdbcPlanStore(DataSource database, SecretBox box) {
    this.database = database;
    this.box = box;
  }

  /** For the container's proxies. */
  protected JdbcPlanStore() {}

  @Override
  public void add(Plan plan, JsonObject parameters) {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into plan ("
                    + COLUMNS
                    + ", parameters, addresses_of, probed, standby)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null, ?, ?, ?, ?, ?)")) {
      insert.setObject(1, plan.id().value());
      insert.setString(2, plan.project().toString());
      insert.setString(3, plan.name());
      insert.setString(4, template(plan.template()).toString());
      insert.setString(5, plan.parameters().toString());
      insert.setString(6, plan.policy());
      insert.setString(7, PlacementJson.write(plan.placement()).toString());
      insert.setString(8, plan.fingerprint());
      insert.setObject(9, plan.createdAt().atOffset(ZoneOffset.UTC));
      insert.setObject(10, plan.expiresAt().atOffset(ZoneOffset.UTC));
      insert.setString(11, plan.createdBy());
      insert.setString(
          12, plan.update().map(update -> UpdateJson.write(update).toString()).orElse(null));
      insert.setString(13, box.seal(parameters.toString(), binding(plan.id())));
      insert.setObject(14, plan.update().map(update -> update.addressesOf().value()).orElse(null));
      insert.setBoolean(
          15,
          plan.placement().parts().stream()
              .flatMap(part -> part.failover().stream())
              .anyMatch(failover -> !failover.probes().isEmpty()));
      insert.setBoolean(
          16,
          plan.placement().parts().stream()
              .flatMap(part -> part.failover().stream())
              .anyMatch(failover -> failover.mode() == Failover.Mode.STANDBY));
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot keep plan " + plan.id(), e);
    }
  }

  private static String binding(PlanId id) {
    return "plan/" + id;
  }

  @Override
  public Optional<Plan> find(PlanId id) {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement("select " + COLUMNS + " from plan where id = ?")) {
      select.setObject(1, id.value());
      return read(select).stream().findFirst();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read plan " + id, e);
    }
  }

  @Override
  public PlanId addressesOf(PlanId plan) {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement("select addresses_of from plan where id = ?")) {
      select.setObject(1, plan.value());
      try (ResultSet row = select.executeQuery()) {
        UUID first = row.next() ? row.getObject(1, UUID.class) : null;
        return first == null ? plan : new PlanId(first);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read whose addresses plan " + plan + " has", e);
    }
  }

  @Override
  public JsonObject parameters(Plan plan) {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement("select parameters from plan where id = ?")) {
      select.setObject(1, plan.id().value());
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException("plan " + plan.id() + " is gone");
        }
        return json(box.open(row.getString(1), binding(plan.id())));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the parameters of plan " + plan.id(), e);
    }
  }

  @Override
  public List<Plan> list(
      ProjectId project, PlanFilter filter, Optional<Position> before, int limit) {
    StringBuilder sql = new StringBuilder("select " + COLUMNS + " from plan where project = ?");
    List<Object> values = new ArrayList<>(List.of(project.toString()));
    filter
        .name()
        .ifPresent(
            part -> {
              sql.append(" and position(lower(?) in lower(name)) > 0");
              values.add(part);
            });
    filter
        .accepted()
        .ifPresent(yes -> sql.append(" and accepted_at is " + (yes ? "not null" : "null")));
    before.ifPresent(
        position -> {
          sql.append(" and (created_at, id) < (?, ?)");
          values.add(position.createdAt().atOffset(ZoneOffset.UTC));
          values.add(position.plan().value());
        });
    sql.append(" order by created_at desc, id desc limit ?");
    values.add(limit);
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(sql.toString())) {
      for (int i = 0; i < values.size(); i++) {
        select.setObject(i + 1, values.get(i));
      }
      return read(select);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot list the plans of " + project, e);
    }
  }

  @Override
  public boolean accept(PlanId id, Instant now) {
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "update plan set accepted_at = ? where id = ? and accepted_at is null")) {
      update.setObject(1, now.atOffset(ZoneOffset.UTC));
      update.setObject(2, id.value());
      return update.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot accept plan " + id, e);
    }
  }

  @Override
  public boolean remove(PlanId id) {
    try (Connection connection = database.getConnection();
        PreparedStatement delete =
            connection.prepareStatement("delete from plan where id = ? and accepted_at is null")) {
      delete.setObject(1, id.value());
      return delete.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot remove plan " + id, e);
    }
  }

  @Override
  public void removeUnused(Instant expiredBefore) {
    try (Connection connection = database.getConnection();
        PreparedStatement delete =
            connection.prepareStatement(
                "delete from plan where accepted_at is null and expires_at < ?")) {
      delete.setObject(1, expiredBefore.atOffset(ZoneOffset.UTC));
      delete.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot remove expired plans", e);
    }
  }

  private static List<Plan> read(PreparedStatement select) throws SQLException {
    List<Plan> plans = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        plans.add(
            new Plan(
                new PlanId(row.getObject("id", UUID.class)),
                ProjectId.parse(row.getString("project")),
                row.getString("name"),
                template(json(row.getString("template"))),
                json(row.getString("shown_parameters")),
                row.getString("policy"),
                (Placement.Placed) PlacementJson.read(json(row.getString("placement"))),
                row.getString("fingerprint"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                row.getString("created_by"),
                Optional.ofNullable(row.getObject("accepted_at", OffsetDateTime.class))
                    .map(OffsetDateTime::toInstant),
                Optional.ofNullable(row.getString("planned_update"))
                    .map(text -> UpdateJson.read(json(text)))));
      }
    }
    return plans;
  }

  private static JsonObject template(TemplateSource template) {
    JsonObjectBuilder files = Json.createObjectBuilder();
    template.files().forEach(files::add);
    JsonObjectBuilder registry = Json.createObjectBuilder();
    template.registry().forEach(registry::add);
    JsonObjectBuilder keyPairs = Json.createObjectBuilder();
    template.keyPairs().forEach(keyPairs::add);
    JsonObjectBuilder images = Json.createObjectBuilder();
    template.images().forEach((name, image) -> images.add(name, image.toJson()));
    return Json.createObjectBuilder()
        .add("text", template.text())
        .add("files", files)
        .add("registry", registry)
        .add("keyPairs", keyPairs)
        .add("images", images)
        .build();
  }

  private static TemplateSource template(JsonObject json) {
    return new TemplateSource(
        json.getString("text"),
        texts(json, "files"),
        texts(json, "registry"),
        texts(json, "keyPairs"),
        images(json));
  }

  /** Empty for what the version before did not write. */
  private static Map<String, KeptImage> images(JsonObject json) {
    Map<String, KeptImage> images = new LinkedHashMap<>();
    if (json.containsKey("images")) {
      json.getJsonObject("images")
          .forEach((name, image) -> images.put(name, KeptImage.of(image.asJsonObject())));
    }
    return images;
  }

  /** Empty for what the version before did not write. */
  private static Map<String, String> texts(JsonObject json, String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (json.containsKey(key)) {
      json.getJsonObject(key)
          .forEach((name, text) -> texts.put(name, ((JsonString) text).getString()));
    }
    return texts;
  }

  private static JsonObject json(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }
}
