package io.isthmus.domain.tenant;

import io.isthmus.domain.start.TestDatabase;
import jakarta.persistence.EntityManager;

/** Lets tests of other capabilities keep tenants in their database. */
public final class JpaTenantStoreAccess {

  private JpaTenantStoreAccess() {}

  public static TenantStore over(TestDatabase database) {
    return database.transactional(TenantStore.class, JpaTenantStore::new);
  }

  /** Within the transaction of another store. */
  public static TenantStore over(EntityManager entities) {
    return new JpaTenantStore(entities);
  }
}
