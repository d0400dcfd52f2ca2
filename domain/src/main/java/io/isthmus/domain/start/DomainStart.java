package io.isthmus.domain.start;

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

  /**
   * Applies the migrations that the database lacks.
   *
   * @throws org.flywaydb.core.api.FlywayException when a migration fails; the deployment then fails
   *     too, with the statement and what PostgreSQL answered
   */
  @PostConstruct
  void start() {
    Flyway.configure(DomainStart.class.getClassLoader())
        .dataSource(dataSource)
        .locations("classpath:db/migration")
        .failOnMissingLocations(true)
        .load()
        .migrate();
    db.bind();
  }
}
