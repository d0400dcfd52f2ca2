package io.isthmus.domain.stack;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.placement.Plan;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.placement.PlanService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The plans that placement keeps. */
@ApplicationScoped
public class KeptPlans implements Plans {

  private PlanService plans;

  @Inject
  KeptPlans(PlanService plans) {
    this.plans = plans;
  }

  /** For the container's proxies. */
  protected KeptPlans() {}

  @Override
  public Accepted accept(PlanId id, Caller caller) {
    PlanService.Taken taken = plans.accept(id, caller);
    Plan plan = taken.plan();
    return new Accepted(
        plan.id(),
        plan.project(),
        plan.template(),
        taken.parameters(),
        plan.policy(),
        plan.placement());
  }
}
