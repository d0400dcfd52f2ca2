package io.isthmus.domain.placement;

import java.util.List;
import java.util.Optional;

/**
 * Some plans, newest first.
 *
 * @param next cursor of the following page; empty on the last
 */
public record PlanPage(List<Plan> plans, Optional<String> next) {

  public PlanPage {
    plans = List.copyOf(plans);
  }
}
