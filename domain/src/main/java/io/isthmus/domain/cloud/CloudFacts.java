package io.isthmus.domain.cloud;

import java.util.List;
import java.util.Map;

/**
 * What is known of a cloud and its operator. A fact may be unknown; a hard rule on an unknown fact
 * refuses, naming the fact.
 *
 * @param base facts that hold for each region that has none of its own
 * @param regions facts of single regions, by region name
 * @param mirrored how much of what the cloud has may be kept here
 */
public record CloudFacts(
    Operator operator,
    RegionFacts base,
    Map<String, RegionFacts> regions,
    List<Certification> certifications,
    Mirrored mirrored) {

  public CloudFacts {
    regions = Map.copyOf(regions);
    certifications = List.copyOf(certifications);
  }

  /** Of a cloud of which everything may be kept. */
  public CloudFacts(
      Operator operator,
      RegionFacts base,
      Map<String, RegionFacts> regions,
      List<Certification> certifications) {
    this(operator, base, regions, certifications, Mirrored.WHOLE);
  }

  public RegionFacts of(String region) {
    return regions.getOrDefault(region, base);
  }
}
