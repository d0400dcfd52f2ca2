package io.isthmus.domain.placement;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What would become of a stack if a cloud vanished.
 *
 * @param resources that would be lost with it, in the template's order
 * @param cost what the stack would cost more or less once all is elsewhere that can be; what stays
 *     down counts as paid for still
 */
public record LossPlan(List<LostResource> resources, CostDifference cost) {

  public LossPlan {
    resources = List.copyOf(resources);
  }

  /** How many resources each outcome has; all outcomes are there. */
  public Map<LostResource.Outcome, Integer> counts() {
    return counts(resources);
  }

  static Map<LostResource.Outcome, Integer> counts(Collection<LostResource> resources) {
    Map<LostResource.Outcome, Integer> counts = new EnumMap<>(LostResource.Outcome.class);
    for (LostResource.Outcome outcome : LostResource.Outcome.values()) {
      counts.put(outcome, 0);
    }
    resources.forEach(one -> counts.merge(one.outcome(), 1, Integer::sum));
    return counts;
  }
}
