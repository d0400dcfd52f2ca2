package io.isthmus.domain.stack.engine;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.ActionStatus;
import io.isthmus.domain.stack.PartKey;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackAction;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackPart.Goal;
import io.isthmus.domain.stack.StackStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be asked of the clouds so that what is becomes what shall be. Pure.
 *
 * <p>A part is made when all that it requires is complete and what has to go before it is gone; it
 * is brought to what it shall be when all that it requires for that is complete. It is removed when
 * all that was built upon it is gone, or has become what needs it no more. While a stack is made,
 * nothing new is begun once a part has failed; what was begun in place is brought to its end. While
 * it sleeps nothing new is made, nor while it is checked.
 *
 * @param steps to be done now, in any order or together; by part
 * @param later when there will be more to do without anything else happening
 */
record Difference(List<Step> steps, Optional<Instant> later) {

  /**
   * @param parts all generations, with what the last looks showed
   * @param doubles physical ids that carry the same mark as a part, by part
   */
  static Difference between(
      Stack stack, Collection<StackPart> parts, Map<PartKey, List<String>> doubles, Instant now) {
    return new Comparison(stack, parts, doubles, now).difference();
  }

  /** Whether its deletion failed, and nobody has asked for it anew since. */
  static boolean hasFailedToGo(Stack stack, StackPart part) {
    return part.status().equals(StackStatus.DELETE_FAILED) && !isAskedAnew(stack, part);
  }

  /** Whether it could not be made what it shall be, and nobody has asked for it anew since. */
  static boolean hasFailedToCome(Stack stack, StackPart part) {
    return part.goal() == Goal.PRESENT
        && (part.status().equals(StackStatus.CREATE_FAILED)
            || part.status().equals(StackStatus.ADOPT_FAILED)
            || part.status().equals(StackStatus.UPDATE_FAILED))
        && !isAskedAnew(stack, part);
  }

  static boolean isAskedAnew(Stack stack, StackPart part) {
    return !stack.status().isTerminal() && !part.state().since().isAfter(stack.actionSince());
  }

  /** Whether a stack is to go back, and its parts do not know it yet. */
  static boolean isTurning(Stack stack) {
    return stack.status().action() == StackAction.ROLLBACK && stack.course().back().isPresent();
  }

  private static final class Comparison {
    private final Stack stack;
    private final List<StackPart> parts;
    private final Map<PartKey, List<String>> doubles;
    private final Instant now;
    private final Set<PartId> right = new HashSet<>();
    private final Set<PartId> notGoneBefore = new HashSet<>();
    private final Set<CloudId> unfenced = new HashSet<>();
    private final Holds holds;
    private final boolean failed;
    private final Set<PartId> toSleepOrWake;
    private final List<Step> steps = new ArrayList<>();
    private Optional<Instant> later = Optional.empty();

    Comparison(
        Stack stack, Collection<StackPart> parts, Map<PartKey, List<String>> doubles, Instant now) {
      this.stack = stack;
      this.parts = parts.stream().sorted(Comparator.comparing(StackPart::key)).toList();
      this.doubles = doubles;
      this.now = now;
      this.holds = new Holds(stack, this.parts);
      for (StackPart part : this.parts) {
        if (part.isRight()) {
          right.add(part.id());
        }
        if (part.goal() == Goal.ABSENT && !part.isGone()) {
          notGoneBefore.add(part.id());
        }
        if (part.mayStillRun() && !part.cannotBeStopped()) {
          unfenced.add(part.id().cloud());
        }
      }
      failed = this.parts.stream().anyMatch(part -> hasFailedToCome(stack, part));
      toSleepOrWake = Sleep.isUnderWay(stack) ? new Sleep(stack, this.parts).due() : Set.of();
    }

    Difference difference() {
      for (StackPart part : parts) {
        if (shallBeStopped(part) && isDue(part)) {
          steps.add(new Step.Stop(part));
        } else if (isWithheld(part)) {
          continue;
        } else if (part.goal() == Goal.PRESENT) {
          removeDoubles(part);
          if (shallBeAdopted(part) && isDue(part)) {
            steps.add(new Step.Adopt(part));
          } else if (shallBeMade(part) && isDue(part)) {
            steps.add(new Step.Create(part));
          } else if (shallBeUpdated(part) && isDue(part)) {
            steps.add(new Step.Update(part));
          } else if (toSleepOrWake.contains(part.id()) && isDue(part)) {
            steps.add(stack.course().suspended() ? new Step.Suspend(part) : new Step.Resume(part));
          }
        } else if (shallBeRemoved(part)) {
          if (isDue(part)) {
            steps.add(new Step.Delete(part));
          }
        } else if (stays(part)) {
          removeDoubles(part);
        }
      }
      return new Difference(List.copyOf(steps), later);
    }

    private void removeDoubles(StackPart part) {
      doubles
          .getOrDefault(part.key(), List.of())
          .forEach(id -> steps.add(new Step.DeleteDouble(part, id)));
    }

    /**
     * It shall go, and not now, or was replaced, and nobody has said so yet; what is deleted is
     * deleted with its doubles.
     */
    private boolean stays(StackPart part) {
      return part.goal() == Goal.OUTGOING
          || part.isBack()
          || part.goal() == Goal.ABSENT && !part.isGone() && !mayBeginToGo();
    }

    private boolean shallBeStopped(StackPart part) {
      return part.mayStillRun() && part.isBack() && !stack.isLeaving();
    }

    /** Where something that was replaced may run, nothing is done before it is stopped. */
    private boolean isWithheld(StackPart part) {
      return unfenced.contains(part.id().cloud()) && !stack.isLeaving();
    }

    /** Where something is to be taken over, nothing is made in its place. */
    private boolean shallBeAdopted(StackPart part) {
      return part.state().isToBeAdopted() && isPursued() && right.containsAll(part.requires());
    }

    private boolean shallBeMade(StackPart part) {
      return isWanted(part)
          && right.containsAll(part.requires())
          && !notGoneBefore.contains(part.id())
          && !waitsForRoom(part);
    }

    /** A way back was not planned: what takes the place of something in a quota goes before. */
    private boolean waitsForRoom(StackPart part) {
      return stack.status().equals(StackStatus.ROLLING_BACK)
          && parts.stream()
              .filter(other -> other.goal() == Goal.ABSENT && !other.isGone())
              .anyMatch(other -> other.sharesQuotaWith(part) && holds.letsGo(other));
    }

    private boolean isWanted(StackPart part) {
      boolean begun =
          part.status().equals(StackStatus.CREATING) && part.state().physicalId().isEmpty();
      if (part.state().isToBeAdopted()) {
        return false;
      }
      boolean open = part.isUntouched() || begun || part.status().equals(StackStatus.CREATE_FAILED);
      return open && (isPursued() || isKept(begun));
    }

    /** What is missing is made anew, if it is chosen so; while the stack sleeps nothing new is. */
    private boolean isKept(boolean begun) {
      return stack.course().suspended()
          ? begun && !stack.isLeaving()
          : stack.status().isWhole() || stack.status().equals(StackStatus.RESUMING);
    }

    private boolean isPursued() {
      return stack.status().isMaking() && !failed && !isTurning(stack);
    }

    private boolean shallBeUpdated(StackPart part) {
      return part.isMade()
          && part.next().isPresent()
          && (isPursued()
              ? right.containsAll(part.next().get().requires())
              : (isFinished(part) || isPutRight(part)) && part.state().missingSince().isEmpty());
    }

    /** It becomes again what it was given; see {@link PuttingRight}. */
    private boolean isPutRight(StackPart part) {
      return part.state().isDeviating()
          && part.status().isWhole()
          && PuttingRight.isPossible(stack);
    }

    /** What a cloud has begun is brought to its end, also where the stack goes no further. */
    private boolean isFinished(StackPart part) {
      return !stack.isLeaving()
          && !stack.status().isMaking()
          && part.status().equals(StackStatus.UPDATING);
    }

    private boolean shallBeRemoved(StackPart part) {
      return part.goal() == Goal.ABSENT
          && !part.isGone()
          && !hasFailedToGo(stack, part)
          && !isTurning(stack)
          && (mayBeginToGo() || part.status().equals(StackStatus.DELETING))
          && !holds.holdsUp(part);
    }

    /** An update that has failed, or was ended, goes no further either way. */
    private boolean mayBeginToGo() {
      boolean stands =
          stack.status().isOfUpdate() && stack.status().status() == ActionStatus.FAILED;
      return !stands;
    }

    private boolean isDue(StackPart part) {
      Optional<Instant> when = part.state().nextTry().filter(next -> next.isAfter(now));
      when.ifPresent(
          next -> later = Optional.of(later.filter(known -> known.isBefore(next)).orElse(next)));
      return when.isEmpty();
    }
  }
}
