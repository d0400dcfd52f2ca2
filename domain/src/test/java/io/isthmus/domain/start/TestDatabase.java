package io.isthmus.domain.start;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * A migrated database of its own on a real PostgreSQL that all tests of one run share, with the
 * persistence unit over it. To make one takes half a second, so that one that was closed is emptied
 * and lent again, unless something was changed in it beside its rows, or is at work in it still.
 */
public final class TestDatabase implements AutoCloseable {

  private static final String MIGRATED = "migrated";

  /** Where the template keeps the rows that migrations have written. */
  private static final String SEED = "seed";

  /** All but what migrations say of themselves. */
  private static final String TABLES =
      "select relname from pg_class where relkind = 'r'"
          + " and relnamespace = 'public'::regnamespace and relname <> 'flyway_schema_history'";

  /** Sequences from which JPA takes numbers ahead go on; all others begin again. */
  private static final String SEQUENCES =
      "select sequencename from pg_sequences where schemaname = 'public' and increment_by = 1";

  /** Differs when tables, constraints, indexes, triggers or functions do. */
  private static final String SHAPE =
      "select concat_ws(' ', (select count(*) from pg_class),"
          + " (select count(*) || '/' || max(xmin::text::bigint) from pg_attribute),"
          + " (select count(*) || '/' || max(xmin::text::bigint) from pg_constraint),"
          + " (select count(*) || '/' || max(xmin::text::bigint) from pg_index),"
          + " (select count(*) || '/' || max(xmin::text::bigint) from pg_trigger),"
          + " (select count(*) || '/' || max(xmin::text::bigint) from pg_proc))";

  /** How long what was begun may take to end. */
  private static final Duration TO_END = Duration.ofMillis(500);

  private static EmbeddedPostgres server;
  private static boolean isMigrated;
  private static final Queue<Kept> FREE = new ConcurrentLinkedQueue<>();

  private final Kept kept;
  private final DataSource dataSource;
  private volatile boolean isClosed;

  /**
   * One that is lent again and again.
   *
   * @param shape as it was when it was made
   * @param clearing makes it what it was then
   */
  private record Kept(
      HikariDataSource pool, EntityManagerFactory factory, String shape, String clearing) {

    static Kept make() {
      String name = "test_" + UUID.randomUUID().toString().replace("-", "");
      create(name + " template " + migrated());
      HikariDataSource pool = pooled(server().getDatabase("postgres", name));
      EntityManagerFactory factory =
          Persistence.createEntityManagerFactory(
              "isthmus",
              Map.of(
                  "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                  "jakarta.persistence.nonJtaDataSource", pool,
                  "eclipselink.weaving", "false",
                  "eclipselink.logging.level", "SEVERE"));
      StringBuilder clearing = new StringBuilder("set local session_replication_role = replica;");
      list(pool, TABLES).forEach(table -> clearing.append("delete from " + table + ";"));
      list(pool, "select relname from pg_class where relnamespace = '" + SEED + "'::regnamespace")
          .forEach(
              table ->
                  clearing.append(
                      "insert into %s overriding system value select * from %s.%s;"
                          .formatted(table, SEED, table)));
      list(pool, SEQUENCES)
          .forEach(sequence -> clearing.append("alter sequence " + sequence + " restart;"));
      return new Kept(pool, factory, list(pool, SHAPE).get(0), clearing.toString());
    }

    boolean isAsItWas() {
      long end = System.nanoTime() + TO_END.toNanos();
      while (pool.getHikariPoolMXBean() != null
          && pool.getHikariPoolMXBean().getActiveConnections() > 0) {
        if (System.nanoTime() > end) {
          return false;
        }
        Thread.onSpinWait();
      }
      return list(pool, SHAPE).get(0).equals(shape);
    }

    Kept empty() {
      factory.getCache().evictAll();
      execute(pool, clearing);
      return this;
    }

    /** With whatever its sessions hold. */
    void rest() {
      if (pool.getHikariPoolMXBean() != null) {
        pool.getHikariPoolMXBean().softEvictConnections();
      }
    }

    void close() {
      factory.close();
      pool.close();
    }
  }

  private TestDatabase(Kept kept) {
    this.kept = kept;
    // Whoever is at work still when a test is over shall not be so in the next one.
    dataSource =
        (DataSource)
            Proxy.newProxyInstance(
                TestDatabase.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (self, method, arguments) -> {
                  if (method.getName().equals("getConnection")) {
                    requireOpen();
                  }
                  try {
                    return method.invoke(kept.pool(), arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
  }

  public static TestDatabase create() {
    Kept free = FREE.poll();
    return new TestDatabase(free == null ? Kept.make() : free.empty());
  }

  private void requireOpen() throws SQLException {
    if (isClosed) {
      throw new SQLException("the test that had this database is over");
    }
  }

  /** Since each connection is a process of the server's, which takes longer than most questions. */
  private static HikariDataSource pooled(DataSource database) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database);
    config.setMinimumIdle(0);
    config.setMaximumPoolSize(40);
    config.setIdleTimeout(Duration.ofSeconds(10).toMillis());
    return new HikariDataSource(config);
  }

  private static void create(String database) {
    execute(server().getPostgresDatabase(), "create database " + database);
  }

  /** One in which nothing is yet, for who tries migrations. */
  static DataSource empty() {
    String name = "empty_" + UUID.randomUUID().toString().replace("-", "");
    create(name);
    return server().getDatabase("postgres", name);
  }

  /** The database that all others are copies of: to copy takes a tenth of the time to migrate. */
  private static synchronized String migrated() {
    if (!isMigrated) {
      create(MIGRATED);
      DataSource template = server().getDatabase("postgres", MIGRATED);
      Flyway.configure().dataSource(template).locations("classpath:db/migration").load().migrate();
      execute(template, "create schema " + SEED);
      for (String table : list(template, TABLES)) {
        if (!list(template, "select 1 from " + table + " limit 1").isEmpty()) {
          execute(template, "create table %s.%s as select * from %s".formatted(SEED, table, table));
        }
      }
      isMigrated = true;
    }
    return MIGRATED;
  }

  private static synchronized EmbeddedPostgres server() {
    if (server == null) {
      try {
        // Nothing has to outlive the run: to write through takes most of the time otherwise.
        server =
            EmbeddedPostgres.builder()
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("fsync", "off")
                .setServerConfig("full_page_writes", "off")
                .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return server;
  }

  /** Forgets every cloud, tenant and what hangs on them. */
  public void clear() {
    execute("truncate cloud, cloud_operator, tenant cascade");
  }

  public void execute(String sql) {
    execute(dataSource, sql);
  }

  private static void execute(DataSource where, String sql) {
    try (Connection connection = where.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static List<String> list(DataSource where, String sql) {
    try (Connection connection = where.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  public DataSource dataSource() {
    return dataSource;
  }

  /**
   * The store that is made from an entity manager, each of whose calls is one transaction, as
   * {@code @Transactional} makes it in the server.
   */
  public <T> T transactional(Class<T> port, Function<EntityManager, ? extends T> store) {
    Object proxy =
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (self, method, arguments) -> {
              requireOpen();
              EntityManager entities = kept.factory().createEntityManager();
              try {
                entities.getTransaction().begin();
                Object result = method.invoke(store.apply(entities), arguments);
                entities.getTransaction().commit();
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              } finally {
                if (entities.getTransaction().isActive()) {
                  entities.getTransaction().rollback();
                }
                entities.close();
              }
            });
    return port.cast(proxy);
  }

  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    if (kept.isAsItWas()) {
      kept.rest();
      FREE.add(kept);
    } else {
      kept.close();
    }
  }
}
