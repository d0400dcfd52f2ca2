package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.ClosedArea;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.language.Phrase;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Places that a stack shall leave. What stands there moves to where the stack's own policy allows,
 * nothing new is placed there, and what cannot move stays, with every reason.
 *
 * @param left what is left, and why
 * @param withState whether what holds data moves too, which loses what is on it: volumes, what is
 *     with them, and whatever a deletion policy keeps
 * @param held paths of resources that stay all the same, because no other place can have them
 * @param lost paths of the servers that leave, each with what hangs on it, when the places are lost
 *     and not just left: what stands there is not waited for and not removed, and nothing else
 *     moves; empty when the places answer
 * @param alone paths of the servers that leave places that answer, each with what hangs on it, when
 *     nothing else moves; empty when all does
 */
public record Leaving(
    List<ClosedArea> left,
    boolean withState,
    Set<String> held,
    Optional<Set<String>> lost,
    Optional<Set<String>> alone) {

  /** Nothing is left. */
  public static final Leaving NONE = new Leaving(List.of(), false, Set.of());

  public Leaving {
    left = List.copyOf(left);
    held = Set.copyOf(held);
    lost = lost.map(Set::copyOf);
    alone = alone.map(Set::copyOf);
  }

  /** Places that answer. */
  public Leaving(List<ClosedArea> left, boolean withState, Set<String> held) {
    this(left, withState, held, Optional.empty(), Optional.empty());
  }

  /**
   * Places that are lost.
   *
   * @param servers paths of those that are made anew elsewhere
   */
  public static Leaving lost(ClosedArea area, Set<String> servers) {
    return new Leaving(List.of(area), false, Set.of(), Optional.of(servers), Optional.empty());
  }

  /**
   * Places that answer, of which only some servers leave.
   *
   * @param servers their paths
   */
  public static Leaving alone(List<ClosedArea> left, Set<String> servers) {
    return new Leaving(left, false, Set.of(), Optional.empty(), Optional.of(servers));
  }

  /** What holds data stays. */
  public static Leaving of(List<ClosedArea> left) {
    return new Leaving(left, false, Set.of());
  }

  /** Paths of the servers that leave, when nothing else does; empty when all does. */
  Optional<Set<String>> movers() {
    return lost.or(() -> alone);
  }

  public boolean isNone() {
    return left.isEmpty();
  }

  /** What a place is in that is left. */
  public Optional<ClosedArea> of(Place place) {
    return left.stream().filter(one -> one.area().covers(place)).findFirst();
  }

  /** The same with more that stays. */
  Leaving holding(Set<String> more) {
    Set<String> all = new HashSet<>(held);
    all.addAll(more);
    return new Leaving(left, withState, all, lost, alone);
  }

  /**
   * Something that stays in a place that is left.
   *
   * @param resource path in the graph
   * @param type HOT type
   * @param place where it stands
   * @param state whether it stays because it, or what it is with, holds data
   * @param why what keeps it, the most telling first
   * @param elsewhere every other place with every rule that excludes it; empty for what holds data
   */
  public record Held(
      String resource,
      String type,
      Place place,
      boolean state,
      List<Phrase> why,
      List<Exclusion> elsewhere) {

    public Held {
      why = List.copyOf(why);
      elsewhere = List.copyOf(elsewhere);
    }
  }
}
