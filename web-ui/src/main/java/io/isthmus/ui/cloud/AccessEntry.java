package io.isthmus.ui.cloud;

import io.isthmus.domain.cloud.Cloud;

/** The beginning of a {@code clouds.yaml} for one more access to a member. */
final class AccessEntry {

  private AccessEntry() {}

  /** All that is known of the cloud; who signs in, and for which project, is left open. */
  static String of(Cloud member) {
    return """
        clouds:
          %1$s:
            auth:
              auth_url: %2$s
              username:
              password:
              project_name:
              user_domain_name: Default
              project_domain_name: Default
            isthmus:
              cloud: %1$s
              project:
        """
        .formatted(member.id(), member.authUrl());
  }
}
