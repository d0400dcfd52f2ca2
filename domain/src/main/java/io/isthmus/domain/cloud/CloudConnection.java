package io.isthmus.domain.cloud;

import io.isthmus.domain.access.ProjectId;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * All that is needed to speak to one cloud for one project.
 *
 * @param authUrl Keystone's base URL, with or without {@code /v3}
 * @param endpointInterface {@code public}, {@code internal} or {@code admin}
 * @param regions the regions to use; empty for all of the catalog
 * @param caCertificates PEM of the authorities to trust instead of the system's
 */
public record CloudConnection(
    CloudId cloud,
    ProjectId project,
    URI authUrl,
    String endpointInterface,
    List<String> regions,
    Optional<String> caCertificates,
    Credential credential) {

  public CloudConnection {
    regions = List.copyOf(regions);
  }

  /** Whether two addresses are one Keystone's, with or without {@code /v3} and a slash behind. */
  public static boolean isSameKeystone(URI one, URI other) {
    return base(one).equals(base(other));
  }

  private static String base(URI authUrl) {
    return authUrl.toString().replaceFirst("/+$", "").replaceFirst("/v3$", "");
  }
}
