package io.isthmus.rest.placement;

import io.isthmus.domain.placement.Plan;
import java.time.Instant;

/**
 * A plan in a list.
 *
 * @param resources how many physical resources it would make
 * @param updates id of the stack that it is to update; absent when it becomes a new one
 */
public record PlanSummaryBody(
    String id,
    String project,
    String name,
    int resources,
    String createdAt,
    String expiresAt,
    String createdBy,
    String acceptedAt,
    String updates) {

  static PlanSummaryBody of(Plan plan) {
    return new PlanSummaryBody(
        plan.id().toString(),
        plan.project().toString(),
        plan.name(),
        plan.placement().parts().size(),
        plan.createdAt().toString(),
        plan.expiresAt().toString(),
        plan.createdBy(),
        plan.acceptedAt().map(Instant::toString).orElse(null),
        plan.update().map(update -> update.stack().toString()).orElse(null));
  }
}
