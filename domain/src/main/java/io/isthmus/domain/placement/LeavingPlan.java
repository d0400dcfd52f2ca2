package io.isthmus.domain.placement;

import io.isthmus.domain.placement.PlannedUpdate.Step;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a stack would leave places.
 *
 * @param plan the kept plan; empty when nothing changes, and when none was to be kept
 * @param changes what becomes of its resources, without those that stay as and where they are
 * @param held what stays in a place that is left, with every reason
 * @param decisions why what moves goes where it goes, and not elsewhere
 */
public record LeavingPlan(
    Optional<Plan> plan,
    List<ResourceChange> changes,
    List<Leaving.Held> held,
    List<Decision> decisions) {

  public LeavingPlan {
    changes = List.copyOf(changes);
    held = List.copyOf(held);
    decisions = List.copyOf(decisions);
  }

  /** Of nothing. */
  public static final LeavingPlan NONE =
      new LeavingPlan(Optional.empty(), List.of(), List.of(), List.of());

  static LeavingPlan of(Optional<Plan> plan, UpdatePlanning.Answer answer) {
    List<ResourceChange> changes = changes(answer.difference());
    Set<String> moved =
        changes.stream()
            .filter(change -> change.kind() == ResourceChange.Kind.MOVED)
            .map(ResourceChange::resource)
            .collect(Collectors.toSet());
    return new LeavingPlan(
        plan,
        changes,
        answer.held(),
        answer.placement().decisions().stream()
            .filter(decision -> moved.contains(decision.resource()))
            .toList());
  }

  /** What changes; empty when no part of a stack does. */
  static List<ResourceChange> changes(StandingStacks.Difference difference) {
    boolean any = difference.steps().stream().anyMatch(step -> step.kind() != Step.Kind.UNCHANGED);
    return any
        ? difference.changes().stream()
            .filter(change -> change.kind() != ResourceChange.Kind.UNCHANGED)
            .toList()
        : List.of();
  }

  /** What moves to another place. */
  public List<ResourceChange> moves() {
    return changes.stream().filter(change -> change.kind() == ResourceChange.Kind.MOVED).toList();
  }
}
