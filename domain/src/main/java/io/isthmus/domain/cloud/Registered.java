package io.isthmus.domain.cloud;

import io.isthmus.domain.access.ProjectId;
import java.net.URI;
import java.util.Optional;

/** What is registered already, for entries to be compared with. */
public interface Registered {

  /** An empty federation. */
  Registered NOTHING =
      new Registered() {
        @Override
        public Optional<URI> authUrl(CloudId cloud) {
          return Optional.empty();
        }

        @Override
        public boolean hasAccess(ProjectId project, CloudId cloud) {
          return false;
        }
      };

  /** Keystone's address of a member; empty for what is none. */
  Optional<URI> authUrl(CloudId cloud);

  /** Whether the project has an access to that cloud. */
  boolean hasAccess(ProjectId project, CloudId cloud);
}
