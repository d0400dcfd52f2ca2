package io.isthmus.domain.stack;

import java.util.OptionalInt;

/**
 * Which revision a stack is at, where it goes back to, and whether it shall sleep.
 *
 * @param revision counts what the stack was wished to be, from 1; going back counts too
 * @param back the revision to which an update goes back when it fails or is ended; empty when none
 *     is under way, and from when what is not wanted any more begins to go: then all that is wanted
 *     is there
 * @param rollsBack whether it goes back by itself when the update fails
 * @param suspended whether somebody has wished it to sleep, and nobody to wake since; it is not
 *     changed meanwhile, and nothing that is missing of it is made anew
 */
public record StackCourse(int revision, OptionalInt back, boolean rollsBack, boolean suspended) {

  /** Of a stack that was never updated. */
  public static final StackCourse FIRST = new StackCourse(1, OptionalInt.empty(), false, false);

  /**
   * From when an update is accepted. One that is accepted when another has failed goes back to
   * where that would have gone.
   */
  StackCourse updating(boolean goesBack) {
    return new StackCourse(
        revision + 1, back.isPresent() ? back : OptionalInt.of(revision), goesBack, suspended);
  }

  /** From when a lost cloud is given up: what was left there must not come back by itself. */
  StackCourse onward() {
    return new StackCourse(revision + 1, OptionalInt.empty(), false, suspended);
  }

  /** When there is nothing to go back to any more. */
  public StackCourse through() {
    return new StackCourse(revision, OptionalInt.empty(), false, suspended);
  }

  /** From when it goes back. */
  public StackCourse returning() {
    return new StackCourse(revision + 1, OptionalInt.empty(), false, suspended);
  }

  /** From when it shall sleep, or be awake. */
  StackCourse suspended(boolean shallSleep) {
    return new StackCourse(revision, back, rollsBack, shallSleep);
  }
}
