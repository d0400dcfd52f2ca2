package io.isthmus.domain.placement;

import java.util.List;

/**
 * What a rule requires of a region and its cloud.
 *
 * @param capabilities services and abilities that the region must offer
 * @param certifications names of certificates that the cloud must hold and that are valid on the
 *     day of planning, without regard to case
 * @param leavesOut whether what the rule is about is left out of places where this is not met,
 *     instead of keeping away from them
 */
public record Needs(List<Capability> capabilities, List<String> certifications, boolean leavesOut) {

  public static final Needs NOTHING = new Needs(List.of(), List.of(), false);

  public Needs {
    capabilities = List.copyOf(capabilities);
    certifications = List.copyOf(certifications);
  }
}
