package io.isthmus.domain.start;

import io.isthmus.domain.encryption.EncryptionKeys;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Migrates the database and binds the persistence unit before anything else of the application
 * runs. Transactions are bean-managed because a migration inside a JTA transaction is not rolled
 * back when it fails.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class DomainStart {
  @Resource(lookup = "jdbc/isthmus")
  private DataSource dataSource;

  @Inject private Db db;
  @Inject private EncryptionKeys keys;

  /**
   * Reads the encryption keys, so that nothing starts that could not keep a secret, and applies the
   * migrations that the database lacks.
   *
   * @throws IllegalStateException when production has no key or the key file is malformed
   * @throws org.flywaydb.core.api.FlywayException when a migration fails; the deployment then fails
   *     too, with the statement and what PostgreSQL answered
   */
  @PostConstruct
  void start() {
    keys.box();
    migrations(dataSource).migrate();
    db.bind();
  }

  /**
   * Those of the application. Of servers that start together one applies them and the others wait
   * for as long as that takes; what a newer version has applied is left as it is, so that one
   * server after the other can be upgraded and an older one started anew.
   */
  static Flyway migrations(DataSource database) {
    return Flyway.configure(DomainStart.class.getClassLoader())
        .dataSource(database)
        .locations("classpath:db/migration")
        .failOnMissingLocations(true)
        .ignoreMigrationPatterns("*:future")
        .lockRetryCount(-1)
        .load();
  }
}
