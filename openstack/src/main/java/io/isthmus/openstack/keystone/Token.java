package io.isthmus.openstack.keystone;

import io.isthmus.domain.cloud.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What lets calls in.
 *
 * @param expiresAt by the cloud's clock
 * @param projectId the OpenStack project that it is scoped to
 * @param roles names of the roles held there
 * @param userId of the user that signed in
 * @param passwordExpires when the user's password does; empty when never
 */
public record Token(
    Secret value,
    Instant expiresAt,
    String projectId,
    List<String> roles,
    String userId,
    Optional<Instant> passwordExpires,
    ServiceCatalog catalog) {

  public Token {
    roles = List.copyOf(roles);
  }
}
