package io.isthmus.domain.cloud;

import io.isthmus.domain.access.ProjectId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Port: what accepted stacks will take of regions' quotas, or have taken since these were read.
 * Implemented by the capability that keeps stacks. It is no second record of anything: a resource
 * that is wished for is its own reservation, so that none can be forgotten.
 */
public interface Reservations {

  /**
   * @param read how each cloud's quotas were read last
   * @param without a stack for which a place is sought: of its resources only those count that a
   *     cloud was asked for and has not refused
   * @return amounts by region; where nothing is reserved there is no entry
   */
  Map<Place, Map<LimitKind, Long>> of(Map<CloudId, QuotaReading> read, Optional<UUID> without);

  /**
   * The same in one cloud, for each project that reads its quotas.
   *
   * @param read how the cloud's quotas were read last with each project's access
   */
  Map<ProjectId, Map<Place, Map<LimitKind, Long>>> in(
      CloudId cloud, Map<ProjectId, QuotaReading> read);

  /**
   * Waits until nobody else accepts a plan of the project's tenant, or one that may count in the
   * same accounts, and holds others off until the transaction ends: what is compared with quotas is
   * then all that is wished for.
   *
   * @param accounts into which the project's accesses lead, as far as they are known
   */
  void takeTurn(ProjectId project, Set<Account> accounts);
}
