package io.isthmus.domain.stack;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.CloudId;
import java.util.Optional;

/** Port: how a project reaches a cloud. */
public interface Connections {

  /** Empty when the project has no access to the cloud (any more). */
  Optional<CloudConnection> find(ProjectId project, CloudId cloud);
}
