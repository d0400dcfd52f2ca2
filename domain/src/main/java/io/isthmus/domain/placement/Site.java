package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.cloud.RegionFacts;
import io.isthmus.domain.cloud.RegionInventory;
import java.util.Optional;

/**
 * A region to be examined.
 *
 * @param region empty for a cloud of which nothing was read, which stands for all of its regions
 */
public record Site(CloudView cloud, Optional<RegionInventory> region) {

  /** Of the region, or of the cloud as a whole. */
  public RegionFacts facts() {
    return region.map(known -> cloud.facts().of(known.region())).orElse(cloud.facts().base());
  }

  /** What a person calls it: {@code GRA-1}, or the cloud's name when the region is not known. */
  public String label() {
    return region.map(RegionInventory::region).orElse(cloud.name());
  }
}
