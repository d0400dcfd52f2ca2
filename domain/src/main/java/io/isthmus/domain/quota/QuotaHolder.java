package io.isthmus.domain.quota;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.Allowance;
import java.util.Optional;

/**
 * Whose use is counted together.
 *
 * @param project the tenant's; empty for all that the tenant has
 */
public record QuotaHolder(String tenant, Optional<String> project) {

  public static QuotaHolder tenant(String tenant) {
    return new QuotaHolder(tenant, Optional.empty());
  }

  public static QuotaHolder project(ProjectId project) {
    return new QuotaHolder(project.tenant(), Optional.of(project.project()));
  }

  Optional<ProjectId> asProject() {
    return project.map(name -> new ProjectId(tenant, name));
  }

  boolean holds(ProjectId other) {
    return other.tenant().equals(tenant) && project.map(other.project()::equals).orElse(true);
  }

  Allowance.Of of() {
    return project.isPresent() ? Allowance.Of.PROJECT : Allowance.Of.TENANT;
  }

  /** {@code acme} or {@code acme/demo}. */
  @Override
  public String toString() {
    return tenant + project.map(name -> "/" + name).orElse("");
  }
}
