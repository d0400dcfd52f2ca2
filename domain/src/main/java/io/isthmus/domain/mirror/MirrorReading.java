package io.isthmus.domain.mirror;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What came of reading one list, beside the items themselves.
 *
 * @param whole true when every item that there is was told, so that what was not told is gone;
 *     false when only what changed since the bookmark was told
 * @param gone ids that the cloud says are deleted; for a reading that is not whole
 * @param count how many items there are now, when the cloud tells it beside the list; where it
 *     differs from what the mirror then holds, something was missed and the list is to be read
 *     whole
 * @param bookmark where the next reading can go on; empty when this list can only be read whole
 */
public record MirrorReading(
    boolean whole, List<String> gone, OptionalLong count, Optional<String> bookmark) {

  public MirrorReading {
    gone = List.copyOf(gone);
  }
}
