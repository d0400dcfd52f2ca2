package io.isthmus.domain.stack.engine;

import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackPart.Goal;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What has to wait with its going for something that is built upon it. Pure.
 *
 * <p>What shall be there and is what it shall be is built upon what shall be there too; it holds up
 * nothing. What is to become something else in place holds up what it was built upon until it has,
 * unless it waits itself for what comes when that has gone. A volume that stays until all that is
 * wanted is there holds up nothing until then. What was replaced in a lost cloud holds up nothing
 * elsewhere.
 */
final class Holds {

  private final boolean leaving;
  private final List<StackPart> builders;
  private final Map<PartId, StackPart> present = new HashMap<>();
  private final Map<PartId, Set<PartId>> waitsFor = new HashMap<>();

  Holds(Stack stack, Collection<StackPart> parts) {
    leaving = stack.isLeaving();
    builders =
        parts.stream()
            .filter(part -> !part.isUntouched() && !part.isGone() && !part.upon().isEmpty())
            .filter(part -> part.goal() != Goal.PRESENT || leaving || part.next().isPresent())
            .filter(part -> part.goal() != Goal.OUTGOING || leaving || !part.isVolume())
            .toList();
    parts.stream()
        .filter(part -> part.goal() == Goal.PRESENT)
        .forEach(part -> present.put(part.id(), part));
  }

  /** Whether something is built upon what shall go. What is not there any more is no ground. */
  boolean holdsUp(StackPart going) {
    return holding(going).findAny().isPresent();
  }

  /** Whether what shall go does so without anything that stays being done before. */
  boolean letsGo(StackPart going) {
    return holding(going).allMatch(part -> part.goal() == Goal.ABSENT && letsGo(part));
  }

  private Stream<StackPart> holding(StackPart going) {
    if (going.state().missingSince().isPresent()) {
      return Stream.empty();
    }
    return builders.stream()
        .filter(part -> !part.isReplaced() || part.id().cloud().equals(going.id().cloud()))
        .filter(part -> part.isUpon(going.key()) && !waitsForSuccessor(part, going.id()));
  }

  private boolean waitsForSuccessor(StackPart part, PartId gone) {
    return part.goal() == Goal.PRESENT
        && !leaving
        && waitsFor.computeIfAbsent(part.id(), id -> allRequired(part)).contains(gone);
  }

  private Set<PartId> allRequired(StackPart part) {
    Set<PartId> all = new HashSet<>();
    Deque<PartId> open = new ArrayDeque<>(part.goalSpec().requires());
    while (!open.isEmpty()) {
      PartId id = open.pop();
      if (all.add(id) && present.containsKey(id)) {
        open.addAll(present.get(id).goalSpec().requires());
      }
    }
    return all;
  }
}
