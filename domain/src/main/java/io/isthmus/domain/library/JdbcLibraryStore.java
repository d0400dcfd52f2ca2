package io.isthmus.domain.library;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.template.TemplateSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Saved templates and policies in PostgreSQL. */
@ApplicationScoped
public class JdbcLibraryStore implements LibraryStore {

  private static final String SELECT =
      "select i.project, i.kind, i.name, v.version, i.latest, v.description, v.text, v.files,"
          + " v.environment, v.saved_at, v.saved_by, i.is_default from saved_item i join saved_version v"
          + " on v.project = i.project and v.kind = i.kind and v.name = i.name ";

  private DataSource database;

  @Inject
  JdbcLibraryStore(DataSource database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected JdbcLibraryStore() {}

  @Override
  public List<SavedItem> list(ProjectId project, ItemKind kind) {
    return read(
        "where i.project = ? and i.kind = ? and v.version = i.latest order by i.name",
        project.toString(),
        kind.name());
  }

  @Override
  public List<SavedItem> versions(ProjectId project, ItemKind kind, String name) {
    return read(
        "where i.project = ? and i.kind = ? and i.name = ? order by v.version desc",
        project.toString(),
        kind.name(),
        name);
  }

  @Override
  public Optional<SavedItem> defaultPolicy(ProjectId project) {
    return read("where i.project = ? and i.is_default and v.version = i.latest", project.toString())
        .stream()
        .findFirst();
  }

  @Override
  public Optional<Integer> add(SaveItem item, String savedBy) {
    // One statement, so that a version is never counted without being there.
    String count =
        item.seen() == 0
            ? "insert into saved_item (project, kind, name, latest, is_default)"
                + " values (?, ?, ?, ? + 1, false) on conflict (project, kind, name) do nothing"
            : "update saved_item set latest = latest + 1"
                + " where project = ? and kind = ? and name = ? and latest = ?";
    String sql =
        "with counted as ("
            + count
            + " returning project, kind, name, latest) insert into saved_version (project, kind,"
            + " name, version, description, text, files, environment, saved_at, saved_by) select project,"
            + " kind, name, latest, ?, ?, ?, ?, now(), ? from counted returning version";
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, item.project().toString());
      insert.setString(2, item.kind().name());
      insert.setString(3, item.name());
      insert.setInt(4, item.seen());
      insert.setString(5, item.description());
      insert.setString(6, item.source().text());
      insert.setString(7, files(item.source()).toString());
      insert.setString(8, item.environment());
      insert.setString(9, savedBy);
      try (ResultSet row = insert.executeQuery()) {
        return row.next() ? Optional.of(row.getInt(1)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw failed("save", item.project(), e);
    }
  }

  @Override
  public boolean remove(ProjectId project, ItemKind kind, String name, OptionalLong latest) {
    List<String> values = new ArrayList<>(List.of(project.toString(), kind.name(), name));
    latest.ifPresent(version -> values.add(Long.toString(version)));
    return update(
            project,
            "delete from saved_item where project = ? and kind = ? and name = ?"
                + (latest.isPresent() ? " and latest::text = ?" : ""),
            values.toArray(String[]::new))
        > 0;
  }

  @Override
  public boolean makeDefault(ProjectId project, Optional<String> name) {
    if (name.isEmpty()) {
      update(
          project,
          "update saved_item set is_default = false where project = ? and is_default",
          project.toString());
      return true;
    }
    // Nothing changes when there is no such policy. The constraint is checked at the end.
    return update(
            project,
            "update saved_item set is_default = (name = ?) where project = ? and kind = 'POLICY'"
                + " and exists (select 1 from saved_item w where w.project = ?"
                + " and w.kind = 'POLICY' and w.name = ?)",
            name.get(),
            project.toString(),
            project.toString(),
            name.get())
        > 0;
  }

  private int update(ProjectId project, String sql, String... parameters) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw failed("change", project, e);
    }
  }

  private List<SavedItem> read(String where, String... parameters) {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(SELECT + where)) {
      for (int i = 0; i < parameters.length; i++) {
        select.setString(i + 1, parameters[i]);
      }
      List<SavedItem> found = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(item(row));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read saved templates and policies", e);
    }
  }

  private static SavedItem item(ResultSet row) throws SQLException {
    return new SavedItem(
        ProjectId.parse(row.getString("project")),
        ItemKind.valueOf(row.getString("kind")),
        row.getString("name"),
        row.getInt("version"),
        row.getInt("latest"),
        row.getString("description"),
        new TemplateSource(row.getString("text"), files(row.getString("files"))),
        row.getString("environment"),
        row.getObject("saved_at", OffsetDateTime.class).toInstant(),
        row.getString("saved_by"),
        row.getBoolean("is_default"));
  }

  private static JsonObject files(TemplateSource source) {
    JsonObjectBuilder files = Json.createObjectBuilder();
    new TreeMap<>(source.files()).forEach(files::add);
    return files.build();
  }

  private static Map<String, String> files(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      JsonObject files = reader.readObject();
      Map<String, String> read = new LinkedHashMap<>();
      files.keySet().forEach(name -> read.put(name, files.getString(name)));
      return read;
    }
  }

  private static IllegalStateException failed(String what, ProjectId project, SQLException e) {
    return new IllegalStateException("cannot " + what + " templates and policies of " + project, e);
  }
}
