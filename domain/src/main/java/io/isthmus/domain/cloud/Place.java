package io.isthmus.domain.cloud;

import java.util.Comparator;
import java.util.Optional;

/**
 * Where something runs.
 *
 * @param availabilityZone empty for what has no zone, such as a network
 */
public record Place(CloudId cloud, String region, Optional<String> availabilityZone)
    implements Comparable<Place> {

  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::cloud)
          .thenComparing(Place::region)
          .thenComparing(place -> place.availabilityZone().orElse(""));

  public static Place inRegion(CloudId cloud, String region) {
    return new Place(cloud, region, Optional.empty());
  }

  public static Place inZone(CloudId cloud, String region, String availabilityZone) {
    return new Place(cloud, region, Optional.of(availabilityZone));
  }

  /** The same place without its zone. */
  public Place regionOnly() {
    return inRegion(cloud, region);
  }

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  /** {@code gra/GRA-1/gra-1a}. */
  @Override
  public String toString() {
    return cloud + "/" + region + availabilityZone.map(zone -> "/" + zone).orElse("");
  }
}
