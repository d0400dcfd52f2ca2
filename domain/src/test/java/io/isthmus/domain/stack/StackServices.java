package io.isthmus.domain.stack;

import io.isthmus.domain.tenant.TenantService;
import java.time.Clock;
import java.util.Random;

/** Makes services for other packages' tests. */
public final class StackServices {

  private StackServices() {}

  /** One that only answers questions. */
  public static StackService reading(StackStore store, TenantService tenants) {
    return new StackService(
        store,
        () -> null,
        () -> null,
        tenants,
        wanted -> {},
        new ComputedValues(new Random(1)),
        null,
        Clock.systemUTC());
  }
}
