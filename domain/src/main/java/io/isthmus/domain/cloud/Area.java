package io.isthmus.domain.cloud;

import java.util.Comparator;
import java.util.Optional;

/**
 * A cloud, a region of it, or an availability zone of a region.
 *
 * @param region empty for the whole cloud
 * @param availabilityZone empty for the whole region; only with a region
 */
public record Area(CloudId cloud, Optional<String> region, Optional<String> availabilityZone)
    implements Comparable<Area> {

  private static final Comparator<Area> ORDER =
      Comparator.comparing(Area::cloud)
          .thenComparing(area -> area.region().orElse(""))
          .thenComparing(area -> area.availabilityZone().orElse(""));

  /**
   * @throws IllegalArgumentException for a zone of no region
   */
  public Area {
    if (region.isEmpty() && availabilityZone.isPresent()) {
      throw new IllegalArgumentException("a zone is in a region");
    }
  }

  public static Area of(CloudId cloud) {
    return new Area(cloud, Optional.empty(), Optional.empty());
  }

  public static Area of(CloudId cloud, String region) {
    return new Area(cloud, Optional.of(region), Optional.empty());
  }

  public static Area of(CloudId cloud, String region, String availabilityZone) {
    return new Area(cloud, Optional.of(region), Optional.of(availabilityZone));
  }

  /** Whether all that is in a place is in here. What has no zone is in none. */
  public boolean covers(Place place) {
    return covers(place.cloud(), place.region())
        || cloud.equals(place.cloud())
            && region.equals(Optional.of(place.region()))
            && availabilityZone.isPresent()
            && availabilityZone.equals(place.availabilityZone());
  }

  /** Whether a whole region is in here. */
  public boolean covers(CloudId otherCloud, String otherRegion) {
    return availabilityZone.isEmpty()
        && cloud.equals(otherCloud)
        && region.map(otherRegion::equals).orElse(true);
  }

  /** Whether something can be in both. */
  public boolean meets(Area other) {
    return cloud.equals(other.cloud)
        && (region.isEmpty() || other.region.isEmpty() || region.equals(other.region))
        && (availabilityZone.isEmpty()
            || other.availabilityZone.isEmpty()
            || availabilityZone.equals(other.availabilityZone));
  }

  @Override
  public int compareTo(Area other) {
    return ORDER.compare(this, other);
  }

  /** {@code gra}, {@code gra/GRA-1} or {@code gra/GRA-1/gra-1a}. */
  @Override
  public String toString() {
    return cloud
        + region.map(name -> "/" + name).orElse("")
        + availabilityZone.map(name -> "/" + name).orElse("");
  }
}
