import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.AuditLog;
import io.isthmus.domain.audit.AuditRecord;
import io.isthmus.domain.audit.Cadf;
import io.isthmus.domain.audit.Face;
import io.isthmus.domain.audit.JdbcAuditLog;
import io.isthmus.domain.trace.RequestId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Writes audit records into the database of a running Isthmus, each in a transaction of its own as the
 * server writes them, and tells how many a second were written and sealed; by turns with plain inserts
 * of the same texts, which nobody seals.
 *
 * <p>Usage: {@code AuditRecords JDBC_URL USER PASSWORD WRITERS SECONDS ROUNDS}.
 */
final class AuditRecords {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final String url;
  private final String user;
  private final String password;
  private final int writers;
  private final Duration time;

  private AuditRecords(String[] arguments) {
    url = arguments[0];
    user = arguments[1];
    password = arguments[2];
    writers = Integer.parseInt(arguments[3]);
    time = Duration.ofSeconds(Integer.parseInt(arguments[4]));
  }

  public static void main(String[] arguments) throws Exception {
    AuditRecords bench = new AuditRecords(arguments);
    for (int round = 0; round < Integer.parseInt(arguments[5]); round++) {
      bench.plain();
      bench.audited();
    }
  }

  private void plain() throws Exception {
    run("create table bench_plain (id bigint generated always as identity primary key, record text not null)");
    try {
      long written = write(AuditRecords::plainLog);
      System.out.printf("plain inserts: %,d a second%n", written / time.toSeconds());
    } finally {
      run("drop table bench_plain");
    }
  }

  private void audited() throws Exception {
    awaitSealed();
    long before = size();
    Instant start = Instant.now();
    long written = write(JdbcAuditLog::new);
    long sealedMeanwhile = size() - before;
    awaitSealed();
    double all = Duration.between(start, Instant.now()).toMillis() / 1000.0;
    System.out.printf(
        "records: %,d a second written, %,d a second sealed meanwhile; all were sealed after %.1f s, that is %,.0f a second%n",
        written / time.toSeconds(), sealedMeanwhile / time.toSeconds(), all, written / all);
  }

  private interface Logs {
    AuditLog on(DataSource database);
  }

  private long write(Logs logs) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      Instant end = Instant.now().plus(time);
      List<Callable<Long>> tasks = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        tasks.add(() -> writeUntil(end, logs));
      }
      long written = 0;
      for (Future<Long> each : threads.invokeAll(tasks)) {
        written += each.get();
      }
      return written;
    } finally {
      threads.shutdown();
    }
  }

  private long writeUntil(Instant end, Logs logs) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, user, password)) {
      AuditLog log = logs.on(pooled(connection));
      long written = 0;
      while (Instant.now().isBefore(end)) {
        log.add(record());
        written++;
      }
      return written;
    }
  }

  private static AuditLog plainLog(DataSource database) {
    return new AuditLog() {
      @Override
      public void add(AuditRecord record) {
        try (Connection connection = database.getConnection();
            PreparedStatement insert = connection.prepareStatement("insert into bench_plain (record) values (?)")) {
          insert.setString(1, Cadf.write(record));
          insert.executeUpdate();
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
      }

      @Override
      public void addAlone(AuditRecord record) {
        add(record);
      }
    };
  }

  /** Hands out one connection, as a pool does. */
  private static DataSource pooled(Connection connection) {
    Connection lent =
        (Connection)
            Proxy.newProxyInstance(
                AuditRecords.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                  try {
                    return method.getName().equals("close") ? null : method.invoke(connection, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return (DataSource)
        Proxy.newProxyInstance(
            AuditRecords.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> lent);
  }

  private static AuditRecord record() {
    return new AuditRecord(
        UUID.randomUUID(),
        Instant.now().truncatedTo(ChronoUnit.MICROS),
        Face.API,
        Optional.of(new AuditRecord.Actor("3f0b7a52-0f52-4c7e-9f3b-7d6c2b1a0e01", "bench")),
        Optional.of(new ProjectId("acme", "demo")),
        "update/bench",
        new AuditRecord.Target("stack", UUID.randomUUID().toString()),
        Optional.empty(),
        AuditRecord.Outcome.SUCCESS,
        Optional.empty(),
        RequestId.fresh());
  }

  private void awaitSealed() throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    while (number("select count(*) from (select 1 from audit_pending limit 1) as waiting") > 0) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException("not all is sealed after " + PATIENCE);
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private long size() throws SQLException {
    return number("select size from audit_head");
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, user, password);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, user, password);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
