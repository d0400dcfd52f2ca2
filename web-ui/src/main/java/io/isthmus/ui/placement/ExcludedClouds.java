package io.isthmus.ui.placement;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.placement.Decision;
import io.isthmus.domain.placement.Exclusion;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which clouds the rules keep everything out of. */
final class ExcludedClouds {

  private ExcludedClouds() {}

  /**
   * Clouds in which nothing is placed, and which a rule excluded as a whole for something; those
   * that were merely not needed are not among them.
   */
  static Set<CloudId> of(List<Decision> decisions) {
    Set<CloudId> taken =
        decisions.stream()
            .flatMap(decision -> decision.chosen().stream())
            .map(Place::cloud)
            .collect(Collectors.toSet());
    Set<CloudId> refused = new HashSet<>();
    for (Decision decision : decisions) {
      Set<CloudId> openToThis = new HashSet<>();
      Set<CloudId> refusedToThis = new HashSet<>();
      for (Exclusion exclusion : decision.notChosen()) {
        (exclusion.refusals().isEmpty() ? openToThis : refusedToThis).add(exclusion.cloud());
      }
      refusedToThis.removeAll(openToThis);
      refused.addAll(refusedToThis);
    }
    refused.removeAll(taken);
    return refused;
  }
}
