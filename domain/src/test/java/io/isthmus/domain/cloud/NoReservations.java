package io.isthmus.domain.cloud;

import io.isthmus.domain.access.ProjectId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Nobody has reserved anything. */
public class NoReservations implements Reservations {

  @Override
  public Map<Place, Map<LimitKind, Long>> of(
      Map<CloudId, QuotaReading> read, Optional<UUID> without) {
    return Map.of();
  }

  @Override
  public Map<ProjectId, Map<Place, Map<LimitKind, Long>>> in(
      CloudId cloud, Map<ProjectId, QuotaReading> read) {
    return Map.of();
  }

  @Override
  public void takeTurn(ProjectId project, Set<Account> accounts) {
    // Its callers are alone.
  }
}
