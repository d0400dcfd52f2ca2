package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.CloudFacts;
import io.isthmus.domain.cloud.Operator;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which laws may and may not reach what a rule is about.
 *
 * @param jurisdictions where the region must lie: any one of these, country codes or blocs; empty
 *     when anywhere
 * @param operatorsNotExposedTo jurisdictions whose law must not reach the operator, be it by its
 *     seat or otherwise
 */
public record Residency(List<String> jurisdictions, List<String> operatorsNotExposedTo) {

  public static final Residency ANYWHERE = new Residency(List.of(), List.of());

  public Residency {
    jurisdictions = List.copyOf(jurisdictions);
    operatorsNotExposedTo = List.copyOf(operatorsNotExposedTo);
  }

  /** Whether a region keeps it. What is not known of it does not. */
  public boolean isKeptBy(CloudFacts facts, String region) {
    return liesWhereItMay(facts.of(region).country()) && isOutOfReach(facts.operator());
  }

  private boolean liesWhereItMay(Optional<String> country) {
    return jurisdictions.isEmpty()
        || country
            .filter(code -> !Collections.disjoint(Jurisdictions.of(code), jurisdictions))
            .isPresent();
  }

  private boolean isOutOfReach(Operator operator) {
    if (operatorsNotExposedTo.isEmpty()) {
      return true;
    }
    if (operator.seat().isEmpty() || operator.exposedTo().isEmpty()) {
      return false;
    }
    Set<String> exposed = operator.exposedTo().get();
    return Stream.concat(operator.seat().stream(), exposed.stream())
        .noneMatch(
            reached ->
                operatorsNotExposedTo.stream()
                    .anyMatch(law -> Jurisdictions.reaches(reached, law)));
  }
}
