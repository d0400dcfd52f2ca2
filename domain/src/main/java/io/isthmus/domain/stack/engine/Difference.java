package io.isthmus.domain.stack.engine;

import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.PartKey;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackPart.Goal;
import io.isthmus.domain.stack.StackStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be asked of the clouds so that what is becomes what shall be. Pure.
 *
 * <p>A part is made when all that it requires is complete and older generations of it are gone. It
 * is removed when all that requires it is gone. While a stack is created, nothing new is begun once
 * a part has failed.
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
    return part.status().equals(StackStatus.DELETE_FAILED)
        && !(stack.isLeaving() && part.state().since().isBefore(stack.actionSince()));
  }

  /** Whether its creation failed, and nobody has asked for it anew since. */
  static boolean hasFailedToCome(Stack stack, StackPart part) {
    return part.goal() == Goal.PRESENT
        && part.status().equals(StackStatus.CREATE_FAILED)
        && !isAskedAnew(stack, part);
  }

  private static boolean isAskedAnew(Stack stack, StackPart part) {
    return !stack.status().isTerminal() && part.state().since().isBefore(stack.actionSince());
  }

  private static final class Comparison {
    private final Stack stack;
    private final List<StackPart> parts;
    private final Map<PartKey, List<String>> doubles;
    private final Instant now;
    private final Set<PartId> complete = new HashSet<>();
    private final Set<PartId> notGoneBefore = new HashSet<>();
    private final Set<PartId> stillRequired = new HashSet<>();
    private final Map<PartId, Integer> begun = new HashMap<>();
    private final boolean failed;
    private final List<Step> steps = new ArrayList<>();
    private Optional<Instant> later = Optional.empty();

    Comparison(
        Stack stack, Collection<StackPart> parts, Map<PartKey, List<String>> doubles, Instant now) {
      this.stack = stack;
      this.parts = parts.stream().sorted(Comparator.comparing(StackPart::key)).toList();
      this.doubles = doubles;
      this.now = now;
      for (StackPart part : this.parts) {
        if (part.isComplete()) {
          complete.add(part.id());
        }
        if (part.goal() == Goal.ABSENT && !part.isGone()) {
          notGoneBefore.add(part.id());
        }
        if (!part.isUntouched()) {
          begun.merge(part.id(), part.key().generation(), Math::max);
          if (!part.isGone()) {
            stillRequired.addAll(part.requires());
          }
        }
      }
      failed = this.parts.stream().anyMatch(part -> hasFailedToCome(stack, part));
    }

    Difference difference() {
      for (StackPart part : parts) {
        if (part.goal() == Goal.PRESENT) {
          doubles
              .getOrDefault(part.key(), List.of())
              .forEach(id -> steps.add(new Step.DeleteDouble(part, id)));
          if (shallBeMade(part) && isDue(part)) {
            steps.add(new Step.Create(part));
          }
        } else if (shallBeRemoved(part) && isDue(part)) {
          steps.add(new Step.Delete(part));
        }
      }
      return new Difference(List.copyOf(steps), later);
    }

    private boolean shallBeMade(StackPart part) {
      return isWanted(part)
          && complete.containsAll(part.requires())
          && !notGoneBefore.contains(part.id());
    }

    private boolean isWanted(StackPart part) {
      boolean begun =
          part.status().equals(StackStatus.CREATING) && part.state().physicalId().isEmpty();
      if (stack.status().equals(StackStatus.CREATING)) {
        return !failed
            && (part.isUntouched() || begun || part.status().equals(StackStatus.CREATE_FAILED));
      }
      if (stack.status().equals(StackStatus.CREATED)) {
        return part.isUntouched() || begun || part.status().equals(StackStatus.CREATE_FAILED);
      }
      return false;
    }

    private boolean shallBeRemoved(StackPart part) {
      return part.goal() == Goal.ABSENT
          && !part.isGone()
          && !hasFailedToGo(stack, part)
          && (!stillRequired.contains(part.id()) || hasComeTooLate(part));
    }

    /** Its successor was begun when it was gone, so what requires it is built upon that one. */
    private boolean hasComeTooLate(StackPart part) {
      return part.key().generation() < begun.getOrDefault(part.id(), 0);
    }

    private boolean isDue(StackPart part) {
      Optional<Instant> when = part.state().nextTry().filter(next -> next.isAfter(now));
      when.ifPresent(
          next -> later = Optional.of(later.filter(known -> known.isBefore(next)).orElse(next)));
      return when.isEmpty();
    }
  }
}
