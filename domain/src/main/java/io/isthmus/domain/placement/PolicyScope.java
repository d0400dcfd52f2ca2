package io.isthmus.domain.placement;

import io.isthmus.domain.access.ProjectId;
import java.util.Optional;

/**
 * For whom standing rules hold.
 *
 * @param tenant the tenant for all of whose stacks they hold; empty for every stack of the
 *     federation
 */
public record PolicyScope(Optional<String> tenant) {

  public static final PolicyScope FEDERATION = new PolicyScope(Optional.empty());

  private static final String TENANT = "tenants/";

  public static PolicyScope tenant(String tenant) {
    return new PolicyScope(Optional.of(tenant));
  }

  static PolicyScope tenantOf(ProjectId project) {
    return tenant(project.tenant());
  }

  /** What a rule of this scope is told apart by: {@code federation} or the tenant's name. */
  public String label() {
    return tenant.orElse("federation");
  }

  /** {@code federation} or {@code tenants/acme}. */
  @Override
  public String toString() {
    return tenant.map(name -> TENANT + name).orElse("federation");
  }
}
