package io.isthmus.domain.mirror;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ObjLongConsumer;

/**
 * What is known of a list before it is read.
 *
 * @param bookmark of an earlier reading; empty to read all
 * @param seen what an earlier reading told as {@link MirrorReading#seen}; empty when none did, or
 *     when something of the list was written since
 * @param counted what the cloud counts as long as nothing is made or removed; empty when that is
 *     not known
 * @param revisions of all that is kept; asked for only when it is needed, since the list may be
 *     long
 */
public record MirrorKnown(
    Optional<String> bookmark, Optional<String> seen, OptionalLong counted, Revisions revisions) {

  /** Of a list of which the number is not known. */
  public MirrorKnown(Optional<String> bookmark, Optional<String> seen, Revisions revisions) {
    this(bookmark, seen, OptionalLong.empty(), revisions);
  }

  /** Goes through a list without ever holding it whole. */
  @FunctionalInterface
  public interface Revisions {
    /**
     * @param item is told the id of each item once, with its {@link MirrorItem#revision}, or -1
     *     where it has none
     */
    void each(ObjLongConsumer<String> item);
  }

  /** Of a list that was never read. */
  public static MirrorKnown nothing() {
    return new MirrorKnown(Optional.empty(), Optional.empty(), item -> {});
  }

  /** Only where to go on. */
  public static MirrorKnown at(Optional<String> bookmark) {
    return new MirrorKnown(bookmark, Optional.empty(), item -> {});
  }
}
