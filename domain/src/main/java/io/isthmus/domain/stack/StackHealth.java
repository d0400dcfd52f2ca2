package io.isthmus.domain.stack;

import io.isthmus.domain.language.Phrase;
import java.util.ArrayList;
import java.util.List;

/**
 * How a stack or a part is, beside its status.
 *
 * @param reasons one for each thing that is wrong; empty when HEALTHY
 */
public record StackHealth(State state, List<Phrase> reasons) {

  public static final StackHealth UNKNOWN = new StackHealth(State.UNKNOWN, List.of());
  public static final StackHealth HEALTHY = new StackHealth(State.HEALTHY, List.of());

  private static final String PARTLY = "stack.partly-unreachable";

  /** From best to worst, UNKNOWN apart. */
  public enum State {
    /** Not looked at yet. */
    UNKNOWN,
    HEALTHY,
    /** Something is missing or failed; the rest works. */
    DEGRADED,
    /** The cloud of a part does not answer; whether the part works is not known. */
    UNREACHABLE,
    /** Nothing of it is left. */
    LOST
  }

  public StackHealth {
    reasons = List.copyOf(reasons);
  }

  public static StackHealth of(State state, Phrase reason) {
    return new StackHealth(state, List.of(reason));
  }

  /**
   * Of a stack of which a part is out of reach and the rest is not. The first of its reasons counts
   * them.
   *
   * @param silent how many resources are out of reach
   * @param all of how many
   */
  public static StackHealth partlyUnreachable(long silent, long all, List<Phrase> reasons) {
    List<Phrase> told = new ArrayList<>(List.of(Phrase.of(PARTLY, silent, all)));
    told.addAll(reasons);
    return new StackHealth(State.UNREACHABLE, told);
  }

  /** Whether it is UNREACHABLE only in part. */
  public boolean isPartlyUnreachable() {
    return reasons.stream().anyMatch(reason -> reason.key().equals(PARTLY));
  }
}
