package io.isthmus.domain.placement;

import java.util.List;

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
}
