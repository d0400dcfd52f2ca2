package io.isthmus.domain.mirror;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What came of reading one list, beside the items themselves.
 *
 * @param whole true when every item that there is was told, so that what was not told is gone;
 *     false when only what changed since the bookmark was told
 * @param gone ids that the cloud says are deleted; for a reading that is not whole
 * @param unseen ids of what the cloud says is there without telling more of it now: it stays as it
 *     is kept
 * @param count how many items there are now, when the cloud tells it beside the list; where it
 *     differs from what the mirror then holds, something was missed and the list is to be read
 *     whole
 * @param bookmark where the next reading can go on; empty when this list can only be read whole
 */
public record MirrorReading(
    boolean whole,
    List<String> gone,
    Set<String> unseen,
    OptionalLong count,
    Optional<String> bookmark) {

  public MirrorReading {
    gone = List.copyOf(gone);
    unseen = Set.copyOf(unseen);
  }

  /** One that tells of all that is there. */
  public MirrorReading(
      boolean whole, List<String> gone, OptionalLong count, Optional<String> bookmark) {
    this(whole, gone, Set.of(), count, bookmark);
  }
}
