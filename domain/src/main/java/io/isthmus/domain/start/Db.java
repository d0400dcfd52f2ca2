package io.isthmus.domain.start;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import javax.sql.DataSource;

/**
 * The one holder of the persistence context; all other classes inject {@link EntityManager} or
 * {@link DataSource}.
 *
 * <p>Payara resolves a persistence unit lazily and in the module of the <em>calling</em> component,
 * where it would not be found; so the unit is held here and bound once, from this module's start.
 */
@ApplicationScoped
public class Db {
  @PersistenceContext(unitName = "isthmus")
  private EntityManager entityManager;

  @Resource(lookup = "jdbc/isthmus")
  private DataSource dataSource;

  /** The shared, transaction-scoped entity manager. */
  @Produces
  @Dependent
  EntityManager entityManager() {
    return entityManager;
  }

  /** The same database for work in batches; takes part in the current transaction. */
  @Produces
  @Dependent
  DataSource dataSource() {
    return dataSource;
  }

  /** Resolves the persistence unit by asking the database one question. */
  void bind() {
    entityManager.createNativeQuery("select 1").getSingleResult();
  }
}
