package io.isthmus.domain.stack.engine;

import io.isthmus.domain.stack.Reshaping;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackChange.Reform;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackPart.Goal;
import io.isthmus.domain.stack.StackRevision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The turning points of an update: where it goes back, its parts shall be what they were; where all
 * that is wanted is there, what is not wanted any more may go, and there is no way back. When no
 * call is under way.
 */
final class Turnover {

  private final Ledger ledger;
  private final PartTurns turns;

  Turnover(Ledger ledger, PartTurns turns) {
    this.ledger = ledger;
    this.turns = turns;
  }

  /** Whether the stack is to go back, and nothing has to be written before. */
  boolean isDue() {
    return Difference.isTurning(ledger.stack()) && !ledger.isToldOfAnotherAction();
  }

  void turn(Instant now) {
    Stack stack = ledger.stack();
    if (ledger.isToldOfAnotherAction()) {
      return;
    }
    if (Difference.isTurning(stack)) {
      goBack(stack, now);
    } else if (stack.status().isMaking() && stack.status().isOfUpdate() && isAllThere()) {
      letGo(stack, now);
    }
  }

  private void goBack(Stack stack, Instant now) {
    StackRevision goal = ledger.revision(stack.course().back().orElseThrow()).orElseThrow();
    Reshaping.back(goal, ledger.parts(), now).forEach(part -> ledger.note(Turn.of(part)));
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
