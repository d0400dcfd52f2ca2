package io.isthmus.domain.mirror;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What came of reading one list, beside the items themselves.
 *
 * @param whole true when every item that there is was told, so that what was not told is gone;
 *     false when only what changed since the bookmark was told
 * @param same true when the cloud answered, to the last byte, what {@link MirrorKnown#seen} is of:
 *     nothing was told, and nothing is new, other or gone
 * @param gone ids that the cloud says are deleted; for a reading that is not whole
 * @param goneAt when that was, for those of which the cloud tells it
 * @param unseen ids of what the cloud says is there without telling more of it now: it stays as it
 *     is kept
 * @param count how many items there are now, when the cloud tells it beside the list; where it
 *     differs from what the mirror then holds, something was missed and the list is to be read
 *     whole
 * @param bookmark where the next reading can go on; empty when this list can only be read whole
 * @param seen what the driver wants to remember of the answers; empty to leave what it remembers
 */
public record MirrorReading(
    boolean whole,
    boolean same,
    List<String> gone,
    Map<String, Instant> goneAt,
    Set<String> unseen,
    OptionalLong count,
    Optional<String> bookmark,
    Optional<String> seen) {

  public MirrorReading {
    gone = List.copyOf(gone);
    goneAt = Map.copyOf(goneAt);
    unseen = Set.copyOf(unseen);
  }

  /** One that tells of all that is there. */
  public MirrorReading(
      boolean whole, List<String> gone, OptionalLong count, Optional<String> bookmark) {
    this(whole, gone, Set.of(), count, bookmark);
  }

  /** One of which nothing is remembered. */
  public MirrorReading(
      boolean whole,
      List<String> gone,
      Set<String> unseen,
      OptionalLong count,
      Optional<String> bookmark) {
    this(whole, false, gone, Map.of(), unseen, count, bookmark, Optional.empty());
  }

  /** The same, with when what is gone was deleted. */
  public MirrorReading deletedAt(Map<String, Instant> times) {
    return new MirrorReading(whole, same, gone, times, unseen, count, bookmark, seen);
  }

  /** One that is the same as before. */
  public static MirrorReading same(boolean whole, Optional<String> bookmark) {
    return new MirrorReading(
        whole,
        true,
        List.of(),
        Map.of(),
        Set.of(),
        OptionalLong.empty(),
        bookmark,
        Optional.empty());
  }

  /** The same, with what the driver wants to remember. */
  public MirrorReading remembering(String answers) {
    return new MirrorReading(
        whole, same, gone, goneAt, unseen, count, bookmark, Optional.of(answers));
  }
}
