package io.isthmus.openstack.keystone;

import io.isthmus.domain.cloud.Secret;
import java.time.Instant;

/**
 * What lets calls in.
 *
 * @param expiresAt by the cloud's clock
 * @param projectId the OpenStack project that it is scoped to
 */
public record Token(Secret value, Instant expiresAt, String projectId, ServiceCatalog catalog) {}
