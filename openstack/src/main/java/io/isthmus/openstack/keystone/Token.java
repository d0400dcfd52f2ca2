package io.isthmus.openstack.keystone;

import io.isthmus.domain.cloud.Secret;
import java.time.Instant;
import java.util.List;

/**
 * What lets calls in.
 *
 * @param expiresAt by the cloud's clock
 * @param projectId the OpenStack project that it is scoped to
 * @param roles names of the roles held there
 */
public record Token(
    Secret value, Instant expiresAt, String projectId, List<String> roles, ServiceCatalog catalog) {

  public Token {
    roles = List.copyOf(roles);
  }
}
