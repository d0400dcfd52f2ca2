package io.isthmus.domain.image;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.start.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Copies in a test's database. */
public final class CopyStores {

  private CopyStores() {}

  public static CopyStore over(TestDatabase database) {
    return new CopyStore(database.dataSource());
  }

  /** A look has told which OpenStack project the access leads into. */
  public static void looked(TestDatabase database, ProjectId project, CloudId cloud, String account)
      throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into cloud_operator (id, name) values ('op', 'Op') on conflict do nothing;
          insert into cloud (id, name, operator, hue, auth_url, endpoint_interface, facts)
            values ('%2$s', '%2$s', 'op', 1, 'https://%2$s.example', 'public', '{}') on conflict do nothing;
          insert into cloud_access (project, cloud, regions, credential) values ('%1$s', '%2$s', '[]', 'x');
          insert into cloud_look (project, cloud, inventory) values ('%1$s', '%2$s', '{"account": "%3$s"}')
          """
              .formatted(project, cloud, account));
    }
  }
}
