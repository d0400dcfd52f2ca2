package io.isthmus.domain.stack.engine;

import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.PartKey;
import io.isthmus.domain.stack.Relocations;
import io.isthmus.domain.stack.Reshaping;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackChange.Reform;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackPart.Goal;
import io.isthmus.domain.stack.StackRevision;
import io.isthmus.domain.stack.Trouble;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.template.ResourceNode;
import io.isthmus.domain.template.ResourceReference;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The turning points of an update: where it goes back, its parts shall be what they were; where all
 * that is wanted is there, what is not wanted any more may go, and there is no way back. And on the
 * way what stands upon something that has to go before its successor can be does not stand in its
 * way for ever, whichever update, ended in the middle, left it there. When no call is under way.
 */
final class Turnover {

  private final Ledger ledger;
  private final Relocations relocations;
  private final Supplier<ResourceGraph> graph;
  private final PartTurns turns;

  Turnover(Ledger ledger, Relocations relocations, Supplier<ResourceGraph> graph, PartTurns turns) {
    this.ledger = ledger;
    this.relocations = relocations;
    this.graph = graph;
    this.turns = turns;
  }

  /** Whether the stack is to go back, and nothing has to be written before. */
  boolean isDue() {
    return Difference.isTurning(ledger.stack()) && !ledger.isToldOfAnotherAction();
  }

  /**
   * Notes what follows from where the stack has come.
   *
   * @param write writes what was noted, where others must not take the room meanwhile
   * @return what writing has answered; false when there was nothing to be written at once
   */
  boolean turn(Instant now, BooleanSupplier write) {
    Stack stack = ledger.stack();
    if (ledger.isToldOfAnotherAction()) {
      return false;
    }
    if (Difference.isTurning(stack)) {
      return goBack(stack, now, write);
    }
    if (stack.status().isMaking() && stack.status().isOfUpdate()) {
      if (isAllThere()) {
        letGo(stack, now);
      } else {
        clearTheWay(now);
      }
    }
    return false;
  }

  private void clearTheWay(Instant now) {
    List<StackPart> first =
        ledger.parts().stream()
            .filter(part -> part.goal() == Goal.ABSENT && !part.isGone())
            .filter(part -> isToCome(part.id()))
            .toList();
    for (StackPart going : first) {
      ledger.parts().stream()
          .filter(part -> part.isUpon(going.key()) && !part.isVolume())
          .toList()
          .forEach(part -> clear(part, going, now));
    }
  }

  /** Whether a successor is wanted that is not there. */
  private boolean isToCome(PartId id) {
    return ledger.parts().stream()
        .anyMatch(
            part -> part.goal() == Goal.PRESENT && part.id().equals(id) && !part.isComplete());
  }

  /** It goes too, unless it can stay and have the successor instead. */
  private void clear(StackPart part, StackPart going, Instant now) {
    if (part.goal() == Goal.OUTGOING) {
      ledger.note(turns.unwanted(part, now));
    } else if (part.goal() == Goal.PRESENT && part.isMade() && part.next().isPresent()) {
      String fixed = fixedUpon(part, going.id());
      if (!fixed.isEmpty()) {
        ledger.note(
            Turn.all(
                List.of(
                    turns.madeRoomFor(part, Phrase.of("stack.changed-otherwise", fixed), now),
                    turns.rebuilt(ledger.parts(), part.id()))));
      }
    }
  }

  /** The properties that lead to what is going and cannot be changed in place. */
  private String fixedUpon(StackPart part, PartId going) {
    Optional<ResourceNode> node = graph.get().find(part.id().resource());
    return node.stream()
        .flatMap(known -> known.references().stream())
        .filter(reference -> reference.target().equals(going.resource()))
        .map(ResourceReference::property)
        .flatMap(Optional::stream)
        .map(property -> property.replaceFirst("\\..*", ""))
        .filter(property -> !isUpdatable(node.orElseThrow(), property))
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static boolean isUpdatable(ResourceNode node, String property) {
    return Optional.ofNullable(node.type().properties().get(property))
        .filter(schema -> !schema.updatable())
        .isEmpty();
  }

  private boolean goBack(Stack stack, Instant now, BooleanSupplier write) {
    StackRevision goal = ledger.revision(stack.course().back().orElseThrow()).orElseThrow();
    List<StackPart> changed = Reshaping.back(goal, ledger.parts(), now);
    Map<PartKey, StackPart> after = new HashMap<>();
    ledger.parts().forEach(part -> after.put(part.key(), part));
    changed.forEach(part -> after.put(part.key(), part));
    Map<Place, Map<LimitKind, Long>> more = Needs.more(ledger.parts(), after.values());
    if (more.isEmpty()) {
      goBack(stack, goal, changed, Map.of(), now);
      return false;
    }
    // Others may have taken what the update gave back.
    return relocations.inTurn(
        stack,
        () -> {
          goBack(stack, goal, changed, relocations.lacking(stack, more), now);
          return write.getAsBoolean();
        });
  }

  private void goBack(
      Stack stack,
      StackRevision goal,
      List<StackPart> changed,
      Map<Place, FederationFault> lacking,
      Instant now) {
    changed.forEach(part -> ledger.note(Turn.of(part)));
    if (!lacking.isEmpty()) {
      // What failed before its action began would be asked for anew.
      Instant begun = stack.actionSince().plus(1, ChronoUnit.MICROS);
      Instant at = now.isBefore(begun) ? begun : now;
      ledger.parts().stream()
          .filter(Reshaping::isToBeMade)
          .filter(part -> !part.counts().isEmpty() && lacking.containsKey(part.id().place()))
          .toList()
          .forEach(
              part -> {
                Trouble trouble = Trouble.of(lacking.get(part.id().place()), at);
                ledger.note(turns.createFailed(part, trouble, false, at));
              });
    }
    ledger.note(new Reform(stack.course().returning(), Optional.of(goal)), now);
  }

  private boolean isAllThere() {
    return ledger.parts().stream()
        .filter(part -> part.goal() == Goal.PRESENT)
        .allMatch(StackPart::isRight);
  }

  private void letGo(Stack stack, Instant now) {
    List<StackPart> outgoing =
        ledger.parts().stream().filter(part -> part.goal() == Goal.OUTGOING).toList();
    if (!outgoing.isEmpty()) {
      outgoing.forEach(part -> ledger.note(turns.unwanted(part, now)));
      ledger.note(new Reform(stack.course().through(), Optional.empty()), now);
    }
  }
}
