package io.isthmus.domain.placement;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A part as planned.
 *
 * @param type HOT type
 * @param availabilityZone of what has one
 * @param resolutions what the template's properties become there
 * @param requires the parts that must be complete before
 */
public record PlannedPart(
    PartId id,
    String type,
    Optional<String> availabilityZone,
    List<Resolution> resolutions,
    Set<PartId> requires) {

  public PlannedPart {
    resolutions = List.copyOf(resolutions);
    requires = Set.copyOf(requires);
  }
}
