package io.isthmus.domain.placement;

import java.util.function.Consumer;

/**
 * One idea of why a place cannot be taken. Looks at a region without regard to what else the plan
 * puts there.
 */
public interface PlacementFilter {

  /**
   * Tells every reason that it sees, so that a person mends all at once and not one after another.
   */
  void examine(Demand demand, Site site, Consumer<RuleRefusal> refusals);
}
