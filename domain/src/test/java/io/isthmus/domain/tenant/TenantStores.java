package io.isthmus.domain.tenant;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.start.TestDatabase;

/** Tenants in a test's database. */
public final class TenantStores {

  private TenantStores() {}

  public static TenantService withProjects(TestDatabase database, ProjectId... projects) {
    TenantStore store = database.transactional(TenantStore.class, JpaTenantStore::new);
    for (ProjectId project : projects) {
      store.ensure(project);
    }
    return new TenantService(store);
  }
}
