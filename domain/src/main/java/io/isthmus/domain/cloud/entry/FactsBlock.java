package io.isthmus.domain.cloud.entry;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.Certification;
import io.isthmus.domain.cloud.CloudFacts;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Coordinates;
import io.isthmus.domain.cloud.Mirrored;
import io.isthmus.domain.cloud.Operator;
import io.isthmus.domain.cloud.PriceList;
import io.isthmus.domain.cloud.RegionFacts;
import io.isthmus.domain.cloud.RoundTrip;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An {@code isthmus:} block as it was written; what it does not tell is empty. */
record FactsBlock(
    Optional<CloudId> cloud,
    Optional<String> name,
    Optional<ProjectId> project,
    Optional<Operator> operator,
    Optional<String> country,
    Optional<Coordinates> coordinates,
    Optional<List<Certification>> certifications,
    Optional<Map<String, RoundTrip>> latencies,
    Optional<PriceList> prices,
    Optional<Map<String, RegionFacts>> regions,
    Optional<Mirrored> mirrored) {

  static final FactsBlock NOTHING =
      new FactsBlock(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** This block, and the other one's word on what this one does not tell. */
  FactsBlock over(FactsBlock other) {
    return new FactsBlock(
        cloud.or(other::cloud),
        name.or(other::name),
        project.or(other::project),
        operator.or(other::operator),
        country.or(other::country),
        coordinates.or(other::coordinates),
        certifications.or(other::certifications),
        latencies.or(other::latencies),
        prices.or(other::prices),
        regions.or(other::regions),
        mirrored.or(other::mirrored));
  }

  boolean tellsFacts() {
    return operator.isPresent()
        || country.isPresent()
        || coordinates.isPresent()
        || certifications.isPresent()
        || latencies.isPresent()
        || prices.isPresent()
        || regions.isPresent()
        || mirrored.isPresent();
  }

  CloudFacts toFacts(CloudId id, String cloudName) {
    RegionFacts base = new RegionFacts(country, coordinates, latencies.orElse(Map.of()));
    Map<String, RegionFacts> completed = new LinkedHashMap<>();
    regions
        .orElse(Map.of())
        .forEach((region, facts) -> completed.put(region, complete(facts, base)));
    return new CloudFacts(
        operator.orElseGet(() -> Operator.unknown(id, cloudName)),
        base,
        completed,
        certifications.orElse(List.of()),
        mirrored.orElse(Mirrored.WHOLE));
  }

  /** A region in a country of its own does not lie where the cloud does. */
  private static RegionFacts complete(RegionFacts region, RegionFacts base) {
    boolean elsewhere = region.country().isPresent() && !region.country().equals(base.country());
    return new RegionFacts(
        region.country().or(base::country),
        elsewhere ? region.coordinates() : region.coordinates().or(base::coordinates),
        elsewhere || !region.latencies().isEmpty() ? region.latencies() : base.latencies());
  }
}
