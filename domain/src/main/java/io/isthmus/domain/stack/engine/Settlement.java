package io.isthmus.domain.stack.engine;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.PartKey;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackChange.Happening;
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
    if (stack.status().equals(StackStatus.ADOPTING)) {
      return adopting(stack, parts, quiet);
    }
    if (stack.status().equals(StackStatus.DELETING)) {
      return deleting(stack, parts, quiet);
    }
    if (stack.status().isMaking() && !Difference.isTurning(stack)) {
      return changing(stack, parts, quiet);
    }
    if (Sleep.isUnderWay(stack)) {
      return sleepingOrWaking(stack, parts, quiet);
    }
    return new Header(
        stack.actionSince(),
        stack.status(),
        stack.reason(),
        // What sleeps need not answer.
        health(stack.status(), parts, stack.course().suspended() ? Map.of() : failing));
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

  private static Header adopting(Stack stack, Collection<StackPart> parts, boolean quiet) {
    Optional<StackPart> failed =
        parts.stream()
            .filter(part -> Difference.hasFailedToCome(stack, part))
            .min(Comparator.comparing(part -> part.state().since()));
    if (failed.isPresent()) {
      return quiet
          ? header(stack, StackStatus.ADOPT_FAILED, why("adopt-failed", failed.get()), parts)
          : header(stack, StackStatus.ADOPTING, stack.reason(), parts);
    }
    boolean complete =
        parts.stream().filter(part -> part.goal() == Goal.PRESENT).allMatch(StackPart::isComplete);
    return complete
        ? header(stack, StackStatus.ADOPTED, Phrase.of("stack.adopted-whole", stack.name()), parts)
        : header(stack, StackStatus.ADOPTING, Phrase.of("stack.in-adoption", stack.name()), parts);
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

  /**
   * What a check has come to. It fails when something is not there, does not work, or cannot be
   * looked at, and says what.
   *
   * @param seen whether all that shall be there was looked at since the check was asked for
   * @param failing as above; a check asks clouds alone, and its outcome does not tell of it
   */
  static Header checking(
      Stack stack, Collection<StackPart> parts, boolean seen, Map<PartKey, Phrase> failing) {
    List<StackPart> wrong = wrong(parts);
    StackStatus status =
        !seen
            ? StackStatus.CHECKING
            : wrong.isEmpty() ? StackStatus.CHECKED : StackStatus.CHECK_FAILED;
    return new Header(
        stack.actionSince(),
        status,
        checked(stack, status, wrong),
        health(status, parts, stack.course().suspended() ? Map.of() : failing));
  }

  private static Phrase checked(Stack stack, StackStatus status, List<StackPart> wrong) {
    if (status.equals(StackStatus.CHECK_FAILED)) {
      return Phrase.of(
          "stack.check-failed",
          stack.name(),
          Phrase.names(
              wrong.stream().map(part -> part.id().resource()).distinct().toList(), MOST_REASONS),
          whatIsWrong(wrong.get(0)));
    }
    return Phrase.of(
        status.equals(StackStatus.CHECKED) ? "stack.checked" : "stack.in-check", stack.name());
  }

  /** What a check found, resource by resource. */
  static List<Happening> foundWrong(Collection<StackPart> parts) {
    return wrong(parts).stream()
        .map(
            part ->
                new Happening(
                    Optional.of(part.id()),
                    StackStatus.CHECK_FAILED,
                    part.state().physicalId(),
                    whatIsWrong(part),
                    Optional.empty()))
        .toList();
  }

  private static List<StackPart> wrong(Collection<StackPart> parts) {
    return parts.stream()
        .filter(part -> part.goal() == Goal.PRESENT)
        .filter(
            part ->
                !part.isComplete() || part.state().health().state().compareTo(State.HEALTHY) > 0)
        .sorted(Comparator.comparing(StackPart::key))
        .toList();
  }

  private static Phrase whatIsWrong(StackPart part) {
    return part.state().health().reasons().stream()
        .findFirst()
        .orElseGet(() -> Words.of("not-complete", part));
  }

  private static Header sleepingOrWaking(Stack stack, Collection<StackPart> parts, boolean quiet) {
    boolean falling = stack.status().equals(StackStatus.SUSPENDING);
    Sleep sleep = new Sleep(stack, parts);
    if (sleep.isDone()) {
      return quiet
          ? header(
              stack,
              falling ? StackStatus.SUSPENDED : StackStatus.RESUMED,
              Phrase.of(falling ? "stack.suspended-whole" : "stack.resumed-whole", stack.name()),
              parts)
          : header(stack, stack.status(), stack.reason(), parts);
    }
    if (quiet && sleep.isStuck()) {
      return header(
          stack,
          falling ? StackStatus.SUSPEND_FAILED : StackStatus.RESUME_FAILED,
          why(falling ? "suspend-failed" : "resume-failed", sleep.failed().orElseThrow()),
          parts);
    }
    return header(
        stack,
        stack.status(),
        Phrase.of(falling ? "stack.in-suspension" : "stack.in-resumption", stack.name()),
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
      boolean changes = status.isOfSleep() && !status.isWhole();
      boolean kept = status.isWhole() || changes || status.equals(StackStatus.CHECKING);
      return kept && wanted.stream().allMatch(part -> part.isComplete() || changes && part.isMade())
          ? StackHealth.HEALTHY
          : kept
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
