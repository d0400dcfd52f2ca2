package io.isthmus.domain.keypair;

import io.isthmus.domain.access.ProjectId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Key pairs in PostgreSQL. */
@ApplicationScoped
public class KeyPairStore {

  private static final String SELECT =
      "select project, name, public_key, added_by, added_at from key_pair where project = ?";

  private DataSource database;

  @Inject
  KeyPairStore(DataSource database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected KeyPairStore() {}

  /** All of a project, by name. */
  List<KeyPair> list(ProjectId project) {
    return read(SELECT + " order by name collate \"C\"", project.toString());
  }

  Optional<KeyPair> find(ProjectId project, String name) {
    return read(SELECT + " and name = ?", project.toString(), name).stream().findFirst();
  }

  /**
   * How many a project has. Until the end of the transaction nobody else counts those of the same
   * project, so that no two take the last place.
   */
  int count(ProjectId project) {
    try (Connection connection = database.getConnection();
        PreparedStatement lock =
            connection.prepareStatement("select 1 from project where id = ? for no key update");
        PreparedStatement count =
            connection.prepareStatement("select count(*) from key_pair where project = ?")) {
      lock.setString(1, project.toString());
      lock.executeQuery();
      count.setString(1, project.toString());
      try (ResultSet row = count.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    } catch (SQLException e) {
      throw failed("count", project, e);
    }
  }

  /**
   * @return false when the name is taken
   */
  boolean add(KeyPair pair) {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into key_pair (project, name, public_key, added_by, added_at)"
                    + " values (?, ?, ?, ?, ?) on conflict do nothing")) {
      insert.setString(1, pair.project().toString());
      insert.setString(2, pair.name());
      insert.setString(3, pair.key().text());
      insert.setString(4, pair.addedBy());
      insert.setObject(5, pair.addedAt().atOffset(ZoneOffset.UTC));
      return insert.executeUpdate() == 1;
    } catch (SQLException e) {
      throw failed("keep", pair.project(), e);
    }
  }

  /**
   * @return false when there is none
   */
  boolean remove(ProjectId project, String name) {
    try (Connection connection = database.getConnection();
        PreparedStatement delete =
            connection.prepareStatement("delete from key_pair where project = ? and name = ?")) {
      delete.setString(1, project.toString());
      delete.setString(2, name);
      return delete.executeUpdate() == 1;
    } catch (SQLException e) {
      throw failed("remove", project, e);
    }
  }

  private List<KeyPair> read(String sql, String... values) {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        select.setString(i + 1, values[i]);
      }
      List<KeyPair> found = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(
              new KeyPair(
                  ProjectId.parse(row.getString("project")),
                  row.getString("name"),
                  PublicKey.parse(row.getString("public_key")),
                  row.getString("added_by"),
                  row.getObject("added_at", OffsetDateTime.class).toInstant()));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read key pairs", e);
    }
  }

  private static IllegalStateException failed(String what, ProjectId project, SQLException e) {
    return new IllegalStateException("cannot " + what + " key pairs of " + project, e);
  }
}
