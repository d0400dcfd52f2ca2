package io.isthmus.domain.stack;

import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Measure;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.PlannedPart;
import io.isthmus.domain.placement.Resolution;
import io.isthmus.domain.template.DeletionPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One generation of one physical resource: what it shall be, and what is known of it.
 *
 * <p>When a part is replaced its generation gets the goal ABSENT, and a new generation takes its
 * place as soon as the old one is gone. Deleting a stack gives all of them that goal. So there is
 * one rule for each goal, whatever it came from.
 *
 * @param requires the parts that must be complete before it is made, and go after it
 * @param counts what it counts against its region's quotas
 * @param measure what of it is paid for by time
 */
public record StackPart(
    PartKey key,
    String type,
    Optional<String> availabilityZone,
    List<Resolution> resolutions,
    Set<PartId> requires,
    Map<LimitKind, Long> counts,
    Optional<Measure> measure,
    DeletionPolicy deletionPolicy,
    Goal goal,
    PartState state) {

  /** What shall become of it. */
  public enum Goal {
    PRESENT,
    ABSENT,
    /** Left in its cloud, ours no more: {@code deletion_policy: retain}. */
    RETAINED
  }

  public StackPart {
    resolutions = List.copyOf(resolutions);
    requires = Set.copyOf(requires);
    counts = Map.copyOf(counts);
  }

  /** A planned part of which nothing exists, and never did. */
  public static StackPart planned(PlannedPart part, DeletionPolicy deletionPolicy, Instant now) {
    return planned(part, deletionPolicy, 1, now);
  }

  /** A planned part of which nothing exists. */
  public static StackPart planned(
      PlannedPart part, DeletionPolicy deletionPolicy, int generation, Instant now) {
    return new StackPart(
        new PartKey(part.id(), generation),
        part.type(),
        part.availabilityZone(),
        part.resolutions(),
        part.requires(),
        part.counts(),
        part.measure(),
        deletionPolicy,
        Goal.PRESENT,
        PartState.initial(now));
  }

  public PartId id() {
    return key.id();
  }

  public StackStatus status() {
    return state.status();
  }

  /** Whether it exists, complete, and shall. */
  public boolean isComplete() {
    return goal == Goal.PRESENT && status().equals(StackStatus.CREATED);
  }

  /** Whether no cloud was ever asked for it. */
  public boolean isUntouched() {
    return status().equals(StackStatus.INIT);
  }

  /** Whether, as far as is known, nothing of it is in a cloud, or what is there is not ours. */
  public boolean isGone() {
    return goal == Goal.RETAINED || status().equals(StackStatus.DELETED);
  }

  /**
   * Whether it is in its cloud, as far as is known: a cloud has told of it, none that answers says
   * that it is not there, and it is ours.
   */
  public boolean exists() {
    return state.physicalId().isPresent() && state.missingSince().isEmpty() && !isGone();
  }

  /** The same part, more known of it. */
  public StackPart with(PartState newState) {
    return new StackPart(
        key,
        type,
        availabilityZone,
        resolutions,
        requires,
        counts,
        measure,
        deletionPolicy,
        goal,
        newState);
  }

  /** The same part with another goal. */
  public StackPart with(Goal newGoal, PartState newState) {
    return new StackPart(
        key,
        type,
        availabilityZone,
        resolutions,
        requires,
        counts,
        measure,
        deletionPolicy,
        newGoal,
        newState);
  }

  /** The same part, which has to wait for others than before. */
  public StackPart requiring(Set<PartId> newRequires) {
    return new StackPart(
        key,
        type,
        availabilityZone,
        resolutions,
        newRequires,
        counts,
        measure,
        deletionPolicy,
        goal,
        state);
  }

  /** The next generation, of which nothing exists. */
  public StackPart successor(Instant now) {
    return new StackPart(
        new PartKey(id(), key.generation() + 1),
        type,
        availabilityZone,
        resolutions,
        requires,
        counts,
        measure,
        deletionPolicy,
        Goal.PRESENT,
        PartState.initial(now).replacing(state));
  }
}
