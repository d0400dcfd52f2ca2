package io.isthmus.domain.placement;

import java.util.List;

/**
 * Some plans of a list.
 *
 * @param total how many there are in all that were asked for
 */
public record PlanSlice(List<PlanSummary> plans, long total) {

  public PlanSlice {
    plans = List.copyOf(plans);
  }
}
