package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Measure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A part as planned.
 *
 * @param type HOT type
 * @param availabilityZone of what has one
 * @param resolutions what the template's properties become there
 * @param requires the parts that must be complete before
 * @param counts what it counts against its region's quotas; kinds of which it takes none are absent
 * @param measure what of it is paid for by time; empty for what has no price of its own
 * @param failover what the policy says of it when its place is lost; empty when it says nothing
 */
public record PlannedPart(
    PartId id,
    String type,
    Optional<String> availabilityZone,
    List<Resolution> resolutions,
    Set<PartId> requires,
    Map<LimitKind, Long> counts,
    Optional<Measure> measure,
    Optional<Failover> failover) {

  public PlannedPart {
    resolutions = List.copyOf(resolutions);
    requires = Set.copyOf(requires);
    counts = Map.copyOf(counts);
  }

  /** One of which the policy does not say what is done when its place is lost. */
  public PlannedPart(
      PartId id,
      String type,
      Optional<String> availabilityZone,
      List<Resolution> resolutions,
      Set<PartId> requires,
      Map<LimitKind, Long> counts,
      Optional<Measure> measure) {
    this(id, type, availabilityZone, resolutions, requires, counts, measure, Optional.empty());
  }
}
