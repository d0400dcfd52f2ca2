package io.isthmus.domain.access;

/**
 * A project of a tenant, as people write it: {@code acme/demo}.
 *
 * @param tenant the tenant's name, equal to its Keycloak organization's alias
 * @param project the project's name, unique in the tenant
 */
public record ProjectId(String tenant, String project) {

  private static final String NAME = "[a-z0-9][a-z0-9-]{0,62}";

  public ProjectId {
    if (!tenant.matches(NAME) || !project.matches(NAME)) {
      throw new IllegalArgumentException("not a project: " + tenant + "/" + project);
    }
  }

  /** Reads {@code tenant/project}. */
  public static ProjectId parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException("not a project, expected TENANT/PROJECT: " + text);
    }
    return new ProjectId(parts[0], parts[1]);
  }

  @Override
  public String toString() {
    return tenant + "/" + project;
  }
}
