package io.isthmus.domain.placement;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.AuditSubject;
import java.util.Optional;

/**
 * For whom a policy that administrators keep is.
 *
 * @param text {@code federation}, {@code default} or {@code tenants/acme}
 */
public record PolicyScope(String text) implements AuditSubject {

  private static final String TENANT = "tenants/";

  /** Rules that hold for every stack of the federation. */
  public static final PolicyScope FEDERATION = new PolicyScope("federation");

  /** The policy of stacks that name none and whose project has no default of its own. */
  public static final PolicyScope DEFAULT = new PolicyScope("default");

  /** Rules that hold for every stack of a tenant. */
  public static PolicyScope tenant(String tenant) {
    return new PolicyScope(TENANT + tenant);
  }

  static PolicyScope tenantOf(ProjectId project) {
    return tenant(project.tenant());
  }

  public Optional<String> tenant() {
    return text.startsWith(TENANT)
        ? Optional.of(text.substring(TENANT.length()))
        : Optional.empty();
  }

  /** What people know it by: the tenant's name, else the text. */
  public String label() {
    return tenant().orElse(text);
  }

  @Override
  public String auditId() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }
}
