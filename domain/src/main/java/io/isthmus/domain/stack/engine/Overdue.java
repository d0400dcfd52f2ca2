package io.isthmus.domain.stack.engine;

import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackPart.Goal;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.Trouble;
import java.time.Duration;
import java.time.Instant;

/** What becomes of parts when an action takes too long: what is not done has failed. Pure. */
final class Overdue {

  private final Stack stack;
  private final PartTurns turns;
  private final Trouble late;

  /**
   * @param late what is told where nothing else went wrong
   */
  Overdue(Stack stack, PartTurns turns, Trouble late) {
    this.stack = stack;
    this.turns = turns;
    this.late = late;
  }

  /** What is still being changed in place though its stack goes no further. */
  Turn atRest(StackPart part, Duration limit, Instant now) {
    boolean late =
        part.goal() == Goal.PRESENT
            && part.status().equals(StackStatus.UPDATING)
            && !now.isBefore(part.state().since().plus(limit));
    return late
        ? turns.updateFailed(part, part.state().trouble().orElse(this.late), now)
        : Turn.NOTHING;
  }

  Turn of(StackPart part, Instant now) {
    Trouble trouble = part.state().trouble().orElse(late);
    if (Sleep.isUnderWay(stack)) {
      return notAsWished(part, trouble, now);
    }
    boolean going = stack.isLeaving() || part.goal() == Goal.ABSENT && stack.status().isOfUpdate();
    if (going) {
      return !part.isGone() && !Difference.hasFailedToGo(stack, part)
          ? turns.deleteFailed(part, trouble, now)
          : Turn.NOTHING;
    }
    if (part.goal() != Goal.PRESENT
        || stack.status().equals(StackStatus.CHECKING)
        || part.isRight()
        || Difference.hasFailedToCome(stack, part)) {
      return Turn.NOTHING;
    }
    if (part.state().isToBeAdopted()) {
      return part.isUntouched() ? Turn.NOTHING : turns.adoptFailed(part, trouble, now);
    }
    if (part.isMade()) {
      return turns.updateFailed(part, trouble, now);
    }
    return !part.isUntouched() || part.state().trouble().isPresent()
        ? turns.createFailed(part, trouble, false, now)
        : Turn.NOTHING;
  }

  /** It was to be put to sleep or woken. */
  private Turn notAsWished(StackPart part, Trouble trouble, Instant now) {
    if (Sleep.isSettled(stack, part) || Sleep.hasFailed(stack, part)) {
      return Turn.NOTHING;
    }
    if (part.status().equals(StackStatus.CREATING)) {
      return turns.createFailed(part, trouble, false, now);
    }
    return turns.sleepOrWakingFailed(
        part, stack.status().equals(StackStatus.SUSPENDING), trouble, now);
  }
}
