package io.isthmus.domain.cloud;

import io.isthmus.domain.access.ProjectId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Nobody has reserved anything. */
public final class NoReservations implements Reservations {

  @Override
  public Map<Place, Map<LimitKind, Long>> of(
      ProjectId project, Map<CloudId, Instant> read, Optional<UUID> without) {
    return Map.of();
  }

  @Override
  public Map<ProjectId, Map<Place, Map<LimitKind, Long>>> in(
      CloudId cloud, Map<ProjectId, Instant> read) {
    return Map.of();
  }

  @Override
  public void takeTurn(ProjectId project) {
    // Its callers are alone.
  }
}
