package io.isthmus.domain.stack;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.placement.CreatePlan;
import io.isthmus.domain.placement.PlanId;

/**
 * The wish for a stack.
 *
 * @param name as Heat allows it: a letter, then letters, digits, {@code _ . -}; at most 255
 * @param plan exactly what shall be done
 * @param onDrift what is done about what is changed in its clouds behind our back
 */
public record CreateStack(ProjectId project, String name, PlanId plan, DriftChoice onDrift) {

  public CreateStack {
    requireName(name);
  }

  /** One in which what vanishes is made anew. */
  public CreateStack(ProjectId project, String name, PlanId plan) {
    this(project, name, plan, DriftChoice.REPLACE_VANISHED);
  }

  /**
   * Checks a name before there is a plan.
   *
   * @throws FederationFault REQUEST_INVALID when no stack can be called so
   */
  public static void requireName(String name) {
    CreatePlan.requireName(name);
  }
}
