package io.isthmus.domain.cloud;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Keeps a project's ways into clouds from being taken away while something is put there: whoever
 * removes a cloud or an access waits for the end of the transaction, and sees then what uses it.
 */
@ApplicationScoped
public class AccessHolds {

  private DataSource database;

  /**
   * @param database hands out the connection of the current transaction
   */
  @Inject
  AccessHolds(DataSource database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected AccessHolds() {}

  /**
   * Holds until the current transaction ends.
   *
   * @throws FederationFault CONFLICT when an access has been taken away already
   */
  public void hold(ProjectId project, Collection<CloudId> clouds) {
    TreeSet<String> missing =
        clouds.stream().map(CloudId::text).collect(Collectors.toCollection(TreeSet::new));
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "select cloud from cloud_access where project = ? and cloud = any (?)"
                    + " order by cloud for key share")) {
      statement.setString(1, project.toString());
      statement.setArray(2, connection.createArrayOf("text", missing.toArray()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          missing.remove(row.getString(1));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the database did not hold accesses: " + e.getMessage(), e);
    }
    if (!missing.isEmpty()) {
      throw new FederationFault(
          FaultCode.CONFLICT, Phrase.of("cloud.access-gone", project, String.join(", ", missing)));
    }
  }
}
