package io.isthmus.domain.cloud;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one project finds in one cloud.
 *
 * @param takenAt when it was read, by our clock
 * @param credentialExpires when the project's credential stops working; empty when it never does or
 *     the cloud does not tell
 */
public record CloudInventory(
    Instant takenAt, List<RegionInventory> regions, Optional<Instant> credentialExpires) {

  public CloudInventory {
    regions = List.copyOf(regions);
  }

  /** One whose credential is not known to expire. */
  public CloudInventory(Instant takenAt, List<RegionInventory> regions) {
    this(takenAt, regions, Optional.empty());
  }
}
