package io.isthmus.domain.stack.engine;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackChange.Header;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackHealth.State;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackPart.Goal;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.Trouble;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a stack's status and health are, given its parts. Pure. */
final class Settlement {

  /** More reasons than this help nobody. */
  private static final int MOST_REASONS = 10;

  private Settlement() {}

  /**
   * @param quiet whether no call is under way; a stack has not failed while one may still change it
   */
  static Header of(Stack stack, Collection<StackPart> parts, boolean quiet) {
    if (stack.status().equals(StackStatus.CREATING)) {
      return creating(stack, parts, quiet);
    }
    if (stack.status().equals(StackStatus.DELETING)) {
      return deleting(stack, parts, quiet);
    }
    return header(stack, stack.status(), stack.reason(), parts);
  }

  private static Header creating(Stack stack, Collection<StackPart> parts, boolean quiet) {
    Optional<StackPart> failed =
        parts.stream()
            .filter(part -> part.goal() == Goal.PRESENT)
            .filter(part -> Difference.hasFailedToCome(stack, part))
            .min(Comparator.comparing(part -> part.state().since()));
    if (failed.isPresent()) {
      return quiet
          ? header(stack, StackStatus.CREATE_FAILED, why("create-failed", failed.get()), parts)
          : header(stack, StackStatus.CREATING, stack.reason(), parts);
    }
    boolean complete =
        parts.stream().filter(part -> part.goal() == Goal.PRESENT).allMatch(StackPart::isComplete);
    return complete
        ? header(stack, StackStatus.CREATED, Phrase.of("stack.complete", stack.name()), parts)
        : header(stack, StackStatus.CREATING, Phrase.of("stack.in-creation", stack.name()), parts);
  }

  private static Header deleting(Stack stack, Collection<StackPart> parts, boolean quiet) {
    if (parts.stream().allMatch(StackPart::isGone)) {
      return header(
          stack, StackStatus.DELETED, Phrase.of("stack.deleted-whole", stack.name()), parts);
    }
    Optional<StackPart> failed =
        parts.stream().filter(part -> Difference.hasFailedToGo(stack, part)).findFirst();
    if (failed.isPresent() && quiet && nothingMoves(stack, parts)) {
      return header(stack, StackStatus.DELETE_FAILED, why("delete-failed", failed.get()), parts);
    }
    return header(stack, StackStatus.DELETING, Phrase.of("stack.in-deletion", stack.name()), parts);
  }

  /** Whether all that is not gone has failed to go, or waits for something that has. */
  private static boolean nothingMoves(Stack stack, Collection<StackPart> parts) {
    return parts.stream()
        .filter(part -> !part.isGone() && !Difference.hasFailedToGo(stack, part))
        .allMatch(
            part ->
                parts.stream()
                    .filter(other -> !other.isGone())
                    .anyMatch(other -> other.requires().contains(part.id())));
  }

  private static Phrase why(String key, StackPart part) {
    return Words.because(
        key,
        part,
        part.state().trouble().map(Trouble::phrase).orElse(Phrase.of("stack.no-reason")));
  }

  private static Header header(
      Stack stack, StackStatus status, Phrase reason, Collection<StackPart> parts) {
    return new Header(stack.actionSince(), status, reason, health(status, parts));
  }

  private static StackHealth health(StackStatus status, Collection<StackPart> parts) {
    List<StackPart> wanted = parts.stream().filter(part -> part.goal() == Goal.PRESENT).toList();
    List<StackHealth> bad =
        parts.stream()
            .filter(part -> !part.isGone())
            .map(part -> part.state().health())
            .filter(health -> health.state().compareTo(State.HEALTHY) > 0)
            .toList();
    List<Phrase> reasons =
        bad.stream()
            .flatMap(health -> health.reasons().stream())
            .distinct()
            .limit(MOST_REASONS)
            .toList();
    if (bad.isEmpty()) {
      return status.equals(StackStatus.CREATED) && wanted.stream().allMatch(StackPart::isComplete)
          ? StackHealth.HEALTHY
          : status.equals(StackStatus.CREATED)
              ? StackHealth.of(State.DEGRADED, Phrase.of("stack.being-repaired"))
              : StackHealth.UNKNOWN;
    }
    boolean allLost =
        bad.size() == wanted.size() && bad.stream().allMatch(one -> one.state() == State.LOST);
    State state =
        allLost
            ? State.LOST
            : bad.stream().anyMatch(health -> health.state() == State.UNREACHABLE)
                ? State.UNREACHABLE
                : State.DEGRADED;
    long silent = bad.stream().filter(health -> health.state() == State.UNREACHABLE).count();
    long there = parts.stream().filter(part -> !part.isGone()).count();
    return state == State.UNREACHABLE && silent < there
        ? StackHealth.partlyUnreachable(silent, there, reasons)
        : new StackHealth(state, reasons);
  }
}
