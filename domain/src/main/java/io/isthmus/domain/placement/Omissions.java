package io.isthmus.domain.placement;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.filter.NeedsFilter;
import io.isthmus.domain.placement.filter.ServiceFilter;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is left out of a place, because a rule would rather do without than keep away. */
final class Omissions {

  private final Units units;
  private final NeedsFilter needs;

  Omissions(Units units, NeedsFilter needs) {
    this.units = units;
    this.needs = needs;
  }

  /**
   * What of a unit is at a site.
   *
   * @param present its placed and stretched resources
   * @param leftOut its placed resources that are not, each with why
   */
  record Share(BitSet present, Map<Integer, Phrase> leftOut) {}

  Share at(PlacementUnit unit, Site site) {
    Map<Integer, Phrase> leftOut = new LinkedHashMap<>();
    for (int member : unit.members()) {
      why(unit, member, site).ifPresent(reason -> leftOut.put(member, reason));
    }
    BitSet present = new BitSet();
    if (leftOut.isEmpty()) {
      unit.members().forEach(present::set);
      present.or(unit.closure());
    } else {
      present.or(
          units.withNeeds(
              unit.members().stream().filter(member -> !leftOut.containsKey(member)).toList()));
    }
    return new Share(present, leftOut);
  }

  /** Also where a service is lacking that no rule speaks of. */
  private Optional<Phrase> why(PlacementUnit unit, int member, Site site) {
    List<PolicyRule> rules = units.leaving(unit.members(), member);
    if (rules.isEmpty() || site.region().isEmpty()) {
      return Optional.empty();
    }
    return rules.stream()
        .flatMap(rule -> needs.unmet(rule, site).stream())
        .findFirst()
        .or(() -> lackingService(member, site));
  }

  private Optional<Phrase> lackingService(int member, Site site) {
    return units.withNeeds(List.of(member)).stream()
        .mapToObj(node -> units.graph.nodes.get(node).type().serviceType())
        .filter(type -> !type.isEmpty())
        .distinct()
        .flatMap(type -> ServiceFilter.lacking(site.region().orElseThrow(), type).stream())
        .findFirst();
  }
}
