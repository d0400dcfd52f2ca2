package io.isthmus.domain.cloud;

import io.isthmus.domain.access.ProjectId;
import java.util.Optional;

/** The way from a project into a cloud. */
public interface CloudConnections {

  /**
   * The connection of one project to one cloud, its credential decrypted.
   *
   * @return empty when the cloud is unknown or not available to this project; a disabled cloud is
   *     still found, since what runs there must be looked after
   */
  Optional<CloudConnection> find(ProjectId project, CloudId cloud);
}
