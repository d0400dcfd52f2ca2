package io.isthmus.domain.drain;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Leaving;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.stack.StackId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How far one stack has left a place that is drained.
 *
 * @param parts how many of its physical resources are there still
 * @param moved how many of its resources have been moved, or are being
 * @param plan by which it moves, or has moved last
 * @param why what keeps it, if anything does; of one that moves, why others are moved beside it
 * @param held what of it stays, with every reason
 * @param tries how often moving it has failed
 * @param nextTry when it is looked at again; empty for as soon as it is its turn
 */
public record DrainedStack(
    StackId stack,
    ProjectId project,
    String name,
    State state,
    int parts,
    int moved,
    Optional<PlanId> plan,
    Optional<Phrase> why,
    List<Leaving.Held> held,
    int tries,
    Optional<Instant> nextTry,
    Instant changedAt) {

  /** What becomes of it. */
  public enum State {
    /** Its turn has not come. */
    WAITING,
    /** Something else is done to it, which is waited for. */
    AT_WORK,
    /** It is being moved. */
    MOVING,
    /** Nothing of it is there any more. */
    MOVED,
    /** Something of it stays, because no other place can have it; it is tried again. */
    HELD,
    /** Moving it has failed; it is tried again. */
    FAILED,
    /** It left by itself, or was deleted. */
    GONE;

    /** As the API names it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether nothing more is to be done. */
    public boolean isThrough() {
      return this == MOVED || this == GONE;
    }
  }

  public DrainedStack {
    held = List.copyOf(held);
  }

  static DrainedStack waiting(Presence there, Instant now) {
    return new DrainedStack(
        there.stack(),
        there.project(),
        there.name(),
        State.WAITING,
        there.parts(),
        0,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        0,
        Optional.empty(),
        now);
  }

  /**
   * What of a stack is in a place.
   *
   * @param parts how many physical resources are there or may be
   * @param leftOver whether all that is there is to be removed, and all that is wanted stands
   */
  record Presence(StackId stack, ProjectId project, String name, int parts, boolean leftOver) {}

  /** Whether it is one of those that may move at the same time. */
  boolean countsAsMoving() {
    return state == State.MOVING && why.isEmpty();
  }

  /** It moves, and others need not wait for it any longer. */
  DrainedStack goesOnBeside(Phrase reason) {
    return new DrainedStack(
        stack,
        project,
        name,
        state,
        parts,
        moved,
        plan,
        Optional.of(reason),
        held,
        tries,
        nextTry,
        changedAt);
  }

  /** Whether it may be looked at now. */
  boolean isDue(Instant now) {
    return state != State.MOVING
        && !state.isThrough()
        && nextTry.map(at -> !at.isAfter(now)).orElse(true);
  }

  DrainedStack counted(int there) {
    return new DrainedStack(
        stack, project, name, state, there, moved, plan, why, held, tries, nextTry, changedAt);
  }

  /** Nothing of it is there any more. */
  DrainedStack through(Instant now) {
    State end = state == State.MOVING || moved > 0 ? State.MOVED : State.GONE;
    return new DrainedStack(
        stack,
        project,
        name,
        end,
        0,
        moved,
        plan,
        Optional.empty(),
        List.of(),
        tries,
        Optional.empty(),
        now);
  }

  /** It is to be looked at again, from the beginning. */
  DrainedStack anew(Instant now) {
    return waits(State.WAITING, Optional.empty(), List.of(), Optional.empty(), now);
  }

  DrainedStack moving(PlanId by, int more, List<Leaving.Held> stays, Instant now) {
    return new DrainedStack(
        stack,
        project,
        name,
        State.MOVING,
        parts,
        moved + more,
        Optional.of(by),
        Optional.empty(),
        stays,
        tries,
        Optional.empty(),
        now);
  }

  /**
   * It waits.
   *
   * @param next empty for as soon as it is its turn
   */
  DrainedStack waits(
      State as,
      Optional<Phrase> reason,
      List<Leaving.Held> stays,
      Optional<Instant> next,
      Instant now) {
    return new DrainedStack(
        stack,
        project,
        name,
        as,
        parts,
        moved,
        plan,
        reason,
        stays,
        tries,
        next,
        as == state && reason.equals(why) ? changedAt : now);
  }

  /** Moving it has failed once more. */
  DrainedStack failed(Phrase reason, Instant next, Instant now) {
    return new DrainedStack(
        stack,
        project,
        name,
        State.FAILED,
        parts,
        0,
        plan,
        Optional.of(reason),
        List.of(),
        tries + 1,
        Optional.of(next),
        now);
  }
}
