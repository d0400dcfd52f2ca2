package io.isthmus.domain.stack;

import java.time.Instant;

/**
 * The right to change one stack, for a time.
 *
 * @param fence grows with each lease of the stack, so that a write under an older one is refused
 * @param until after it another may take the stack
 */
public record Lease(StackId stack, String owner, long fence, Instant until) {

  /** The same right for longer. */
  public Lease until(Instant later) {
    return new Lease(stack, owner, fence, later);
  }
}
