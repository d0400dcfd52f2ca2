package io.isthmus.domain.stack;

import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Measure;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.PlannedPart;
import io.isthmus.domain.placement.Resolution;
import io.isthmus.domain.template.DeletionPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a plan says of a part, beside which one it is.
 *
 * @param requires the parts that must be complete before
 * @param counts what it counts against its region's quotas
 * @param measure what of it is paid for by time
 */
public record PartSpec(
    Optional<String> availabilityZone,
    List<Resolution> resolutions,
    Set<PartId> requires,
    Map<LimitKind, Long> counts,
    Optional<Measure> measure,
    DeletionPolicy deletionPolicy) {

  public PartSpec {
    resolutions = List.copyOf(resolutions);
    requires = Set.copyOf(requires);
    counts = Map.copyOf(counts);
  }

  static PartSpec of(PlannedPart part, DeletionPolicy deletionPolicy) {
    return new PartSpec(
        part.availabilityZone(),
        part.resolutions(),
        part.requires(),
        part.counts(),
        part.measure(),
        deletionPolicy);
  }
}
