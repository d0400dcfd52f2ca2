package io.isthmus.domain.cloud;

import java.util.Optional;

/** How a project proves itself to a cloud's Keystone; field names follow {@code clouds.yaml}. */
public sealed interface Credential {

  /**
   * Keystone v3 password, scoped to a project.
   *
   * @param projectName name, or id when {@code projectId} is given instead
   */
  record Password(
      String username,
      Secret password,
      String userDomainName,
      Optional<String> projectName,
      Optional<String> projectId,
      String projectDomainName)
      implements Credential {}

  /** Keystone v3 application credential, by id. */
  record ApplicationCredential(String id, Secret secret) implements Credential {}
}
