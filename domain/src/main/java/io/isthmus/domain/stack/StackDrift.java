package io.isthmus.domain.stack;

/**
 * How far a stack is from what was given to its clouds. It says nothing of whether the stack works,
 * which its {@link StackHealth} does.
 *
 * @param choice what is done about it
 * @param parts how many of its resources were changed behind our back, or have vanished
 * @param untold of how many more this cannot be told: the mirror keeps names only, has no list of
 *     them, or has not read it since they were made
 */
public record StackDrift(DriftChoice choice, int parts, int untold) {

  /** Of a stack that has nothing to compare. */
  public static final StackDrift NONE = new StackDrift(DriftChoice.REPLACE_VANISHED, 0, 0);
}
