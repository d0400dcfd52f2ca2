package io.isthmus.domain.stack.engine;

import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackHealth.State;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackPart.Goal;
import io.isthmus.domain.stack.StackStatus;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which parts of a stack are put to sleep or woken next, while that is what is done to it. Pure.
 *
 * <p>A server goes to sleep when all that needs it sleeps, and wakes when all that it needs is
 * awake, be it by way of ports, networks or volumes. What is not there need not be put to sleep.
 * One that fails holds up only what waits for it.
 */
final class Sleep {

  private final Stack stack;
  private final boolean falling;
  private final Map<PartId, StackPart> present = new HashMap<>();
  private final List<StackPart> sleepers;
  private final Map<PartId, Set<PartId>> needs = new HashMap<>();

  /**
   * @param stack SUSPEND_IN_PROGRESS or RESUME_IN_PROGRESS
   * @param parts all generations
   */
  Sleep(Stack stack, Collection<StackPart> parts) {
    this.stack = stack;
    this.falling = isFalling(stack);
    parts.stream()
        .filter(part -> part.goal() == Goal.PRESENT)
        .forEach(part -> present.put(part.id(), part));
    this.sleepers =
        present.values().stream()
            .filter(StackPart::isSuspendable)
            .sorted(Comparator.comparing(StackPart::key))
            .toList();
  }

  private static boolean isFalling(Stack stack) {
    return stack.status().equals(StackStatus.SUSPENDING);
  }

  /** Whether a stack is being put to sleep or woken now. */
  static boolean isUnderWay(Stack stack) {
    return isFalling(stack) || stack.status().equals(StackStatus.RESUMING);
  }

  /** Whether a server has come where its stack wants it, or is none that can. */
  static boolean isSettled(Stack stack, StackPart part) {
    if (part.goal() != Goal.PRESENT || !part.isSuspendable()) {
      return true;
    }
    if (isFalling(stack)) {
      return part.status().equals(StackStatus.SUSPENDED) || isNotThere(part);
    }
    return !part.status().isOfSleep() || part.status().equals(StackStatus.RESUMED);
  }

  private static boolean isNotThere(StackPart part) {
    return part.isUntouched()
        || part.status().equals(StackStatus.CREATE_FAILED)
        || part.state().health().state() == State.LOST;
  }

  /** Whether it could not be put to sleep or woken, and nobody has asked for it anew since. */
  static boolean hasFailed(Stack stack, StackPart part) {
    return part.goal() == Goal.PRESENT
        && part.status()
            .equals(isFalling(stack) ? StackStatus.SUSPEND_FAILED : StackStatus.RESUME_FAILED)
        && !Difference.isAskedAnew(stack, part);
  }

  /** Whether it shall wake and is not there any more; unless it is made anew it never does. */
  static boolean isLostAsleep(Stack stack, StackPart part) {
    return stack.status().equals(StackStatus.RESUMING)
        && part.state().health().state() == State.LOST
        && !isSettled(stack, part)
        && !hasFailed(stack, part);
  }

  boolean isDone() {
    return sleepers.stream().allMatch(part -> isSettled(stack, part));
  }

  /** Which failed first; empty when none has. */
  Optional<StackPart> failed() {
    return sleepers.stream()
        .filter(part -> hasFailed(stack, part))
        .min(Comparator.comparing(part -> part.state().since()));
  }

  /** Whether nothing more comes of it by itself, because something failed. */
  boolean isStuck() {
    return failed().isPresent() && due().isEmpty() && sleepers.stream().noneMatch(this::isAwaited);
  }

  /** What its cloud is to be asked for now, or asked on. */
  Set<PartId> due() {
    Set<PartId> held = held();
    Set<PartId> due = new HashSet<>();
    for (StackPart part : sleepers) {
      boolean waits = isSettled(stack, part) || hasFailed(stack, part) || isAwaited(part);
      if (!waits && !held.contains(part.id())) {
        due.add(part.id());
      }
    }
    return due;
  }

  /** It is being made or changed still, and comes after that. */
  private boolean isAwaited(StackPart part) {
    return !isSettled(stack, part)
        && (part.status().equals(StackStatus.CREATING)
            || part.status().equals(StackStatus.UPDATING));
  }

  /** What has to wait for others. */
  private Set<PartId> held() {
    Set<PartId> held = new HashSet<>();
    for (StackPart part : sleepers) {
      if (falling && !isSettled(stack, part)) {
        held.addAll(needs(part));
      } else if (!falling && needs(part).stream().anyMatch(this::isAsleep)) {
        held.add(part.id());
      }
    }
    return held;
  }

  private boolean isAsleep(PartId id) {
    return !isSettled(stack, present.get(id));
  }

  /** The nearest servers that it needs, by way of what cannot sleep. */
  private Set<PartId> needs(StackPart part) {
    Set<PartId> known = needs.get(part.id());
    if (known != null) {
      return known;
    }
    Set<PartId> found = new HashSet<>();
    for (PartId id : part.requires()) {
      StackPart required = present.get(id);
      if (required != null && required.isSuspendable()) {
        found.add(id);
      } else if (required != null) {
        found.addAll(needs(required));
      }
    }
    needs.put(part.id(), found);
    return found;
  }
}
