package io.isthmus.domain.placement;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.language.Phrase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a project may spend what an update costs more. */
final class UpdateCost {

  private UpdateCost() {}

  static Optional<Phrase> refusal(
      Plan plan, PlannedUpdate update, StandingStack stack, SpendingLimit spending) {
    return refusal(plan.project(), plan.placement().parts(), update.steps(), stack, spending);
  }

  static Optional<Phrase> refusal(
      ProjectId project,
      List<PlannedPart> parts,
      List<PlannedUpdate.Step> steps,
      StandingStack stack,
      SpendingLimit spending) {
    Map<PartId, PlannedPart> before = new HashMap<>();
    stack.stands().parts().forEach(part -> before.put(part.id(), part));
    Map<PartId, PlannedPart> after = new HashMap<>();
    parts.forEach(part -> after.put(part.id(), part));
    List<PlannedPart> more = new ArrayList<>();
    List<PlannedPart> gone = new ArrayList<>();
    for (PlannedUpdate.Step step : steps) {
      PlannedPart old = before.get(step.id());
      PlannedPart fresh = after.get(step.id());
      boolean costsElse = old == null || fresh == null || !old.measure().equals(fresh.measure());
      if (step.isNew() || costsElse) {
        Optional.ofNullable(fresh).ifPresent(more::add);
        Optional.ofNullable(old).ifPresent(gone::add);
      }
    }
    return spending.refusal(project, more, gone);
  }
}
