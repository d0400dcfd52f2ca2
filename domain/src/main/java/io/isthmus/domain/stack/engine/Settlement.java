package io.isthmus.domain.stack.engine;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.PartKey;
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
import java.util.Map;
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
    return of(stack, parts, quiet, Map.of());
  }

  /**
   * @param failing what is there and does not do what it is there for, and why; counts once the
   *     stack is at rest
   */
  static Header of(
      Stack stack, Collection<StackPart> parts, boolean quiet, Map<PartKey, Phrase> failing) {
    if (stack.status().equals(StackStatus.CREATING)) {
      return creating(stack, parts, quiet);
    }
    if (stack.status().equals(StackStatus.DELETING)) {
      return deleting(stack, parts, quiet);
    }
    if (stack.status().isMaking() && !Difference.isTurning(stack)) {
      return changing(stack, parts, quiet);
    }
    return new Header(
        stack.actionSince(),
        stack.status(),
        stack.reason(),
        health(stack.status(), parts, failing));
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

  private static Header changing(Stack stack, Collection<StackPart> parts, boolean quiet) {
    boolean updating = stack.status().equals(StackStatus.UPDATING);
    Optional<StackPart> failed =
        parts.stream()
            .filter(
                part ->
                    Difference.hasFailedToCome(stack, part)
                        || part.goal() == Goal.ABSENT && Difference.hasFailedToGo(stack, part))
            .min(Comparator.comparing(part -> part.state().since()));
    if (failed.isPresent() && quiet) {
      Phrase why = why(failed.get());
      boolean back = stack.course().rollsBack() && stack.course().back().isPresent();
      return updating && back
          ? header(
              stack,
              StackStatus.ROLLING_BACK,
              Phrase.of("stack.goes-back", stack.name(), why),
              parts)
          : header(
              stack,
              updating ? StackStatus.UPDATE_FAILED : StackStatus.ROLLBACK_FAILED,
              why,
              parts);
    }
    if (failed.isEmpty() && parts.stream().allMatch(Settlement::isAsItShallBe)) {
      return header(
          stack,
          updating ? StackStatus.UPDATED : StackStatus.ROLLED_BACK,
          Phrase.of(updating ? "stack.updated-whole" : "stack.rolled-back", stack.name()),
          parts);
    }
    return failed.isPresent()
        ? header(stack, stack.status(), stack.reason(), parts)
        : header(
            stack,
            stack.status(),
            Phrase.of(updating ? "stack.in-update" : "stack.in-rollback", stack.name()),
            parts);
  }

  private static boolean isAsItShallBe(StackPart part) {
    return part.goal() == Goal.PRESENT ? part.isRight() : part.isGone() || part.isReplaced();
  }

  /** Why something could not be made, brought to what it shall be, or removed. */
  private static Phrase why(StackPart part) {
    return why(
        switch (part.status().action()) {
          case UPDATE -> "update-failed";
          case DELETE -> "delete-failed";
          default -> "create-failed";
        },
        part);
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
    Holds holds = new Holds(stack, parts);
    return parts.stream()
        .filter(part -> !part.isGone() && !Difference.hasFailedToGo(stack, part))
        .allMatch(holds::holdsUp);
  }

  private static Phrase why(String key, StackPart part) {
    return Words.because(
        key,
        part,
        part.state().trouble().map(Trouble::phrase).orElse(Phrase.of("stack.no-reason")));
  }

  private static Header header(
      Stack stack, StackStatus status, Phrase reason, Collection<StackPart> parts) {
    return new Header(stack.actionSince(), status, reason, health(status, parts, Map.of()));
  }

  /** What its cloud says that it works and that does not answer is worse than its cloud says. */
  private static StackHealth health(StackPart part, Map<PartKey, Phrase> failing) {
    StackHealth told = part.state().health();
    return part.isComplete()
            && told.state().compareTo(State.HEALTHY) <= 0
            && failing.containsKey(part.key())
        ? StackHealth.of(State.DEGRADED, failing.get(part.key()))
        : told;
  }

  private static StackHealth health(
      StackStatus status, Collection<StackPart> parts, Map<PartKey, Phrase> failing) {
    List<StackPart> wanted = parts.stream().filter(part -> part.goal() == Goal.PRESENT).toList();
    List<StackHealth> bad =
        parts.stream()
            .filter(part -> !part.isGone() && !part.isReplaced())
            .map(part -> health(part, failing))
            .filter(health -> health.state().compareTo(State.HEALTHY) > 0)
            .toList();
    List<Phrase> reasons =
        bad.stream()
            .flatMap(health -> health.reasons().stream())
            .distinct()
            .limit(MOST_REASONS)
            .toList();
    if (bad.isEmpty()) {
      return status.isWhole() && wanted.stream().allMatch(StackPart::isComplete)
          ? StackHealth.HEALTHY
          : status.isWhole()
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
    long there = parts.stream().filter(part -> !part.isGone() && !part.isReplaced()).count();
    return state == State.UNREACHABLE && silent < there
        ? StackHealth.partlyUnreachable(silent, there, reasons)
        : new StackHealth(state, reasons);
  }
}
