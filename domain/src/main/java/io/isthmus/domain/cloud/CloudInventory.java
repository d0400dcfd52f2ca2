package io.isthmus.domain.cloud;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one project finds in one cloud.
 *
 * @param takenAt when reading began, by our clock; what changed later may not be in it
 * @param credentialExpires when the project's credential stops working; empty when it never does or
 *     the cloud does not tell
 * @param account id of the OpenStack project that the access leads into, whose limits these are;
 *     empty when the cloud has not told it
 */
public record CloudInventory(
    Instant takenAt,
    List<RegionInventory> regions,
    Optional<Instant> credentialExpires,
    Optional<String> account) {

  public CloudInventory {
    regions = List.copyOf(regions);
  }

  /** The same, seen again at another time. */
  CloudInventory takenAt(Instant again) {
    return new CloudInventory(again, regions, credentialExpires, account);
  }

  /** With what is reserved of its quotas, by region. */
  CloudInventory reserving(CloudId cloud, Map<Place, Map<LimitKind, Long>> reserved) {
    return new CloudInventory(
        takenAt,
        regions.stream()
            .map(
                region ->
                    region.reserving(
                        reserved.getOrDefault(Place.inRegion(cloud, region.region()), Map.of())))
            .toList(),
        credentialExpires,
        account);
  }

  /** One whose credential is not known to expire, in an OpenStack project that is not known. */
  public CloudInventory(Instant takenAt, List<RegionInventory> regions) {
    this(takenAt, regions, Optional.empty(), Optional.empty());
  }
}
