package io.isthmus.domain.cloud;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a cloud and its operator. A fact may be unknown; a hard rule on an unknown fact
 * refuses, naming the fact.
 *
 * @param base facts that hold for each region that has none of its own
 * @param regions facts of single regions, by region name
 * @param prices empty when nothing is known of them
 */
public record CloudFacts(
    Operator operator,
    RegionFacts base,
    Map<String, RegionFacts> regions,
    List<Certification> certifications,
    Optional<PriceList> prices) {

  /** Without prices. */
  public CloudFacts(
      Operator operator,
      RegionFacts base,
      Map<String, RegionFacts> regions,
      List<Certification> certifications) {
    this(operator, base, regions, certifications, Optional.empty());
  }

  public CloudFacts {
    regions = Map.copyOf(regions);
    certifications = List.copyOf(certifications);
  }

  public RegionFacts of(String region) {
    return regions.getOrDefault(region, base);
  }
}
