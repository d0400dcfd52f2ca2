package io.isthmus.domain.placement;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.language.Phrase;
import java.util.Collection;
import java.util.Optional;

/** Port: whether a project may spend more. Implemented by the capability that keeps budgets. */
public interface SpendingLimit {

  /**
   * Why something new may not be begun; empty when it may. What runs is never in question.
   *
   * @param parts that are new
   */
  Optional<Phrase> refusal(ProjectId project, Collection<PlannedPart> parts);

  /**
   * The same where something takes the place of what runs.
   *
   * @param parts that are new
   * @param gone parts that run and go for them; they lessen what is asked for
   */
  default Optional<Phrase> refusal(
      ProjectId project, Collection<PlannedPart> parts, Collection<PlannedPart> gone) {
    return refusal(project, parts);
  }
}
