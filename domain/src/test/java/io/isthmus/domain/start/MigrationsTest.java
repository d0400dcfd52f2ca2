package io.isthmus.domain.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.database.Sql;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Servers that start on one database. */
class MigrationsTest {

  private final DataSource database = TestDatabase.empty();

  @Test
  void areAppliedOnceByServersThatStartTogetherAndLeaveANewerVersionsAlone() throws Exception {
    Callable<Integer> start = () -> DomainStart.migrations(database).migrate().migrationsExecuted;
    ExecutorService servers = Executors.newFixedThreadPool(2);
    int applied = 0;
    try {
      for (Future<Integer> server : servers.invokeAll(List.of(start, start))) {
        applied += server.get();
      }
    } finally {
      servers.shutdown();
    }
    Sql sql = new Sql(database);
    assertThat(applied)
        .isPositive()
        .isEqualTo(
            sql.query("select count(*) from flyway_schema_history", row -> row.getInt(1)).get(0));

    sql.update(
        "insert into flyway_schema_history (installed_rank, version, description, type, script,"
            + " checksum, installed_by, execution_time, success) values (9999, '9999', 'newer',"
            + " 'SQL', 'V9999__newer.sql', 1, 'test', 1, true)");
    assertThat(start.call()).isZero();
  }
}
