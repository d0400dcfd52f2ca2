package io.isthmus.domain.cloud;

import java.util.List;
import java.util.Optional;

/**
 * A cloud as administrators of the federation see it: everything but secrets.
 *
 * @param health the best that any access shows
 * @param prices empty when none is known
 */
public record CloudDetails(
    Cloud cloud, CloudHealth health, Optional<PriceList> prices, List<AccessDetails> accesses) {

  /** Without prices. */
  public CloudDetails(Cloud cloud, CloudHealth health, List<AccessDetails> accesses) {
    this(cloud, health, Optional.empty(), accesses);
  }

  public CloudDetails {
    accesses = List.copyOf(accesses);
  }

  /**
   * One project's access with what it finds there, limits and use included.
   *
   * @param inventory empty until the first look succeeded
   */
  public record AccessDetails(
      CloudAccess access, CloudHealth health, Optional<CloudInventory> inventory) {}
}
