package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.CloudId;
import java.util.List;
import java.util.Optional;

/**
 * A place that was not taken, with every rule that excluded it.
 *
 * @param region empty when the whole cloud is excluded
 * @param availabilityZone empty when the whole region is excluded
 * @param refusals empty when the place was eligible but another was better; then {@code outweighed}
 *     says why
 */
public record Exclusion(
    CloudId cloud,
    Optional<String> region,
    Optional<String> availabilityZone,
    List<RuleRefusal> refusals,
    Optional<io.isthmus.domain.language.Phrase> outweighed) {

  public Exclusion {
    refusals = List.copyOf(refusals);
  }

  /** Cloud, region and zone, as far as they are excluded: “gra / GRA-1 / gra-1a”. */
  public String name() {
    return cloud
        + region.map(it -> " / " + it).orElse("")
        + availabilityZone.map(it -> " / " + it).orElse("");
  }
}
