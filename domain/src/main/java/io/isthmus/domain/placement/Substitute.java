package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.CloudId;
import java.util.List;

/**
 * What a plan takes in a cloud for a name that the cloud does not have.
 *
 * @param regions in which it is taken, by name
 * @param everywhere whether these are all regions of the cloud
 * @param name as the cloud calls it
 */
public record Substitute(CloudId cloud, List<String> regions, boolean everywhere, String name) {

  public Substitute {
    regions = List.copyOf(regions);
  }
}
