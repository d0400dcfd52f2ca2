package io.isthmus.domain.drain;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Leaving;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.stack.StackId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * How far a stack that a drain has moved is on its way back.
 *
 * @param homes where its servers stood, by path
 * @param plan by which it moves back
 * @param why what keeps it, if anything does
 * @param held what of it cannot move back, with every reason
 * @param tries how often that has failed or found no room
 * @param askedBy who has it moved back
 */
public record DrainReturn(
    UUID drain,
    StackId stack,
    ProjectId project,
    String name,
    Map<String, Place> homes,
    State state,
    Optional<PlanId> plan,
    Optional<Phrase> why,
    List<Leaving.Held> held,
    int tries,
    String askedBy,
    String askedBySubject,
    Instant changedAt) {

  /** What becomes of it. */
  public enum State {
    /** Its turn has not come. */
    WAITING,
    /** Something else is done to it, which is waited for. */
    AT_WORK,
    /** It is moving back. */
    MOVING,
    /** It stands where it stood. */
    BACK,
    /** It cannot move back as things are; that is tried again. */
    HELD,
    /** Moving it back has failed; that is tried again. */
    FAILED,
    /** It is deleted, or nothing of it is to move back any more. */
    GONE;

    /** As the API names it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether nothing more is to be done. */
    public boolean isThrough() {
      return this == BACK || this == GONE;
    }
  }

  public DrainReturn {
    homes = Map.copyOf(homes);
    held = List.copyOf(held);
  }

  DrainReturn in(State next, Optional<Phrase> reason, Instant now) {
    return with(next, plan, reason, List.of(), tries, now);
  }

  DrainReturn moving(PlanId by, Instant now) {
    return with(State.MOVING, Optional.of(by), Optional.empty(), List.of(), tries, now);
  }

  /** It did not come to that; it is tried again. */
  DrainReturn again(State next, Phrase reason, List<Leaving.Held> stays, Instant now) {
    return with(next, Optional.empty(), Optional.of(reason), stays, tries + 1, now);
  }

  private DrainReturn with(
      State next,
      Optional<PlanId> by,
      Optional<Phrase> reason,
      List<Leaving.Held> stays,
      int newTries,
      Instant now) {
    return new DrainReturn(
        drain,
        stack,
        project,
        name,
        homes,
        next,
        by,
        reason,
        stays,
        newTries,
        askedBy,
        askedBySubject,
        state == next ? changedAt : now);
  }
}
