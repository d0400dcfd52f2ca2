package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Place;

/**
 * One part of a stack: one physical resource. A stretched resource has one for each region.
 *
 * @param resource path in the resource graph, such as {@code web/0}
 */
public record PartId(String resource, CloudId cloud, String region) implements Comparable<PartId> {

  public Place place() {
    return Place.inRegion(cloud, region);
  }

  @Override
  public int compareTo(PartId other) {
    int byResource = resource.compareTo(other.resource);
    return byResource != 0 ? byResource : place().compareTo(other.place());
  }

  /** {@code web/0@gra/GRA-1}. */
  @Override
  public String toString() {
    return resource + "@" + cloud + "/" + region;
  }
}
