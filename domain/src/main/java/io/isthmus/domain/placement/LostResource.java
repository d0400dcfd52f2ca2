package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.language.Phrase;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A resource that would be lost with a cloud: all of it stands there.
 *
 * @param resource path in the graph
 * @param type HOT type
 * @param from where it stands
 * @param to where it would be made anew; empty for what would not be
 * @param why what keeps it down, or why it goes where it goes; the most telling first
 * @param elsewhere every other place with every rule that excludes it, for what has no place
 * @param after for how long its cloud has to be away before it is made anew by itself; only for
 *     what moves
 */
public record LostResource(
    String resource,
    String type,
    List<Place> from,
    List<Place> to,
    Outcome outcome,
    List<Phrase> why,
    List<Exclusion> elsewhere,
    Optional<Duration> after) {

  /** What would become of it, in the order in which people should hear of it. */
  public enum Outcome {
    /** It should not stay down, but no other place is allowed, or none has room. */
    NO_PLACE,
    /** It waits for its cloud: it holds data, or its policy says so. */
    STAYS_DOWN,
    /** There is room elsewhere, and no policy says that it goes there: a person would move it. */
    MOVABLE,
    /** It is made anew elsewhere by itself. */
    MOVES;

    /** As the API names it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The reverse of {@link #text}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Outcome parse(String text) {
      return Arrays.stream(values())
          .filter(outcome -> outcome.text().equals(text))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no outcome: " + text));
    }
  }

  public LostResource {
    from = List.copyOf(from);
    to = List.copyOf(to);
    why = List.copyOf(why);
    elsewhere = List.copyOf(elsewhere);
  }

  /** The same in fewer words: without what excludes it elsewhere. */
  public LostResource brief() {
    return new LostResource(resource, type, from, to, outcome, why, List.of(), after);
  }
}
