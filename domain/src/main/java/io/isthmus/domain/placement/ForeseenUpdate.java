package io.isthmus.domain.placement;

import io.isthmus.domain.template.ResourceGraph;
import java.util.List;
import java.util.Optional;

/**
 * What an update would make of a stack.
 *
 * @param plan the kept plan; empty when none was to be kept
 * @param changes what becomes of its resources, without those that stay as and where they are
 * @param cost what it costs more, or less, afterwards
 * @param graph what the stack would be
 */
public record ForeseenUpdate(
    Optional<Plan> plan, List<ResourceChange> changes, CostDifference cost, ResourceGraph graph) {

  public ForeseenUpdate {
    changes = List.copyOf(changes);
  }

  static ForeseenUpdate of(
      Optional<Plan> plan, UpdatePlanning.Answer answer, Estimate before, ResourceGraph graph) {
    return new ForeseenUpdate(
        plan,
        LeavingPlan.changes(answer.difference()),
        CostDifference.between(before, ((Placement.Placed) answer.placement()).cost()),
        graph);
  }
}
