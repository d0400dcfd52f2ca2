package io.isthmus.domain.stack;

import java.time.Duration;
import java.time.Instant;

/**
 * The right to change one stack, for a time.
 *
 * @param fence grows with each lease of the stack, so that a write under an older one is refused
 * @param until after it another may take the stack
 */
public record Lease(StackId stack, String owner, long fence, Instant until) {

  /** A call to a cloud that is begun under a lease ends after so long, answered or not. */
  public static final Duration LONGEST_CALL = Duration.ofSeconds(60);

  /**
   * So long after the end of a lease that was taken away, none of its calls is under way any more:
   * one may begin up to the end. With a little more, as connections are not ended to the instant.
   */
  public static final Duration CALLS_END = LONGEST_CALL.plusSeconds(5);

  /** The same right for longer. */
  public Lease until(Instant later) {
    return new Lease(stack, owner, fence, later);
  }
}
