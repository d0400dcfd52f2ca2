package io.isthmus.domain.stack;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.placement.Placement;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.template.TemplateSource;
import jakarta.json.JsonObject;

/** Port: the kept plans, as far as accepting one needs them. */
public interface Plans {

  /**
   * Takes a plan for good, within the caller's transaction, so that none other can.
   *
   * @throws io.isthmus.domain.fault.FederationFault NOT_FOUND also for another tenant's; STALE_PLAN
   *     when it expired, was used, or the clouds have changed so that it no longer holds, saying
   *     what changed
   */
  Accepted accept(PlanId id, Caller caller);

  /**
   * A plan that nothing stands against.
   *
   * @param parameters as given, hidden ones in clear
   * @param policy text of the placement policy; empty when there was none
   */
  record Accepted(
      PlanId id,
      ProjectId project,
      TemplateSource template,
      JsonObject parameters,
      String policy,
      Placement.Placed placement) {}
}
