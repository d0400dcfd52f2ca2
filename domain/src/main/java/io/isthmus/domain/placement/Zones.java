package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.template.ResourceNode;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Optional;

/** Finds the availability zone of a resource within the place of its unit. */
final class Zones {

  private Zones() {}

  /** Where exactly a resource of a unit lies; only servers and volumes have zones. */
  static Place of(ResourceNode node, Candidate candidate, Site site) {
    Place place = candidate.place();
    return switch (node.type().name()) {
      case "OS::Nova::Server" ->
          candidate.zoned() == Demand.Zoned.COMPUTE ? place : place.regionOnly();
      case "OS::Cinder::Volume" -> {
        Optional<String> zone = volumeZone(node, candidate, site);
        yield zone.map(z -> Place.inZone(place.cloud(), place.region(), z))
            .orElse(place.regionOnly());
      }
      default -> place.regionOnly();
    };
  }

  /**
   * The volume zone that goes with a server's zone: the one that is asked for, else the one of the
   * same name, else {@code nova}, OpenStack's default, else the first.
   */
  private static Optional<String> volumeZone(ResourceNode node, Candidate candidate, Site site) {
    if (candidate.zoned() == Demand.Zoned.VOLUME) {
      return candidate.place().availabilityZone();
    }
    List<String> zones = site.region().orElseThrow().volumeZones();
    if (node.knownProperties().get("availability_zone") instanceof JsonString asked
        && zones.contains(asked.getString())) {
      return Optional.of(asked.getString());
    }
    Optional<String> compute = candidate.place().availabilityZone();
    if (compute.isPresent() && zones.contains(compute.get())) {
      return compute;
    }
    return zones.contains("nova") ? Optional.of("nova") : zones.stream().sorted().findFirst();
  }
}
