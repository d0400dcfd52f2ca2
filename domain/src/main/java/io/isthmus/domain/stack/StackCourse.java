package io.isthmus.domain.stack;

import java.util.OptionalInt;

/**
 * Which revision a stack is at, and where it goes back to.
 *
 * @param revision counts what the stack was wished to be, from 1; going back counts too
 * @param back the revision to which an update goes back when it fails or is ended; empty when none
 *     is under way, and from when what is not wanted any more begins to go: then all that is wanted
 *     is there
 * @param rollsBack whether it goes back by itself when the update fails
 */
public record StackCourse(int revision, OptionalInt back, boolean rollsBack) {

  /** Of a stack that was never updated. */
  public static final StackCourse FIRST = new StackCourse(1, OptionalInt.empty(), false);

  /**
   * From when an update is accepted. One that is accepted when another has failed goes back to
   * where that would have gone.
   */
  StackCourse updating(boolean goesBack) {
    return new StackCourse(
        revision + 1, back.isPresent() ? back : OptionalInt.of(revision), goesBack);
  }

  /** From when a lost cloud is given up: what was left there must not come back by itself. */
  StackCourse onward() {
    return new StackCourse(revision + 1, OptionalInt.empty(), false);
  }

  /** When there is nothing to go back to any more. */
  public StackCourse through() {
    return new StackCourse(revision, OptionalInt.empty(), false);
  }

  /** From when it goes back. */
  public StackCourse returning() {
    return new StackCourse(revision + 1, OptionalInt.empty(), false);
  }
}
