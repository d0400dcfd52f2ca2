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
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * A migrated database of its own on a real PostgreSQL that all tests of one run share, with the
 * persistence unit over it.
 */
public final class TestDatabase implements AutoCloseable {

  private static final String MIGRATED = "migrated";

  private static EmbeddedPostgres server;
  private static boolean isMigrated;

  private final HikariDataSource dataSource;
  private final EntityManagerFactory factory;

  private TestDatabase(HikariDataSource dataSource) {
    this.dataSource = dataSource;
    factory =
        Persistence.createEntityManagerFactory(
            "isthmus",
            Map.of(
                "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                "jakarta.persistence.nonJtaDataSource", dataSource,
                "eclipselink.weaving", "false",
                "eclipselink.logging.level", "SEVERE"));
  }

  public static TestDatabase create() {
    String name = "test_" + UUID.randomUUID().toString().replace("-", "");
    create(name + " template " + migrated());
    return new TestDatabase(pool(server().getDatabase("postgres", name)));
  }

  /** Since each connection is a process of the server's, which takes longer than most questions. */
  private static HikariDataSource pool(DataSource database) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database);
    config.setMinimumIdle(0);
    config.setMaximumPoolSize(40);
    config.setIdleTimeout(Duration.ofSeconds(10).toMillis());
    return new HikariDataSource(config);
  }

  private static void create(String database) {
    try (Connection connection = server().getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + database);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The database that all others are copies of: to copy takes a tenth of the time to migrate. */
  private static synchronized String migrated() {
    if (!isMigrated) {
      create(MIGRATED);
      Flyway.configure()
          .dataSource(server().getDatabase("postgres", MIGRATED))
          .locations("classpath:db/migration")
          .load()
          .migrate();
      isMigrated = true;
    }
    return MIGRATED;
  }

  private static synchronized EmbeddedPostgres server() {
    if (server == null) {
      try {
        server =
            EmbeddedPostgres.builder().setServerConfig("listen_addresses", "127.0.0.1").start();
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
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
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
              EntityManager entities = factory.createEntityManager();
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
    factory.close();
    dataSource.close();
  }
}
