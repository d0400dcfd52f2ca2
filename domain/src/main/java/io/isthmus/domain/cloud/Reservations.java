package io.isthmus.domain.cloud;

import io.isthmus.domain.access.ProjectId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Port: what accepted stacks will take of regions' quotas, or have taken since these were read.
 * Implemented by the capability that keeps stacks. It is no second record of anything: a resource
 * that is wished for is its own reservation, so that none can be forgotten.
 */
public interface Reservations {

  /**
   * @param read when each cloud's quotas were read last; what was complete before is counted there
   * @param without a stack that shall not count, such as one for which a place is sought
   * @return amounts by region; where nothing is reserved there is no entry
   */
  Map<Place, Map<LimitKind, Long>> of(
      ProjectId project, Map<CloudId, Instant> read, Optional<UUID> without);

  /**
   * The same for each project in one cloud.
   *
   * @param read when the cloud's quotas were read last with each project's access
   */
  Map<ProjectId, Map<Place, Map<LimitKind, Long>>> in(CloudId cloud, Map<ProjectId, Instant> read);

  /**
   * Waits until nobody else accepts a plan of the project's tenant, and holds others off until the
   * transaction ends: what is compared with quotas is then all that is wished for.
   */
  void takeTurn(ProjectId project);
}
