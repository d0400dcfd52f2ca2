package io.isthmus.domain.stack.engine;

import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackHealth.State;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackPart.Goal;
import io.isthmus.domain.stack.StackStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Which parts of a stack that was complete are made anew because they have vanished. Pure.
 *
 * <p>Only what a cloud says is not there; only what holds no data, since an empty volume in the
 * place of a full one would hide a loss; and only when all that was built upon it has vanished too,
 * since what still runs would keep pointing at what is no more. Nor before what it is built upon
 * was looked at since: that may have vanished with it. Not while the stack sleeps, since what is
 * made runs. Whether the stack wants it at all is its {@link io.isthmus.domain.stack.DriftChoice}.
 * To put right what was changed, property by property, is {@link PuttingRight}.
 */
final class Repair {

  private static final Set<String> HOLD_DATA = Set.of("OS::Cinder::Volume");

  private final PartTurns turns;

  Repair(PartTurns turns) {
    this.turns = turns;
  }

  /**
   * @param seenSince whether a part was looked at since then; one that was not is looked at next
   */
  Turn of(
      Stack stack,
      Collection<StackPart> parts,
      BiPredicate<StackPart, Instant> seenSince,
      Instant now) {
    boolean updating = stack.status().isMaking() && stack.status().isOfUpdate();
    boolean kept =
        stack.status().isWhole() || updating || stack.status().equals(StackStatus.RESUMING);
    if (Difference.isTurning(stack) || stack.course().suspended() || !kept) {
      return Turn.NOTHING;
    }
    List<StackPart> lost = parts.stream().filter(Repair::isReplaceable).toList();
    Set<PartId> replaced = new HashSet<>(lost.stream().map(StackPart::id).toList());
    boolean shrinking = !replaced.isEmpty();
    while (shrinking) {
      Set<PartId> needed = new HashSet<>();
      parts.stream()
          .filter(part -> part.goal() == Goal.PRESENT && !part.isUntouched())
          .filter(part -> !replaced.contains(part.id()))
          .forEach(part -> needed.addAll(part.requires()));
      shrinking = replaced.removeAll(needed);
    }
    boolean waiting = true;
    while (waiting) {
      Set<PartId> early = new HashSet<>();
      lost.stream()
          .filter(part -> replaced.contains(part.id()))
          .filter(part -> !stands(part, parts, replaced, seenSince))
          .forEach(part -> early.add(part.id()));
      waiting = replaced.removeAll(early);
    }
    return Turn.all(
        lost.stream()
            .filter(part -> replaced.contains(part.id()))
            .map(part -> turns.replaced(part, Words.of("missing", part), now))
            .toList());
  }

  /** Whether all that it is built upon is there, or is replaced with it. */
  private static boolean stands(
      StackPart lost,
      Collection<StackPart> parts,
      Set<PartId> replaced,
      BiPredicate<StackPart, Instant> seenSince) {
    Instant since = lost.state().missingSince().orElse(lost.state().since());
    return parts.stream()
        .filter(part -> part.goal() == Goal.PRESENT && lost.requires().contains(part.id()))
        .filter(part -> part.isMade() && !replaced.contains(part.id()))
        .allMatch(part -> part.state().missingSince().isEmpty() && seenSince.test(part, since));
  }

  private static boolean isReplaceable(StackPart part) {
    return part.goal() == Goal.PRESENT
        && part.isMade()
        && part.state().health().state() == State.LOST
        && !holdsData(part);
  }

  /** Whether what is in it is lost with it. */
  static boolean holdsData(StackPart part) {
    return HOLD_DATA.contains(part.type());
  }
}
