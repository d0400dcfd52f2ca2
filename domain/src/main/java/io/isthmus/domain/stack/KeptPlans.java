package io.isthmus.domain.stack;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.placement.Leaving;
import io.isthmus.domain.placement.Plan;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.placement.PlanService;
import io.isthmus.domain.placement.PlannedUpdate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.stream.Collectors;

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

  @Override
  public AcceptedUpdate acceptUpdate(PlanId id, StackId stack, Caller caller) {
    return update(plans.acceptUpdate(id, stack.value(), caller));
  }

  @Override
  public AcceptedUpdate acceptLeaving(PlanId id, StackId stack) {
    return update(plans.acceptLeaving(id, stack.value()));
  }

  private static AcceptedUpdate update(PlanService.Taken taken) {
    Plan plan = taken.plan();
    return new AcceptedUpdate(
        plan.id(),
        plan.template(),
        taken.parameters(),
        plan.policy(),
        new StackUpdate(
            plan.placement().parts(),
            plan.update().orElseThrow().steps().stream().map(KeptPlans::change).toList(),
            plan.placement().wiring().segments(),
            lost(plan.update().orElseThrow().leaving())));
  }

  private static Set<CloudId> lost(Leaving leaving) {
    return leaving.lost().isEmpty()
        ? Set.of()
        : leaving.left().stream().map(one -> one.area().cloud()).collect(Collectors.toSet());
  }

  private static PartChange change(PlannedUpdate.Step step) {
    return new PartChange(
        step.id(), PartChange.Kind.valueOf(step.kind().name()), step.causes(), step.newFirst());
  }
}
