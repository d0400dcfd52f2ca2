package io.isthmus.domain.placement;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a plan makes of a stack that is there.
 *
 * @param stack its id
 * @param version of the stack that was seen
 * @param digest of what was seen of it, see {@link StandingStack#digest}
 * @param addressesOf the plan under whose id the stack's addresses are taken
 * @param steps what becomes of each part that is there or shall be
 * @param changes the same for people, resource by resource
 * @param before what the stack costs as it is, by the prices that were known
 * @param leaving places that it makes the stack leave
 */
public record PlannedUpdate(
    UUID stack,
    long version,
    String digest,
    PlanId addressesOf,
    List<Step> steps,
    List<ResourceChange> changes,
    Estimate before,
    Leaving leaving) {

  public PlannedUpdate {
    steps = List.copyOf(steps);
    changes = List.copyOf(changes);
  }

  /**
   * What becomes of one part.
   *
   * @param causes the properties whose change causes it
   * @param newFirst of a REPLACED part, whether the new one is made before the old one goes
   */
  public record Step(PartId id, Kind kind, List<String> causes, boolean newFirst) {

    public Step {
      causes = List.copyOf(causes);
    }

    /** How it is changed; what moves is REMOVED in one place and ADDED in another. */
    public enum Kind {
      UNCHANGED,
      UPDATED,
      REPLACED,
      ADDED,
      REMOVED
    }

    /** Whether something of it is there that was not before. */
    boolean isNew() {
      return kind == Kind.ADDED || kind == Kind.REPLACED;
    }
  }

  /** Resources of which a new generation is made beside the old one. */
  Set<String> anew() {
    return anew(steps);
  }

  static Set<String> anew(List<Step> steps) {
    return steps.stream()
        .filter(step -> step.kind() == Step.Kind.REPLACED && step.newFirst())
        .map(step -> step.id().resource())
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * What it costs more, or less, than now.
   *
   * @param after what the stack will cost
   */
  public CostDifference difference(Estimate after) {
    return CostDifference.between(before, after);
  }
}
