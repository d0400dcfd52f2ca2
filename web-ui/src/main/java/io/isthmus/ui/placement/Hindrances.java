package io.isthmus.ui.placement;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.placement.Decision;
import io.isthmus.domain.placement.Exclusion;
import io.isthmus.domain.placement.Hindrance;
import io.isthmus.domain.placement.RuleRefusal;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What keeps a placement out of clouds. */
final class Hindrances {

  private Hindrances() {}

  /**
   * Clouds in which nothing is placed, and which were refused as a whole to something, with what
   * refused them; those that were merely not needed are not among them.
   */
  static Map<CloudId, Set<Hindrance>> of(List<Decision> decisions) {
    Set<CloudId> taken = chosen(decisions).collect(Collectors.toSet());
    Map<CloudId, Set<Hindrance>> hindrances = new HashMap<>();
    for (Decision decision : decisions) {
      Set<CloudId> openToThis =
          decision.notChosen().stream()
              .filter(exclusion -> exclusion.refusals().isEmpty())
              .map(Exclusion::cloud)
              .collect(Collectors.toCollection(HashSet::new));
      for (Exclusion exclusion : decision.notChosen()) {
        if (!taken.contains(exclusion.cloud()) && !openToThis.contains(exclusion.cloud())) {
          hindrances
              .computeIfAbsent(exclusion.cloud(), cloud -> EnumSet.noneOf(Hindrance.class))
              .addAll(all(exclusion));
        }
      }
    }
    return hindrances;
  }

  /** The clouds that were looked at; what has joined since is not among them. */
  static Set<CloudId> known(List<Decision> decisions) {
    return Stream.concat(
            chosen(decisions),
            decisions.stream()
                .flatMap(decision -> decision.notChosen().stream())
                .map(Exclusion::cloud))
        .collect(Collectors.toSet());
  }

  /**
   * What has to be overcome for what has no place, at those places where the fewest kinds of remedy
   * would do: a rule that keeps it out of one place is not to blame where no place has the flavor.
   */
  static Set<Hindrance> least(List<Decision> unplaced) {
    Set<Hindrance> least = EnumSet.noneOf(Hindrance.class);
    for (Decision decision : unplaced) {
      List<Set<Hindrance>> refused =
          decision.notChosen().stream()
              .map(Hindrances::all)
              .filter(hindrances -> !hindrances.isEmpty())
              .toList();
      long fewest = refused.stream().mapToLong(Hindrances::remedies).min().orElse(0);
      refused.stream().filter(hindrances -> remedies(hindrances) == fewest).forEach(least::addAll);
    }
    return least;
  }

  private static long remedies(Set<Hindrance> hindrances) {
    return hindrances.stream().map(Remedy::of).distinct().count();
  }

  private static Set<Hindrance> all(Exclusion exclusion) {
    return exclusion.refusals().stream().map(RuleRefusal::hindrance).collect(Collectors.toSet());
  }

  private static Stream<CloudId> chosen(List<Decision> decisions) {
    return decisions.stream().flatMap(decision -> decision.chosen().stream()).map(Place::cloud);
  }
}
