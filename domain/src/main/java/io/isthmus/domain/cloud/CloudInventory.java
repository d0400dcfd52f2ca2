package io.isthmus.domain.cloud;

import java.time.Instant;
import java.util.List;

/**
 * What one project finds in one cloud.
 *
 * @param takenAt when it was read, by our clock
 */
public record CloudInventory(Instant takenAt, List<RegionInventory> regions) {

  public CloudInventory {
    regions = List.copyOf(regions);
  }
}
