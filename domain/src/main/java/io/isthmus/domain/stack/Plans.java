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
   * Takes a plan for the update of a stack for good, within the caller's transaction, with what it
   * reserves.
   *
   * @throws io.isthmus.domain.fault.FederationFault NOT_FOUND also for another tenant's; STALE_PLAN
   *     when it is of another stack or of none, expired, was used, or does not hold any more,
   *     saying what changed
   */
  AcceptedUpdate acceptUpdate(PlanId id, StackId stack, Caller caller);

  /**
   * The same for a plan by which the stack leaves places, which the federation asks for.
   *
   * @throws io.isthmus.domain.fault.FederationFault as {@link #acceptUpdate}
   */
  AcceptedUpdate acceptLeaving(PlanId id, StackId stack);

  /**
   * The plan of an update that nothing stands against.
   *
   * @param parameters as given, hidden ones in clear
   * @param policy text of the placement policy; empty when there was none
   */
  record AcceptedUpdate(
      PlanId id,
      TemplateSource template,
      JsonObject parameters,
      String policy,
      StackUpdate update) {}

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
