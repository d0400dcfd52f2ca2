package io.isthmus.domain.cloud;

import io.isthmus.domain.access.ProjectId;
import java.time.Instant;
import java.util.Set;

/**
 * A reading of a cloud's quotas with one project's access.
 *
 * @param begun when the reading began; what was complete before is counted in it
 * @param sharers the projects whose resources count against these quotas: the reader, and all whose
 *     access is known to lead into the same OpenStack project
 */
public record QuotaReading(Instant begun, Set<ProjectId> sharers) {

  public QuotaReading {
    sharers = Set.copyOf(sharers);
  }
}
