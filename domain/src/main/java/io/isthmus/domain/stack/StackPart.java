package io.isthmus.domain.stack;

import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Measure;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.PlannedPart;
import io.isthmus.domain.placement.Resolution;
import io.isthmus.domain.template.DeletionPolicy;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One generation of one physical resource: what it shall be, and what is known of it.
 *
 * <p>When a part is replaced because it came up broken or has vanished, its generation gets the
 * goal ABSENT, and a new generation takes its place as soon as the old one is gone. In an update
 * the old one can be OUTGOING instead, and stays until all that is wanted is there. Deleting a
 * stack gives all of them the goal ABSENT. So there is one rule for each goal, whatever it came
 * from.
 *
 * @param requires the parts that must be complete before it is made, and go after it
 * @param counts what it counts against its region's quotas
 * @param measure what of it is paid for by time
 * @param next what it shall become in place; empty when it is what it shall be, or is not made yet
 * @param upon the generations upon which it was built, and which go after it; generation 0 stands
 *     for whichever, as with what was made before these were kept
 * @param revision of its stack, for which a cloud was asked last; 0 before
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
    PartState state,
    Optional<PartSpec> next,
    Set<PartKey> upon,
    int revision) {

  /** What shall become of it. */
  public enum Goal {
    PRESENT,
    /** It goes once all that an update wants is there; until then one can go back to it. */
    OUTGOING,
    ABSENT,
    /**
     * Its cloud was lost and others do its work: it is stopped when its cloud answers again, before
     * all else, and stays until a rule or a person has it removed.
     */
    REPLACED,
    /** Left in its cloud, ours no more: {@code deletion_policy: retain}. */
    RETAINED
  }

  public StackPart {
    resolutions = List.copyOf(resolutions);
    requires = Set.copyOf(requires);
    counts = Map.copyOf(counts);
    upon = Set.copyOf(upon);
  }

  /** A planned part of which nothing exists, and never did. */
  public static StackPart planned(PlannedPart part, DeletionPolicy deletionPolicy, Instant now) {
    return planned(part, deletionPolicy, 1, now);
  }

  /** A planned part of which nothing exists. */
  public static StackPart planned(
      PlannedPart part, DeletionPolicy deletionPolicy, int generation, Instant now) {
    return planned(
        new PartKey(part.id(), generation), part.type(), PartSpec.of(part, deletionPolicy), now);
  }

  /** A planned part that is in its cloud already and is to be taken over. */
  public static StackPart toBeAdopted(
      PlannedPart part, DeletionPolicy deletionPolicy, PartState found) {
    return of(
        new PartKey(part.id(), 1),
        part.type(),
        PartSpec.of(part, deletionPolicy),
        Goal.PRESENT,
        found,
        Optional.empty(),
        Set.of(),
        0);
  }

  static StackPart planned(PartKey key, String type, PartSpec spec, Instant now) {
    return of(key, type, spec, Goal.PRESENT, PartState.initial(now), Optional.empty(), Set.of(), 0);
  }

  private static StackPart of(
      PartKey key,
      String type,
      PartSpec spec,
      Goal goal,
      PartState state,
      Optional<PartSpec> next,
      Set<PartKey> upon,
      int revision) {
    return new StackPart(
        key,
        type,
        spec.availabilityZone(),
        spec.resolutions(),
        spec.requires(),
        spec.counts(),
        spec.measure(),
        spec.deletionPolicy(),
        goal,
        state,
        next,
        upon,
        revision);
  }

  public PartId id() {
    return key.id();
  }

  public StackStatus status() {
    return state.status();
  }

  /** What it is, or is being made. */
  public PartSpec spec() {
    return new PartSpec(availabilityZone, resolutions, requires, counts, measure, deletionPolicy);
  }

  /** What it shall be. */
  public PartSpec goalSpec() {
    return next.orElseGet(this::spec);
  }

  /** Whether it exists, complete, and shall. */
  public boolean isComplete() {
    return goal == Goal.PRESENT && status().isWhole();
  }

  /** Whether it exists, complete, and is what it shall be. */
  public boolean isRight() {
    return isComplete() && next.isEmpty();
  }

  /** Whether it was complete once, and no cloud was asked to remove it since. */
  public boolean isMade() {
    return status().isWhole() || status().action() == StackAction.UPDATE || status().isOfSleep();
  }

  /** Whether it is of a type that can sleep; all else stays as it is when its stack sleeps. */
  public boolean isSuspendable() {
    return type.equals("OS::Nova::Server");
  }

  /** Whether servers may have written into it, so that it goes last. */
  public boolean isVolume() {
    return type.equals("OS::Cinder::Volume");
  }

  /** How Nova calls what does not run. */
  private static final Set<String> STOPPED =
      Set.of("SHUTOFF", "SUSPENDED", "PAUSED", "SHELVED", "SHELVED_OFFLOADED", "SOFT_DELETED");

  /** Whether another does its work, and its cloud may hold it still. */
  public boolean isReplaced() {
    return goal == Goal.REPLACED && !isGone();
  }

  /** Whether it was replaced and may run all the same, as far as is known. */
  public boolean mayStillRun() {
    return isReplaced()
        && type.equals("OS::Nova::Server")
        && state.cloudStatus().filter(STOPPED::contains).isEmpty();
  }

  /**
   * Whether its cloud, asked to stop it, has said that it never does. One that cannot now, such as
   * of a locked server, is asked again, and nothing else is done there before.
   */
  public boolean cannotBeStopped() {
    return mayStillRun()
        && state
            .trouble()
            .filter(trouble -> trouble.code() == FaultCode.CLOUD_REJECTED)
            .isPresent();
  }

  /** Whether its cloud has told of it since it was replaced. */
  public boolean isBack() {
    return isReplaced() && state.health().state() != StackHealth.State.UNREACHABLE;
  }

  /** The same part, given up because its cloud is lost; what was wrong with it before is over. */
  StackPart lost(Phrase why, Instant now) {
    PartState silent =
        state
            .troubled(Optional.empty(), Optional.empty(), now)
            .healthy(StackHealth.of(StackHealth.State.UNREACHABLE, why), Optional.empty(), now);
    return of(key, type, spec(), Goal.REPLACED, silent, Optional.empty(), upon, revision);
  }

  /**
   * The same part, left in its cloud with whatever may yet come of it, and ours no more. Of what no
   * cloud was asked for nothing is left.
   */
  public StackPart leftBehind(Instant now) {
    Goal left = isUntouched() ? Goal.ABSENT : Goal.RETAINED;
    PartState forgotten = state.in(StackStatus.DELETED, StackHealth.UNKNOWN, now);
    return of(key, type, spec(), left, forgotten, Optional.empty(), upon, revision);
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

  /** Whether both count against one of the quotas of a region. */
  public boolean sharesQuotaWith(StackPart other) {
    return id().place().equals(other.id().place())
        && counts.entrySet().stream()
            .anyMatch(
                entry ->
                    entry.getValue() > 0 && other.counts().getOrDefault(entry.getKey(), 0L) > 0);
  }

  /** Whether it was built upon that generation of another. */
  public boolean isUpon(PartKey other) {
    return upon.contains(other) || upon.contains(new PartKey(other.id(), 0));
  }

  /** The same part, more known of it. */
  public StackPart with(PartState newState) {
    return with(goal, newState);
  }

  /** The same part with another goal. */
  public StackPart with(Goal newGoal, PartState newState) {
    return of(key, type, spec(), newGoal, newState, next, upon, revision);
  }

  /** The same part, which has to wait for others than before. */
  public StackPart requiring(Set<PartId> newRequires) {
    return next.isPresent()
        ? becoming(requiring(next.get(), newRequires))
        : shaped(requiring(spec(), newRequires));
  }

  private static PartSpec requiring(PartSpec spec, Set<PartId> newRequires) {
    return new PartSpec(
        spec.availabilityZone(),
        spec.resolutions(),
        newRequires,
        spec.counts(),
        spec.measure(),
        spec.deletionPolicy());
  }

  /** The same part, which is that already, or of which nothing exists yet. */
  public StackPart shaped(PartSpec newSpec) {
    return of(key, type, newSpec, goal, state, Optional.empty(), upon, revision);
  }

  /** The same part, which shall become that in place. */
  public StackPart becoming(PartSpec newSpec) {
    return of(key, type, spec(), goal, state, Optional.of(newSpec), upon, revision);
  }

  /**
   * The same part when a cloud is asked for it, or for it to become what it shall be.
   *
   * @param by revision of the stack
   * @param built the generations of what it requires; what it was built upon before it is until it
   *     has become what it shall be
   */
  public StackPart asked(PartState newState, int by, Set<PartKey> built) {
    Set<PartKey> all = new HashSet<>(built);
    if (next.isPresent()) {
      all.addAll(upon);
    }
    return of(key, type, spec(), goal, newState, next, all, by);
  }

  /** The same part once it has become what it should. */
  public StackPart arrived(PartState newState, Set<PartKey> built) {
    return of(key, type, goalSpec(), goal, newState, Optional.empty(), built, revision);
  }

  /**
   * A later generation, of which nothing exists.
   *
   * @param generation later than all that there are or were: the one that follows this may have
   *     been before the stack went back
   */
  public StackPart successor(int generation, Instant now) {
    return planned(new PartKey(id(), generation), type, goalSpec(), now)
        .with(PartState.initial(now).replacing(state));
  }
}
