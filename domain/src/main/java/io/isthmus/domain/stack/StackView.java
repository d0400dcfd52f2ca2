package io.isthmus.domain.stack;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PlanId;
import java.time.Instant;
import java.util.List;

/**
 * A stack as it is shown.
 *
 * @param parts how many physical resources it shall have
 * @param partsDone how many of them have come as far as the stack's action wants: are complete
 *     while it is created and after, are gone while it is deleted
 * @param regions where its parts are, each region once
 * @param version changes with each change of the stack or a part; for ETags
 * @param createdBy name of the person who asked for it
 * @param drift how far it is from what was given to its clouds
 * @param asleep whether it sleeps, or was to sleep or to wake and not all of it has come so far
 */
public record StackView(
    StackId id,
    ProjectId project,
    String name,
    StackStatus status,
    Phrase statusReason,
    StackHealth health,
    PlanId plan,
    int parts,
    int partsDone,
    List<Place> regions,
    long version,
    Instant createdAt,
    Instant updatedAt,
    String createdBy,
    StackDrift drift,
    boolean asleep) {

  public StackView {
    regions = List.copyOf(regions);
  }

  /** Whether it was abandoned: nobody knows it any more, and what it had is in its clouds. */
  public boolean isAbandoned() {
    return statusReason.key().equals("stack.abandoned");
  }
}
