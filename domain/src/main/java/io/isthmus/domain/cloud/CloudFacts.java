package io.isthmus.domain.cloud;

import java.util.List;
import java.util.Map;

/**
 * What is known of a cloud and its operator. A fact may be unknown; a hard rule on an unknown fact
 * refuses, naming the fact.
 *
 * @param base facts that hold for each region that has none of its own
 * @param regions facts of single regions, by region name
 */
public record CloudFacts(
    Operator operator,
    RegionFacts base,
    Map<String, RegionFacts> regions,
    List<Certification> certifications) {

  public CloudFacts {
    regions = Map.copyOf(regions);
    certifications = List.copyOf(certifications);
  }

  public RegionFacts of(String region) {
    return regions.getOrDefault(region, base);
  }
}
